"""Periods are asked for together: the part that a page shows is what it would have got by asking for it alone."""

from __future__ import annotations

import pandas as pd
import pytest
from app_stores import AS_OF, open_page, opened

from dashboard.measures import Query, evaluate, load_measures, periods_of
from dashboard.measures.definition import CURVES
from dashboard.store import Store
from dashboard.ui.subset import over

QUARTERS = periods_of("quarter", AS_OF.replace(year=2024, month=10, day=1), AS_OF)
MONTHS = periods_of("month", QUARTERS[0].start, AS_OF)
# Curves and days between events have a row per day or event, and are never asked for several periods together.
IN_ROWS = CURVES | {"days_between"}
CASES = [(name, by) for name, m in load_measures().items() for by in ("", *m.dimensions[:2]) if m.kind not in IN_ROWS]


@pytest.mark.parametrize(("name", "by"), CASES)
def test_part_of_an_answer_is_the_answer_to_the_part(name, by, use_store):
    store = Store(use_store("many"))
    split = (by,) if by else ()
    asked = (QUARTERS[3], QUARTERS[-1])
    part = over(evaluate(store, Query(name, (*MONTHS, *QUARTERS), by=split)), asked)
    alone = evaluate(store, Query(name, asked, by=split))
    assert part.query == alone.query
    key = ["period", *split]
    kept = [alone.frame[alone.frame["numerator"].fillna(0).gt(0) | alone.frame["denominator"].fillna(0).gt(0)]]
    wanted = kept[0].merge(part.frame[key], on=key)  # rows of a group nobody is in may come or go
    assert len(wanted) == len(kept[0])
    found = part.frame.merge(wanted[key], on=key)
    pd.testing.assert_frame_equal(found, wanted, check_dtype=False)


def test_what_was_left_out_is_counted_for_the_period_once_somebody_asks(use_store):
    store = Store(use_store("many"))
    notes = evaluate(store, Query("engaged", (QUARTERS[-1],))).provenance.notes
    assert notes
    app = open_page("engagement")
    assert not any(note in text.value for note in notes for text in app.markdown)
    opened(app, "left-out")
    assert all(any(note in text.value for text in app.markdown) for note in notes)
