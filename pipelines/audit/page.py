"""The audit on one page, for people who read no JSON."""

from __future__ import annotations

from html import escape

from pipelines.audit.findings import AuditReport, Finding

GUARANTEE = (
    "Whoever kept every number this audience has ever been shown, knows these rules, and knows that counts are whole "
    "and not negative, can narrow each withheld number that may be small down to a range at least {width} wide, and no "
    "further. For each small number the publisher keeps two complete data sets that would have led to the same "
    "publication."
)
_LIMITS = (
    "Not covered: what somebody knows from elsewhere, how likely each value in a range is, free text, and numbers "
    "given out by other ways. Counties and dates are named, so that a release rests on an expert's determination; "
    "this page is part of that expert's record."
)
_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}"
    "table{border-collapse:collapse}th,td{text-align:left;padding:.2rem 1rem .2rem 0;border-bottom:1px solid #ccc}"
    "@media print{body{margin:0}}"
)


def page(report: AuditReport) -> str:
    """Return the report as one HTML page without scripts or requests."""
    organization = report.cube.about.get("organization", "")
    verdict = "The release passed." if report.passed else "The release did not pass. It was not published."
    title = f"Audit of release {report.cube.sequence} for the {report.audience}"
    parts = [
        f"<h1>{title}</h1>",
        f"<p>{escape(organization)}</p>" if organization else "",
        f"<p><strong>{verdict}</strong> Data through {report.cube.as_of}.</p>",
        f"<h2>What holds</h2><p>{GUARANTEE.format(width=report.width)}</p><p>{_LIMITS}</p>" if report.passed else "",
        _failures(report),
        "<h2>What was checked</h2>" + _table(_checks(report)),
        "<h2>Narrowest ranges of withheld numbers</h2>" + _table(_worst(report)) if report.findings else "",
        "<h2>Share of the numbers in the tables that is shown</h2>" + _table(_shares(report)),
        f"<p>Release {report.cube.release}, policy {report.cube.policy_hash[:12]}.</p>",
    ]
    body = "\n".join(part for part in parts if part)
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'


def _failures(report: AuditReport) -> str:
    if report.passed:
        return ""
    items = "".join(f"<li>{escape(text)}</li>" for text in report.failures[:20])
    more = f"<p>and {len(report.failures) - 20} more.</p>" if len(report.failures) > 20 else ""
    return f"<h2>What is wrong</h2><ul>{items}</ul>{more}"


def _checks(report: AuditReport) -> list[tuple[str, str]]:
    counts = report.as_json()["counts"]
    return [
        ("Numbers shown", f"{counts['shown']:,}"),
        ("Numbers withheld", f"{counts['withheld']:,}"),
        ("Numbers not released at this level", f"{counts['not_released']:,}"),
        ("Attackers", ", ".join(report.attackers)),
        ("Pooled with", ", ".join(name for name in report.together_with if name != report.audience) or "nobody"),
    ]


def _worst(report: AuditReport) -> list[tuple[str, str]]:
    narrow = sorted(report.findings, key=lambda f: (f.width, f.cell))[:3]
    return [(in_place(finding), _range(finding)) for finding in narrow]


def in_place(finding: Finding) -> str:
    """Name the cell of a range."""
    cell = finding.cell
    return ", ".join([cell.quantity, cell.county, cell.period, *([] if cell.category == "all" else [cell.category])])


def _range(finding: Finding) -> str:
    high = "no upper end" if finding.high == float("inf") else f"{finding.high:.0f}"
    return f"{finding.low} to {high}"


def _shares(report: AuditReport) -> list[tuple[str, str]]:
    return [(level, f"{share:.1%}") for level, share in report.as_json()["utility"].items()]


def _table(rows: list[tuple[str, str]]) -> str:
    lines = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(text)}</td></tr>' for name, text in rows)
    return f"<table>{lines}</table>"
