"""Tables of texts as HTML: headers for rows and columns, nothing unescaped, numbers to the right."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from dashboard.ui.card_wall import _points
from dashboard.ui.html_table import table_html


def rows(columns: int = 3) -> pd.DataFrame:
    return pd.DataFrame(
        [["<b>Hancock</b>", "1,204", "61 % (40 of 66)", "–", "5"][:columns]], columns=list("ABCDE")[:columns]
    )


def test_every_cell_has_a_header_and_is_escaped():
    found = table_html(rows(), 'Counties "by name"')
    assert 'aria-label="Counties &quot;by name&quot;"' in found
    assert '<th role="rowheader" scope="row">&lt;b&gt;Hancock&lt;/b&gt;</th>' in found
    assert re.findall(r'scope="col"[^>]*>(\w)<', found) == ["A", "B", "C"]
    assert '<td role="cell" data-label="B" class="n short">1,204</td>' in found


def test_only_wide_tables_stand_on_end_on_a_telephone():
    assert 'class="figures"' in table_html(rows(3), "T")
    assert 'class="figures wide"' in table_html(rows(5), "T")
    few = rows(3).assign(D="50 % (19 of 38, few: read as a count)")
    assert 'class="figures wide"' in table_html(few, "T")  # the long texts would be squeezed


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("–", "n short"),
        ("0.69", "n short"),
        ("under 1 %", "n short"),
        ("61 % (40 of 66)", "n"),
        ("yes", ""),
        ("x" * 30, "long"),
    ],
)
def test_numbers_stand_right_short_ones_on_one_line_and_long_texts_get_a_line_of_their_own(text, kind):
    found = table_html(pd.DataFrame([["a", text]], columns=["A", "B"]), "T")
    assert (f'class="{kind}"' in found) if kind else ('data-label="B">' in found)


def test_a_small_line_rises_with_its_values_and_survives_equal_ones():
    (x0, y0), (x1, y1) = _points([1.0, 2.0])
    assert x1 > x0
    assert y1 < y0
    assert len({y for _, y in _points([3.0, 3.0])}) == 1
