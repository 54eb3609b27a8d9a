"""Closed vocabularies of the canonical tables: what a coded value may be, declared once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CompletedWhen = Literal["new", "confirms", "ladder"]


@dataclass(frozen=True, slots=True)
class LifeWin:
    """One life-win code: its domain, the label people read, and how it counts (L1r, L2, L4)."""

    code: str
    domain: str
    label: str
    counts: CompletedWhen = "new"


LIFE_WINS: tuple[LifeWin, ...] = (
    LifeWin("got_job", "work", "Got a job"),
    LifeWin("job_90_days", "work", "Still working after 90 days", "confirms"),
    LifeWin("promotion_or_better_job", "work", "Moved to a better job"),
    LifeWin("enrolled_education", "learning", "Enrolled in education"),
    LifeWin("credential_earned", "learning", "Earned a credential"),
    LifeWin("found_housing", "home", "Found a home"),
    LifeWin("entered_recovery_residence", "home", "Moved into a recovery residence"),
    LifeWin("housing_90_days", "home", "Still housed after 90 days", "confirms"),
    LifeWin("child_born", "family", "Welcomed a child"),
    LifeWin("reunited_with_child", "family", "Reunited with a child"),
    LifeWin("custody_or_visitation_gain", "family", "Gained custody or visits"),
    LifeWin("family_reconnected", "family", "Reconnected with family"),
    LifeWin("treatment_court_graduation", "justice", "Graduated from treatment court"),
    LifeWin("supervision_completed", "justice", "Completed supervision"),
    LifeWin("license_or_record_restored", "justice", "Had a license or record restored"),
    LifeWin("health_coverage", "health", "Gained health coverage"),
    LifeWin("began_medication", "health", "Began medication"),
    LifeWin("treatment_completed", "health", "Completed treatment"),
    LifeWin("primary_care_connected", "health", "Connected with primary care"),
    LifeWin("recovery_time_30", "recovery", "30 days in recovery", "ladder"),
    LifeWin("recovery_time_90", "recovery", "90 days in recovery", "ladder"),
    LifeWin("recovery_time_180", "recovery", "180 days in recovery", "ladder"),
    LifeWin("recovery_time_365", "recovery", "A year in recovery", "ladder"),
    LifeWin("goal_met", "recovery", "Met a goal they set"),
    LifeWin("id_documents", "money_id", "Obtained identity documents"),
    LifeWin("financial_step", "money_id", "Took a financial step"),
    LifeWin("volunteering", "giving_back", "Volunteered"),
    LifeWin("became_coach", "giving_back", "Became a recovery coach"),
    LifeWin("other", "other", "Another win"),
)

KIND = (
    "first_meeting",
    "coaching",
    "brief_check_in",
    "group",
    "care_coordination",
    "family_support",
    "outreach",
    "recovery_planning",
    "closeout",
    "other",
)
MODE = ("in_person", "phone", "video", "text", "email", "mail", "unknown")
STATUS = ("completed", "no_show", "cancelled_by_participant", "cancelled_by_program", "attempted_no_contact")
DATE_PRECISION = ("day", "week", "month", "quarter")
COUNTY_BASIS = ("residence", "service_site", "unknown")
MINUTES_BASIS = ("recorded", "start_end", "billing_units", "default")
TOPIC = (
    "listening_and_support",
    "building_trust",
    "shared_experience",
    "coping_skills",
    "hope_and_motivation",
    "family_and_relationships",
    "meaning_and_spirituality",
    "grief_and_loss",
    "celebrating_progress",
    "recovery_pathways",
    "recovery_plan",
    "goals",
    "mutual_support_meetings",
    "treatment_options",
    "medication_information",
    "overdose_prevention",
    "health_and_wellness",
    "rights_and_legal_information",
    "housing",
    "employment",
    "education",
    "transportation",
    "id_documents",
    "benefits_and_coverage",
    "health_appointments",
    "court_and_legal",
    "children_and_family_services",
    "food_and_basic_needs",
    "money_and_budgeting",
    "assessment_or_form",
    "other",
)
LINKAGE_DOMAIN = (
    "housing",
    "employment",
    "education",
    "treatment",
    "medication_provider",
    "mental_health",
    "primary_care",
    "mutual_support",
    "legal_or_court",
    "benefits_and_coverage",
    "transportation",
    "food_and_basic_needs",
    "family_services",
    "naloxone_or_harm_reduction",
    "other",
)
# Ordered from least to most: "furthest outcome reached" is the largest position (data-model 4.5).
LINKAGE_OUTCOME = ("unknown", "offered", "declined", "accepted", "connected")
MILESTONE_CLASS = ("life_win", "return_to_use", "overdose", "death", "other_event")
OTHER_EVENT = (
    "er_visit",
    "hospital_stay",
    "incarceration",
    "job_ended",
    "housing_lost",
    "goal_set",
    "goal_cancelled",
    "pathway_change",
    "other",
)
MILESTONE_CODE = (
    *(win.code for win in LIFE_WINS),
    "return_to_use",
    "overdose",
    "death",
    *(code for code in OTHER_EVENT if code != "other"),
)
WIN_DOMAIN = tuple(dict.fromkeys(win.domain for win in LIFE_WINS))
# Ordered from least to most certain: merged deaths keep the most certain record (R10).
CERTAINTY = ("unknown", "suspected", "self_reported", "coach_observed", "documented", "official_confirmed")
OD_CARE = ("none", "ems", "ed", "inpatient", "unknown")
DEATH_CAUSE = ("overdose", "suicide", "other", "pending", "not_stated")
SUBSTANCE_GROUP = (
    "alcohol",
    "opioids",
    "stimulants",
    "cannabis",
    "sedatives",
    "multiple",
    "other",
    "not_stated",
)
AGE_BAND = ("under_18", "18_24", "25_34", "35_44", "45_54", "55_64", "65_plus", "unknown")
GENDER = ("woman", "man", "transgender", "another_gender", "declined", "unknown")
RACE_ETH = (
    "american_indian_alaska_native",
    "asian",
    "black",
    "hispanic_any_race",
    "native_hawaiian_pacific_islander",
    "white",
    "multiracial",
    "another",
    "declined",
    "unknown",
)
REFERRAL_SOURCE = (
    "self",
    "family_or_friend",
    "court_or_corrections",
    "treatment_program",
    "hospital_or_ed",
    "primary_care",
    "child_welfare",
    "recovery_residence",
    "community_organization",
    "school_or_employer",
    "outreach",
    "other",
    "unknown",
)
PATHWAY = (
    "mutual_support",
    "medication",
    "clinical_treatment",
    "faith_based",
    "cultural",
    "harm_reduction_or_moderation",
    "self_directed",
    "multiple",
    "not_stated",
)
CLOSE_REASON = (
    "goals_met",
    "mutual_agreement",
    "lost_contact",
    "declined_further",
    "transferred",
    "moved",
    "incarcerated",
    "hospital_or_treatment",
    "administrative",
    "other",
    "unknown",
    "died",
)
# What a closing means for retention (data-model 4.6).
EXIT_REASON = ("completed", "left", "died", "other")
EXIT_OF_CLOSE_REASON: dict[str, str] = {
    "goals_met": "completed",
    "mutual_agreement": "completed",
    "lost_contact": "left",
    "declined_further": "left",
    "died": "died",
    **dict.fromkeys(
        ("transferred", "moved", "incarcerated", "hospital_or_treatment", "administrative", "other", "unknown"),
        "other",
    ),
}
TIMEPOINT = ("baseline", "3_month", "6_month", "12_month", "annual", "closeout", "post_closeout")
ASSESSMENT_STATUS = ("conducted", "declined", "missed", "due")
ANNOTATION_KIND = ("event", "process_change", "policy", "data_note")
CONTEXT_STATUS = ("final", "provisional", "suspected")

VOCABULARIES: dict[str, tuple[str, ...]] = {
    "kind": KIND,
    "mode": MODE,
    "status": STATUS,
    "date_precision": DATE_PRECISION,
    "county_basis": COUNTY_BASIS,
    "minutes_basis": MINUTES_BASIS,
    "topic": TOPIC,
    "linkage_domain": LINKAGE_DOMAIN,
    "linkage_outcome": LINKAGE_OUTCOME,
    "milestone_class": MILESTONE_CLASS,
    "milestone_code": MILESTONE_CODE,
    "win_domain": WIN_DOMAIN,
    "certainty": CERTAINTY,
    "od_care": OD_CARE,
    "death_cause": DEATH_CAUSE,
    "substance_group": SUBSTANCE_GROUP,
    "age_band": AGE_BAND,
    "gender": GENDER,
    "race_eth": RACE_ETH,
    "referral_source": REFERRAL_SOURCE,
    "pathway": PATHWAY,
    "close_reason": CLOSE_REASON,
    "exit_reason": EXIT_REASON,
    "timepoint": TIMEPOINT,
    "assessment_status": ASSESSMENT_STATUS,
    "annotation_kind": ANNOTATION_KIND,
    "context_status": CONTEXT_STATUS,
}

# How a coded value is written on screen, where plain de-underscoring would read badly.
LABELS: dict[str, str] = {
    **{win.code: win.label for win in LIFE_WINS if win.code != "other"},  # "other" is many things
    "no_show": "missed session",
    "3_month": "3 months",
    "6_month": "6 months",
    "12_month": "12 months",
    "ed": "emergency department",
    "ems": "emergency medical services",
    "money_id": "money and documents",
    "giving_back": "giving back",
    "18_24": "18–24",
    "25_34": "25–34",
    "35_44": "35–44",
    "45_54": "45–54",
    "55_64": "55–64",
    "65_plus": "65 and over",
    "hispanic_any_race": "Hispanic, any race",
    "black": "Black",
    "white": "White",
    "asian": "Asian",
    "american_indian_alaska_native": "American Indian or Alaska Native",
    "native_hawaiian_pacific_islander": "Native Hawaiian or Pacific Islander",
}


def label(code: str) -> str:
    """Return the words a person reads for a coded value, in sentence case."""
    words = LABELS.get(code, code.replace("_", " "))
    return words[:1].upper() + words[1:]
