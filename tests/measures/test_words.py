"""Every text of every measure is fit to be shown."""

import pytest
from words import banned

from dashboard.measures import DIMENSIONS, Measure, catalogue_markdown, label, load_measures
from dashboard.measures.parameters import DEFAULTS
from pipelines.schema import VOCABULARIES

NOT_SHOWN = {"name", "id", "kind", "direction", "interval", "sql", "key", "synonyms", "audiences", "version"}


def texts(measure: Measure) -> str:
    """Everything a reader may see; synonyms only feed the search box, where other people's words are allowed."""
    shown = measure.model_dump(exclude=NOT_SHOWN)
    return "\n".join(str(value) for value in shown.values())


@pytest.mark.parametrize("measure", load_measures().values(), ids=lambda m: m.name)
def test_headers_use_person_first_words(measure):
    assert banned(texts(measure)) == []


def test_labels_titles_and_settings_use_person_first_words():
    labels = [label("domain", code) for codes in VOCABULARIES.values() for code in codes]
    titles = [dimension.title for dimension in DIMENSIONS.values()]
    settings = [meaning for _, meaning in DEFAULTS.values()]
    assert banned("\n".join([*labels, *titles, *settings])) == []


def test_the_catalogue_uses_person_first_words():
    without_names = "\n".join(line for line in catalogue_markdown().splitlines() if not line.startswith("`"))
    assert banned(without_names) == []


@pytest.mark.parametrize(
    "text",
    [
        "Clients relapsed",
        "the Best county",
        "a success rate of 50 %",
        "lost 3 people",
        "lost to follow-up",
        "fell due to fewer visits",
        "<11",
        "no-shows",
        "An OD in May",
        "MAT",
        "drug users",
    ],
)
def test_banned_words_are_found(text):
    assert banned(text)


@pytest.mark.parametrize(
    "text",
    [
        "People who returned to use, in recovery, in touch with a coach",
        "Data through 30 Sep 2026",
        "the material format of a matter",
        "Substance Abuse and Mental Health Services Administration",
        "a person with a substance use disorder who died of an overdose",
        "because records come in late",
    ],
)
def test_other_words_are_left_alone(text):
    assert banned(text) == []
