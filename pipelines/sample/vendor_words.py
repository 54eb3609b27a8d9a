"""The words of the vendor export for each canonical code, in the order of the vocabularies."""

from __future__ import annotations

from pipelines.sample.calibration import COUNTIES, FIPS
from pipelines.schema import LIFE_WINS, VOCABULARIES

_SMALL = {"and", "or", "of"}
_SPECIAL = {"id": "ID", "ed": "ED"}


def title(code: str) -> str:
    """Return a canonical code in Title Case: listening_and_support -> Listening and Support."""
    words = [_SPECIAL.get(word, word if word in _SMALL else word.capitalize()) for word in code.split("_")]
    return " ".join(words)


def titles(vocabulary: str) -> list[str]:
    """Return every value of a vocabulary in Title Case."""
    return [title(code) for code in VOCABULARIES[vocabulary]]


FULL_INTAKE = len(VOCABULARIES["kind"])
KINDS = [
    "Brief Intake",
    "Follow-up Engagement",
    "Brief Check-in",
    "Peer Group Session",
    "Care Coordination Session",
    "Family Support",
    "Outreach",
    "Recovery Planning",
    "Discharge",
    "Warmline Shift",  # a type no profile maps: becomes `other` (DQ19)
    "Full Intake",
]
MODES = ["In Person", "Phone", "Video", "Text", "Email", "Mail", ""]
STATUSES = ["Completed", "No Show", "Participant Cancelled", "Peer Cancelled", "Attempted"]

TOWNS = ("Ellsworth", "Machias", "Belfast", "Skowhegan", "Dover-Foxcroft")
SITES = [
    *("Ellsworth Center", "Bucksport Room", "Machias Center", "Calais Room", "Belfast Center"),
    *("Unity Room", "Skowhegan Center", "Madison Room", "Dover-Foxcroft Center", "Milo Room"),
]
# County spellings, five at a time: position = county + 5 * spelling; the last is a county of another state.
PLAIN, COUNTY_WORD, CO_WORD, FIPS_FIVE, FIPS_THREE, TOWN = range(6)
COUNTY_WORDS = [
    *COUNTIES,
    *(f"{name} County" for name in COUNTIES),
    *(f"{name.upper()} CO" for name in COUNTIES),
    *FIPS,
    *(fips[2:] for fips in FIPS),
    *TOWNS,
    "Carroll County NH",
]
OTHER_STATE = len(COUNTY_WORDS) - 1

_WIN_LABELS = {win.code: win.label for win in LIFE_WINS}
_EVENT_LABELS = {
    "return_to_use": "Return to use",
    "overdose": "Nonfatal overdose",
    "death": "Death",
    "er_visit": "Emergency room visit",
    "hospital_stay": "Hospital stay",
    "incarceration": "Incarceration",
    "job_ended": "Job ended",
    "housing_lost": "Housing lost",
    "goal_set": "Goal set",
    "goal_cancelled": "Goal cancelled",
    "pathway_change": "Pathway change",
}
OUTCOMES = [
    *((_WIN_LABELS | _EVENT_LABELS)[code] for code in VOCABULARIES["milestone_code"]),
    "Fatal overdose",
    "Overdose, outcome not known",
    "Adopted a dog",  # a win no profile maps: becomes `other` (DQ20)
]
FATAL_OVERDOSE, UNCLEAR_OVERDOSE, UNMAPPED_WIN = range(len(OUTCOMES) - 3, len(OUTCOMES))
REPORTED_BY = ["", "Suspected", "Participant", "Coach", "Document", "Official"]
CARE = ["None", "EMS", "Emergency department", "Inpatient", "Unknown"]
CAUSES = ["Overdose", "Suicide", "Other", "Pending", "Not stated"]
SUBSTANCES = [
    *("Alcohol", "Opioids", "Stimulants", "Cannabis"),
    *("Sedatives", "Multiple", "Other", "Not stated"),
]

AGES = ["Under 18", "18-24", "25-34", "35-44", "45-54", "55-64", "65+", "Unknown"]
GENDERS = ["Woman", "Man", "Transgender", "Another Gender", "Declined", "Unknown"]
RACES = [
    *("American Indian or Alaska Native", "Asian", "Black", "Hispanic"),
    *("Native Hawaiian or Pacific Islander", "White", "Multiracial", "Another", "Declined", "Unknown"),
]
