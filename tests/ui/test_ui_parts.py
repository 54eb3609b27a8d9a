"""The parts of pages that need no browser: files, filters, windows, cohorts, search, serving."""

from __future__ import annotations

import asyncio
import csv
import io
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from dashboard import serve
from dashboard.measures import Measure, Period, Provenance, Query, Result, load_measures, measure, periods_of
from dashboard.measures.export import result_csv, table_csv
from dashboard.ui.cohorts import is_judged
from dashboard.ui.frames import linkages, pivot, stages
from dashboard.ui.method_texts import matching
from dashboard.ui.tables import readable
from dashboard.ui.view import View
from dashboard.ui.windows import _all_of_it, _window
from pipelines.errors import OutcomesError

AS_OF = date(2026, 9, 30)
QUARTER = Period(date(2026, 7, 1), AS_OF, "2026 Q3")
VIEW = View(
    version="abc",
    as_of=AS_OF,
    data_start=date(2024, 1, 5),
    gap_days=90,
    records=("contact", "life_win"),
    organization="Center",
    resources=(),
    counties=(("23009", "Hancock"), ("unknown", "Not recorded")),
    programs=(("P1", "P1"),),
    calendar="quarter",
    period=QUARTER,
    county="",
    program="",
    compare=True,
)


def result(name="second_contact", numerator=61.0, denominator=140.0, **columns):
    frame = pd.DataFrame(
        [
            {
                "period": QUARTER.label,
                "period_start": pd.Timestamp(QUARTER.start),
                "period_end": pd.Timestamp(QUARTER.end),
                "completeness": "complete",
                **columns,
                "numerator": numerator,
                "denominator": denominator,
                "value": numerator / denominator if denominator else float("nan"),
                "lower": 0.35,
                "upper": 0.52,
                "reason": "" if denominator else "nobody in the denominator",
                "reliable": True,
                "left_out": 2.0,
            }
        ]
    )
    query = Query(name, (QUARTER,), by=tuple(columns))
    return Result(measure(name), query, frame, Provenance("abc123", AS_OF, 90))


def test_a_file_says_what_it_is_and_then_holds_the_very_frame():
    lines = list(csv.reader(io.StringIO(result_csv(result(), "All counties"))))
    about = {line[0]: line[1] for line in lines if line[0].startswith("#")}
    assert about["# measure"].startswith("People who came back within 14 days (E1")
    assert about["# period"] == "2026 Q3"
    assert about["# place"] == "All counties"
    assert about["# as_of"] == "2026-09-30"
    assert about["# data version"] == "abc123"
    assert "do not share" in about["# audience"]
    header, row = (line for line in lines if not line[0].startswith("#"))
    assert dict(zip(header, row, strict=True))["numerator"] == "61.0"


def test_a_table_file_keeps_commas_inside_their_cell():
    text = table_csv(pd.DataFrame({"a": ["x, y"]}), [("table", "T, U")], Provenance("v", AS_OF, 90))
    assert list(csv.reader(io.StringIO(text)))[-1] == ["x, y"]


def test_a_table_has_words_rounded_numbers_and_the_reason_where_there_is_none():
    table = readable(result())
    assert list(table.iloc[0]) == ["2026 Q3", "44 %", "61", "140", "35 % to 52 %"]
    assert readable(result(denominator=0.0))["Note"].iloc[0] == "nobody in the denominator"


def test_steps_begin_with_everyone_who_had_the_full_time():
    reached = stages(result(), result("engaged", 20.0, 100.0))
    assert reached.bars[0] == ("First contact", 140, 140)
    assert reached.bars[2][1:] == (20, 100)
    assert list(reached.table["Share"]) == ["100 %", "44 %", "20 %"]


def test_linkages_leave_out_domains_without_an_offer():
    offers = result("linkage_completed", 2.0, 5.0, domain="housing")
    assert linkages(offers).to_dict("records") == [{"domain": "Housing", "offered": 5, "connected": 2}]
    assert linkages(result("linkage_completed", 0.0, 0.0, domain="housing")).empty


def test_a_count_nobody_has_is_zero_in_a_table():
    one = result("in_touch", county="23009", quiet="quiet_30")
    frame = pd.concat([one.frame, one.frame.assign(county="23029", quiet="quiet_60")]).assign(value=3.0)
    table = pivot(replace(one, frame=frame), "county", "quiet")
    assert table.iloc[0].tolist()[1:] == ["3", "0"]


@pytest.mark.parametrize(("days", "judged"), [(30, True), (90, False)])
def test_a_cohort_is_judged_only_after_the_days_and_the_gap_rule(days, judged):
    spring = Period(date(2026, 3, 1), date(2026, 5, 31), "spring")
    assert is_judged(VIEW, spring, days) is judged


def test_an_incomplete_period_is_never_compared():
    autumn = replace(VIEW, period=Period(date(2026, 7, 1), date(2026, 10, 31), "autumn"))
    assert autumn.compared == (autumn.period,)
    assert [period.label for period in VIEW.compared] == ["2025 Q3", "2026 Q3"]
    assert replace(VIEW, data_start=date(2026, 1, 1)).compared == (QUARTER,)


def test_windows_end_with_a_complete_month_and_use_all_there_is_if_data_are_short():
    assert _window(VIEW, 1) == Period(date(2025, 10, 1), AS_OF, "12 months to Sep 2026")
    assert _window(VIEW, 3).start == date(2023, 10, 1)
    middle = replace(VIEW, as_of=date(2026, 9, 12))
    assert _window(middle, 1).end == date(2026, 8, 31)
    assert _all_of_it(replace(VIEW, data_start=date(2026, 9, 3), as_of=date(2026, 9, 12))).end == date(2026, 9, 12)


def test_settled_years_leave_out_what_is_still_filling():
    assert [year.label for year in VIEW.settled_years] == ["12 months to Jun 2025", "12 months to Jun 2026"]


def test_search_finds_by_synonym_and_needs_every_word():
    measures = list(load_measures().values())
    assert measure("return_rate") in matching(measures, "relapse")
    assert matching(measures, "relapse qqqq") == []
    assert matching(measures, "") == measures


def test_every_measure_of_this_release_is_shown_with_its_example():
    assert all(isinstance(m, Measure) and m.example for m in load_measures().values())


def test_serving_takes_the_theme_of_the_config_file_from_any_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    options = serve.config("127.0.0.1", 8501, True)
    assert options["theme.light.primaryColor"] != options["theme.dark.primaryColor"]
    assert options["browser.gatherUsageStats"] is False
    assert options["client.showErrorDetails"] == "none"
    assert options["server.enableStaticServing"] is True
    assert (options["server.address"], options["server.port"], options["server.headless"]) == ("127.0.0.1", 8501, True)


def test_serving_sends_the_security_headers_with_every_answer():
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    sent: list[dict] = []

    async def send(message):
        sent.append(message)

    answer = serve.SecurityHeaders(app)({"type": "http"}, None, send)
    with ThreadPoolExecutor() as pool:  # a browser test of the same process may keep a loop running in this thread
        pool.submit(asyncio.run, answer).result()
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    policy = headers["content-security-policy"]
    assert "connect-src 'self'" in policy
    assert "'sha256-" in policy
    assert "http:" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_months_of_the_trend_end_with_the_period_or_the_data():
    assert VIEW.months[-1].label == "Sep 2026"
    earlier = replace(VIEW, period=periods_of("quarter", date(2025, 5, 1), date(2025, 5, 1))[0])
    assert earlier.months[-1].label == "Jun 2025"


def test_an_address_that_is_taken_is_refused_with_another(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(OutcomesError, match=rf"127.0.0.1:{port} is taken.*--port {port % 65535 + 1}\."):
            serve.serve(tmp_path, "127.0.0.1", port, headless=True)
