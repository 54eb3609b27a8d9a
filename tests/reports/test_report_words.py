"""Every string of every report is fit to be shown."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from report_cases import cases
from words import banned

import dashboard
from dashboard.reports.funders import funder_names
from dashboard.reports.renderers import FORMATS
from dashboard.reports.renderers.slide_notes import notes_of
from dashboard.standing import DEATHS_IN_WORDS, LEGENDS, RESOURCES, RESTRICTED, STAMPS
from pipelines.paths import reference_folder

PACKAGE = Path(dashboard.__file__).parent
CODE = ("reports",)
PAGES = (
    "cli_reports.py", "report_files.py", "report_source.py", "app_pages/grant_reports.py", "app_pages/board.py",
    "ui/present.py", "ui/report_view.py", "ui/reports.py",
)  # fmt: skip
NOT_SHOWN = {"key", "kind", "name", "version", "audience", "tone", "made_on", "as_of"}


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in NOT_SHOWN:
                yield from _strings(part)


@pytest.mark.parametrize("case", tuple(cases()), ids=str)
def test_no_report_says_a_banned_word(case, document):
    report = document(case)
    (content,) = FORMATS["json"].render(report).values()
    texts = "\n".join(_strings(json.loads(content)))
    assert banned(texts) == []
    for slide in report.slides:
        assert banned(notes_of(slide)) == []


def test_no_message_label_or_help_of_reports_says_a_banned_word():
    """Messages and labels that no report of the matrix shows: every text of the code but its docstrings."""
    files = [path for place in CODE for path in (PACKAGE / place).rglob("*.py")]
    files += [PACKAGE / name for name in PAGES]
    texts = [text for path in files for text in _literals(ast.parse(path.read_text(encoding="utf-8")))]
    assert len(texts) > 500
    assert banned("\n".join(texts)) == []


def _literals(tree):
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_standing_sentences_are_fit_to_be_shown():
    assert banned("\n".join([DEATHS_IN_WORDS, RESOURCES, RESTRICTED, *STAMPS.values(), *LEGENDS.values()])) == []


@pytest.mark.parametrize("name", funder_names())
def test_no_funder_file_says_a_banned_word(name):
    text = (reference_folder() / "funders" / f"{name}.toml").read_text(encoding="utf-8")
    assert banned("\n".join(line for line in text.splitlines() if not line.startswith("wins"))) == []
