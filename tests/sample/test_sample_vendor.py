"""The vendor shape: headers, words, dirt in known small shares, and the notice in every file."""

from __future__ import annotations

import zipfile

import pandas as pd
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from pipelines.sample import SampleFiles
from pipelines.schema import LIFE_WINS, TABLES, VOCABULARIES
from pipelines.schema.tables import ORIGIN

Tables = dict[str, pd.DataFrame]
NOTICE = "SYNTHETIC DATA - made by a program, no real person is described"
HEADERS = {
    "Engagements": (
        "Engagement ID,Participant ID,Program ID,Service Location,Peer ID,Engagement Date,Engagement Type,"
        "Contact Method,Engagement Status,Duration (Minutes),Recurrences of Use,Overdose Events,ER Visits,"
        "Goals Completed,Topics Discussed,Referrals,County of Service,Date Entered,Last Modified"
    ),
    "Outcomes": (
        "Outcome ID,Participant ID,Program ID,Outcome Type,Outcome Date,Date Reported,Reported By,"
        "Naloxone Given,Care Received,Cause of Death,Substance,County of Residence,Last Modified"
    ),
    "Participants": (
        "Participant ID,Program ID,County of Residence,Age Group,Gender,Race/Ethnicity,Referral Source,"
        "Recovery Pathway,Primary Substance,Enrollment Date,Discharge Date,Discharge Reason,Last Modified"
    ),
}


def test_every_file_says_synthetic(vendor: SampleFiles, canonical_files: SampleFiles) -> None:
    for files in (vendor, canonical_files):
        for paths in files.files.values():
            assert all(path.name.startswith("synthetic_") for path in paths)
    for path in vendor.files["recovery_platform"]:
        assert path.read_bytes().startswith(b"\xef\xbb\xbf" + NOTICE.encode())
    book = CalamineWorkbook.from_path(vendor.files["coach_spreadsheet"][0])
    for sheet in book.sheet_names:
        assert book.get_sheet_by_name(sheet).to_python()[0][0] == NOTICE


def test_every_participant_id_is_marked(platform: Tables, canonical: Tables) -> None:
    for table in platform.values():
        assert table["Participant ID"].str.fullmatch(r"SYN-\d{7}|TEST|").all()
    for table in canonical.values():
        assert table["participant_key"].str.fullmatch(r"SYN-\d{7}").all()


def test_headers_are_the_vendors(platform: Tables) -> None:
    for name, header in HEADERS.items():
        assert ",".join(platform[name].columns) == header


def test_canonical_files_have_the_declared_columns_and_codes(canonical: Tables) -> None:
    origin = {column.name for column in ORIGIN}
    for name, frame in canonical.items():
        declared = [column for column in TABLES[name].columns if column.name not in origin]
        assert [c for c in frame.columns if c not in ("topics", "linkages")] == [c.name for c in declared]
        for column in declared:
            if column.vocabulary:
                assert set(frame[column.name]) <= {*VOCABULARIES[column.vocabulary], ""}, column.name
            if column.required:
                assert (frame[column.name] != "").all(), column.name


def test_canonical_topics_and_links_are_lists_of_codes(canonical: Tables) -> None:
    sessions = canonical["session"]
    topics = sessions.topics[sessions.topics != ""].str.split(";").explode()
    assert set(topics) <= set(VOCABULARIES["topic"])
    links = sessions.linkages[sessions.linkages != ""].str.split(";").explode().str.split(":", expand=True)
    assert set(links[0]) <= set(VOCABULARIES["linkage_domain"])
    assert set(links[1]) == {"offered", "accepted", "connected", "declined"}


def test_outcome_types_are_life_win_labels_and_a_few_others(platform: Tables) -> None:
    types = platform["Outcomes"]["Outcome Type"]
    known = {win.label for win in LIFE_WINS} | {
        *("Nonfatal overdose", "Fatal overdose", "Overdose, outcome not known", "Death", "Return to use"),
        *("Emergency room visit", "Hospital stay", "Incarceration", "Job ended", "Housing lost", "Goal set"),
    }
    assert types.isin(known).mean() > 0.97
    assert set(types[~types.isin(known)].str.lower()) <= {"adopted a dog"} | {k.lower() for k in known}


def test_title_case_topics_fold_back_to_codes(platform: Tables) -> None:
    cells = platform["Engagements"]["Topics Discussed"]
    words = cells[cells != ""].str.split("; ").explode()
    assert set(words.str.lower().str.replace(" ", "_")) <= set(VOCABULARIES["topic"])
    assert "Listening and Support" in set(words)


def test_each_kind_of_dirt_occurs_and_stays_rare(platform: Tables) -> None:
    lines = platform["Engagements"]
    county, minutes = lines["County of Service"], lines["Duration (Minutes)"]
    dirt = {
        "exact duplicate": lines.duplicated(),
        "sent again": lines.duplicated("Engagement ID") & ~lines.duplicated(),
        "case drift": lines["Engagement Type"].str.islower(),
        "unmapped method": lines["Contact Method"] == "Kiosk chat",
        "unmapped status": lines["Engagement Status"] == "Rescheduled",
        "no county": county == "",
        "County": county.str.endswith(" County"),
        "CO": county.str.endswith(" CO"),
        "five digits": county.str.fullmatch(r"23\d{3}"),
        "three digits": county.str.fullmatch(r"0\d\d"),
        "town": county.isin(["Ellsworth", "Machias", "Belfast", "Skowhegan", "Dover-Foxcroft"]),
        "another state": county == "Carroll County NH",
        "no ID": lines["Participant ID"] == "",
        "TEST": lines["Participant ID"] == "TEST",
        "0/0/0000": lines["Engagement Date"] == "0/0/0000",
        "placeholder date": lines["Engagement Date"] == "01/01/1990",
        "no minutes": minutes == "0",
        "900 minutes": minutes == "900",
    }
    for name, found in dirt.items():
        assert 1 <= found.sum() <= 0.03 * len(lines), name
    quarantined = ["no ID", "TEST", "0/0/0000", "placeholder date", "unmapped status"]
    assert sum(dirt[name].sum() for name in quarantined) < 0.01 * len(lines)


def test_corrections_carry_a_later_change(platform: Tables) -> None:
    lines = platform["Engagements"].drop_duplicates()
    changed = pd.to_datetime(lines["Last Modified"], format="%m/%d/%Y %I:%M %p")
    again = lines.duplicated("Engagement ID")
    first = changed[~again].set_axis(lines["Engagement ID"][~again])
    assert (changed[again].to_numpy() >= first[lines["Engagement ID"][again]].to_numpy()).all()


def test_some_rows_lie_after_as_of_and_some_after_a_death(platform: Tables) -> None:
    lines, outcomes = platform["Engagements"], platform["Outcomes"]
    day = pd.to_datetime(lines["Engagement Date"], format="%m/%d/%Y", errors="coerce")
    assert 1 <= (day > "2026-09-30").sum() <= 60
    deaths = outcomes[outcomes["Outcome Type"].isin(["Death", "Fatal overdose"])]
    died = pd.to_datetime(deaths["Outcome Date"], format="%m/%d/%Y").set_axis(deaths["Participant ID"])
    died = died[~died.index.duplicated()]
    assert (day > lines["Participant ID"].map(died)).sum() >= 1


def test_outcomes_have_their_own_dirt(platform: Tables) -> None:
    rows = platform["Outcomes"]
    happened, reported = (
        pd.to_datetime(rows[column], format="%m/%d/%Y", errors="coerce") for column in ("Outcome Date", "Date Reported")
    )
    dirt = {
        "no date": rows["Outcome Date"] == "",
        "reported before": reported < happened,
        "unmapped win": rows["Outcome Type"] == "Adopted a dog",
        "outcome not known": rows["Outcome Type"] == "Overdose, outcome not known",
        "duplicate": rows.duplicated(),
        "no county": rows["County of Residence"] == "",
        "TEST": rows["Participant ID"] == "TEST",
    }
    for name, found in dirt.items():
        assert 1 <= found.sum() <= 0.03 * len(rows), name


def test_participants_have_closing_dirt_and_gaps(platform: Tables) -> None:
    people, lines = platform["Participants"], platform["Engagements"]
    enrolled, closed = (
        pd.to_datetime(people[column], format="%m/%d/%Y", errors="coerce")
        for column in ("Enrollment Date", "Discharge Date")
    )
    assert 1 <= (closed < enrolled).sum() <= 10
    unlisted = set(lines["Participant ID"]) - set(people["Participant ID"]) - {"TEST", ""}
    assert 1 <= len(unlisted) <= 20


def test_workbook_is_handmade(vendor: SampleFiles) -> None:
    path = vendor.files["coach_spreadsheet"][0]
    book = CalamineWorkbook.from_path(path)
    months = [sheet for sheet in book.sheet_names if sheet != "codes"]
    assert len(months) > 24
    assert "Jan 26" in months
    hidden = [s.name for s in book.sheets_metadata if s.visible != SheetVisibleEnum.Visible]
    assert hidden == ["codes"]
    dates = []
    for name in months:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        assert rows[3] == [
            *("Date", "Who (ID)", "Where", "How", "How long"),
            *("What we worked on", "Good news!", "Hard news", "Co."),
        ]
        assert rows[-1][:2] == ["Total", len(rows) - 5]
        body = rows[4:-1]
        assert all(str(row[1]).startswith("PQ") and len(str(row[1])) == 6 for row in body)
        assert {row[8] for row in body} <= {"Piscataquis", "Piscataquis Co", "PISCATAQUIS", "Somerset"}
        assert {row[7] for row in body} <= {"", "RTU", "OD"}
        assert {row[6] for row in body} <= {"", "J", "H", "G", "RC", "TC"}
        assert {row[3] for row in body} <= {"F2F", "zoom", "phone", "phone/text", "text", "lm"}
        dates += [type(row[0]).__name__ for row in body]
    assert {"str", "date", "float"} <= set(dates)
    with zipfile.ZipFile(path) as archive:
        assert b"2026-10-02" in archive.read("docProps/core.xml")
