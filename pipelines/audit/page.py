"""The audit on one page, for people who read no JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from pipelines.audit.findings import AuditReport, Finding
from pipelines.reference.counties import load_counties

GUARANTEE = (
    "Take somebody who has kept every number this audience was ever shown, who knows these rules, and who knows that "
    "counts are whole and never below zero. For each withheld number that may be small, the least and the most that "
    "person can still believe lie at least {width} apart. For each small number the publisher keeps two complete sets "
    "of counts that lie that far apart there, and that would both have led to this very publication."
)
_LIMITS = (
    "Not covered: what somebody knows from elsewhere, how likely each value in a range is, free text, and numbers "
    "given out in other ways. Counties and dates are named, so that a release rests on an expert's determination; "
    "this page is part of that expert's record. It is not a legal opinion."
)
_RANGES = "The attack arrives at these ranges. That of every other withheld number is as wide or wider."
_SHARES = (
    "The rest is withheld, or not released in that much detail: where numbers are few, only longer periods or larger "
    "places are shown."
)
_ATTACKERS = {
    "A0": "adding and subtracting what is shown",
    "A1": "knowing that counts are never below zero",
    "A2": "knowing that counts are whole numbers",
    "A3": "being the one person behind a withheld number, and knowing so",
    "A4": "keeping every earlier release, and sharing with the other audience",
}
_LEVELS = {"all": "Whole program", "region": "Regions", "county": "Counties"}
_PARTS = {
    "numerator": "people or contacts counted",
    "denominator": "everyone who could be",
    "complement": "everyone else",
    "entered": "everyone who came",
}
_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}"
    "table{border-collapse:collapse}th,td{text-align:left;padding:.2rem 1rem .2rem 0;border-bottom:1px solid #ccc}"
    "@media print{body{margin:0}}"
)


def page(report: AuditReport) -> str:
    """Return the report as one HTML page without scripts or requests."""
    organization = report.cube.about.get("organization", "")
    verdict = "The release passed." if report.passed else "The release did not pass."
    title = f"Audit of release {report.cube.sequence} for the {report.audience}"
    parts = [
        f"<h1>{title}</h1>",
        f"<p>{escape(organization)}</p>" if organization else "",
        f"<p><strong>{verdict}</strong> Data through {_day(report.cube.as_of)}.</p>",
        f"<h2>What holds</h2><p>{GUARANTEE.format(width=report.width)}</p><p>{_LIMITS}</p>" if report.passed else "",
        _failures(report),
        "<h2>What was checked</h2>" + _table(_checks(report)),
        "<h2>How it was attacked</h2>" + _list(_attacks(report)),
        f"<h2>The withheld numbers that can be narrowed down most</h2><p>{_RANGES}</p>" + _table(_worst(report))
        if report.findings
        else "<p>No number is withheld.</p>",
        f"<h2>How much of the tables is shown</h2><p>{_SHARES}</p>" + _table(_shares(report)),
        f"<p>Release {report.cube.release}, policy {report.cube.policy_hash[:12]}.</p>",
    ]
    body = "\n".join(part for part in parts if part)
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'


def _failures(report: AuditReport) -> str:
    if report.passed:
        return ""
    more = f"<p>and {len(report.failures) - 20} more.</p>" if len(report.failures) > 20 else ""
    return f"<h2>What is wrong</h2>{_list(report.failures[:20])}{more}"


def _checks(report: AuditReport) -> list[tuple[str, str]]:
    counts = report.as_json()["counts"]
    return [
        ("Numbers shown", f"{counts['shown']:,}"),
        ("Numbers withheld", f"{counts['withheld']:,}"),
        ("Numbers not released in that much detail", f"{counts['not_released']:,}"),
        ("Attacked together with what is shown to", ", ".join(others(report)) or "nobody else"),
    ]


def others(report: AuditReport) -> list[str]:
    """Return the other audiences whose numbers the attack had too."""
    return [name for name in report.together_with if name != report.audience]


def _attacks(report: AuditReport) -> list[str]:
    """Return each attack in words; one without words of its own under its technical name."""
    return [_ATTACKERS.get(name.split()[0], name) for name in report.attackers]


def _worst(report: AuditReport) -> list[tuple[str, str]]:
    narrow = sorted(report.findings, key=lambda f: (f.width, f.cell))[:3]
    return [(in_place(finding), _range(finding)) for finding in narrow]


def in_place(finding: Finding) -> str:
    """Name the cell of a range: what is counted, where, when, and of which category."""
    cell = finding.cell
    name, _, part = cell.quantity.partition(".")
    counted = f"{_plain(name)}: {_part(part)}" if part else _plain(name)
    place = {"all": "whole program", "elsewhere": "other counties"}.get(cell.county, _county(cell.county))
    period = cell.period.replace("-Q", " Q")
    return ", ".join([counted, place, period, *([] if cell.category == "all" else [_plain(cell.category)])])


def _plain(code: str) -> str:
    return code.replace("_", " ")


def _part(part: str) -> str:
    """Write a part of a rate or of a life table, as `stayed_90`, in words."""
    kind, _, day = part.partition("_")
    return {
        "stayed": f"still in touch after {day} days",
        "left": f"left by day {day}, since the day of the grid before",
    }.get(kind, _PARTS.get(part, _plain(part)))


def _county(code: str) -> str:
    return load_counties().names.get(code, code)


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


def _range(finding: Finding) -> str:
    high = "no upper end" if finding.high == float("inf") else f"{finding.high:.0f}"
    return f"{finding.low} to {high}"


def _shares(report: AuditReport) -> list[tuple[str, str]]:
    return [(_LEVELS.get(level, level), f"{share * 100:.0f} %") for level, share in report.as_json()["utility"].items()]


def _list(items: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def _table(rows: list[tuple[str, str]]) -> str:
    lines = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(text)}</td></tr>' for name, text in rows)
    return f"<table>{lines}</table>"
