"""Columns that identify people are known by their header or by what their values look like."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipelines.identifiers import judge_header, judge_values

IDENTIFIERS = """
    First Name · LAST_NAME · ClientName · Participant's Name · Preferred Name · Coach Name · FName · Surname · Name
    DOB · D.O.B. · BirthDate · Date of Birth · birth_year · SSN · SSN4 · Social Security No. · E-mail · Email Address
    Cell Phone · Phone · Phone 1 · Contact Phone · Telephone Number · Fax · Home Address · Address Line 2 · Street 1
    ZIP Code · zip5 · Postal Code · MRN · Medicaid ID · MaineCare ID · Case Number · Docket No · Latitude · Longitude
    IP Address · Driver's License · Account Number · Initials
"""
FREE_TEXT = """
    Notes · Session Note · Progress Narrative · Comments · Other (specify) · Please specify · Action Plan · Description
"""
HARMLESS = """
    Program Name · Site Name · Service Location · Child Born · Street Outreach · Care Coordination Session · Gender Desc
    Contact Method · Phone calls · Where · Coach · Peer ID · Client ID · Mobile unit · Date of Service · Email sent
    Recovery Capital Score · Participant ID · County of Residence · Last Modified · Record ID · Enrollment Date
"""


def headers(text: str) -> list[str]:
    return [name.strip() for line in text.strip().splitlines() for name in line.split("·")]


@pytest.mark.parametrize("header", headers(IDENTIFIERS))
def test_headers_that_identify(header: str) -> None:
    assert judge_header(header) == "identifier"


@pytest.mark.parametrize("header", headers(FREE_TEXT))
def test_headers_of_free_text(header: str) -> None:
    assert judge_header(header) == "free text"


@pytest.mark.parametrize("header", headers(HARMLESS))
def test_headers_that_may_be_read(header: str) -> None:
    assert judge_header(header) is None


def test_a_profile_adds_to_the_list_and_never_shortens_it() -> None:
    assert judge_header("Hometown", refuse=["home town", "hometown"]) == "identifier"
    assert judge_header("Email", refuse=[]) == "identifier"


@pytest.mark.parametrize(
    ("header", "kind"), [("Case Number", None), ("MRN", None), ("SSN", "identifier"), ("Email", "identifier")]
)
def test_a_record_number_may_be_the_mapped_id_but_an_ssn_may_not(header: str, kind: str | None) -> None:
    assert judge_header(header, as_id=True) == kind


CODES = [f"AB{n:04d}" for n in range(100)]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (CODES, None),
        (["someone@example.org"] * 6 + CODES[:94], "identifier"),  # over 5 %
        (["someone@example.org"] * 5 + CODES[:95], None),
        (["123-45-6789"], "identifier"),
        (["(207) 555-0123"], "identifier"),
        (["207-555-0123"], "identifier"),
        (["1985-02-03"], "identifier"),
        (["02/03/1985"], "identifier"),
        (["2026-02-03"], None),  # nobody in the program was born then
        (["12 Main Street"], "identifier"),
        (["3 sessions"], None),
        (["Jane Doe", "Doe, John", "Ann Lee"] * 7 + CODES[:79], "identifier"),  # over 20 % names
        (["Jane Doe"] * 20 + CODES[:80], None),
        (["JD", "J. D.", "A.B.C."], "identifier"),
        (["x" * 61] * 3 + ["short"] * 7, "free text"),
        ([], None),
    ],
)
def test_values_of_an_id_column(values: list[str], kind: str | None) -> None:
    assert judge_values(values, names_too=True) == kind


def test_names_count_only_in_id_columns() -> None:
    """A site may be called like a person; a participant's ID may not."""
    assert judge_values(["Hope House", "Nora House"], names_too=False) is None


def test_dates_are_no_birth_dates_in_a_date_column() -> None:
    assert judge_values(["1999-05-01"], names_too=False, dates=True) is None


def test_the_module_can_be_imported_first() -> None:
    """`pipelines.identifiers` once imported the loader that imports it."""
    subprocess.run([sys.executable, "-c", "import pipelines.identifiers"], check=True, timeout=60)
