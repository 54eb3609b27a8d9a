"""36 monthly releases and a restatement, one after the other: decisions stay, and their union gives nothing away."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from monthly_table import MONTHS, counts_at, draws, month_ends, policy_file

from pipelines.audit import audit_cubes
from pipelines.disclosure import ProtectionError, draft, read_ledger
from pipelines.policy import read_policy

FIRST, LAST = date(2023, 2, 1), date(2026, 1, 31)  # a month is waited for 30 days, so that the first holds none


def release(table, file, ledger, as_of, **how):
    policy, text = read_policy(file)
    made = draft(counts_at(table, file, as_of), policy, text, ledger, **how)
    ledger.append(made.entry)
    return made.cubes


def numbers(cube):
    """Cell -> what stands there: its number, or the state."""
    frame = cube.frame
    keys = frame[["county_level", "county", "period"]].itertuples(index=False, name=None)
    return dict(zip(keys, frame["value"].astype(object).where(frame["value"].notna(), frame["state"]), strict=True))


@pytest.fixture(scope="module")
def replayed(tmp_path_factory):
    """(policy file, ledger folder, cubes by audience) after 36 monthly releases and the restatement of all."""
    folder = tmp_path_factory.mktemp("replay")
    file, ledger, table = policy_file(folder), read_ledger(folder / "ledger"), draws()
    cubes = {"funder": [], "board": []}
    for as_of in month_ends(FIRST, LAST):
        for name, cube in release(table, file, ledger, as_of).items():
            cubes[name].append(cube)
    late = table.copy()
    late[0, 5] += 14  # fourteen people of county A were entered late, and one was taken out of B
    late[1, 7] -= min(1, late[1, 7])
    for name, cube in release(late, file, ledger, LAST, restate=True).items():
        cubes[name].append(cube)
    return file, folder / "ledger", cubes


def test_nothing_follows_from_all_releases_and_audiences_together(replayed):
    file, _, cubes = replayed
    policy, text = read_policy(file)
    reports = audit_cubes(cubes, policy, text)
    assert {name: report.failures for name, report in reports.items()} == {"funder": (), "board": ()}
    assert reports["funder"].unions["releases"] == len(MONTHS) + 1
    assert reports["funder"].findings
    assert min(f.width for f in reports["funder"].findings if f.high < 11) >= policy.width_for("funder")


def test_what_was_decided_stays_until_the_restatement(replayed):
    _, _, cubes = replayed
    for releases in cubes.values():
        monthly = [numbers(cube) for cube in releases[:-1]]
        for earlier, later in pairwise(monthly):
            assert earlier.items() <= later.items()


def test_the_board_is_never_shown_more_than_the_funder(replayed):
    _, _, cubes = replayed
    for funder, board in zip(cubes["funder"], cubes["board"], strict=True):
        wide = numbers(funder)
        for cell, found in numbers(board).items():
            assert found in ("withheld", "not_released", wide[cell])


def test_releases_decided_afresh_would_have_given_something_away(tmp_path):
    """The same months without a ledger: some small cell follows, so that the test above can fail."""
    table, file = draws(), policy_file(tmp_path)
    policy, text = read_policy(file)
    cubes = [
        draft(counts_at(table, file, as_of), policy, text, read_ledger(tmp_path / f"none{n}")).cubes["funder"]
        for n, as_of in enumerate(month_ends(date(2025, 6, 1), LAST))
    ]
    assert audit_cubes({"funder": cubes}, policy, text)["funder"].failures


def test_a_late_entry_waits_for_the_restatement(tmp_path):
    """23 people become 24: the next release still says 23, and a total to come is that of the frozen parts."""
    table, file, ledger = np.full((4, len(MONTHS)), 40), policy_file(tmp_path), read_ledger(tmp_path / "ledger")
    table[0, 0] = 23
    first = release(table, file, ledger, date(2023, 3, 2))["funder"]
    table[0, 0] = 24
    second = release(table, file, ledger, date(2023, 5, 1))["funder"]
    january, quarter = ("county", "A", "2023-01"), ("county", "A", "2023-Q1")
    assert numbers(first)[january] == numbers(second)[january] == 23
    assert numbers(second)[quarter] == 23 + 40 + 40
    restated = numbers(release(table, file, ledger, date(2023, 5, 1), restate=True)["funder"])
    assert restated[january] == "withheld"  # the difference of the vintages would be one person
    assert restated["county", "B", "2023-01"] == 40


@pytest.mark.parametrize("spoil", ["line", "cells", "lost"])
def test_a_ledger_that_was_changed_is_refused(spoil, tmp_path):
    table, file, ledger = draws(), policy_file(tmp_path), read_ledger(tmp_path / "ledger")
    for as_of in month_ends(date(2023, 2, 1), date(2023, 3, 31)):
        release(table, file, ledger, as_of)
    book, cells = tmp_path / "ledger" / "ledger.jsonl", tmp_path / "ledger" / "cells-0001.parquet"
    if spoil == "line":
        book.write_text(book.read_text().replace('"vintage": 1', '"vintage": 2', 1), encoding="utf-8")
    elif spoil == "cells":
        cells.write_bytes(cells.read_bytes()[:-1] + b"x")
    else:
        cells.unlink()
    with pytest.raises(ProtectionError, match="changed or is incomplete"):
        read_ledger(tmp_path / "ledger")


def test_rules_and_places_may_not_change_under_a_ledger(tmp_path):
    table, file, ledger = draws(), policy_file(tmp_path), read_ledger(tmp_path / "ledger")
    release(table, file, ledger, date(2023, 3, 2))
    with pytest.raises(ProtectionError, match="records end before"):
        release(table, file, ledger, date(2023, 2, 1))
    file.write_text(file.read_text().replace("min_width = 9", "min_width = 10"), encoding="utf-8")
    with pytest.raises(ProtectionError, match="policy was changed"):
        release(table, file, ledger, date(2023, 3, 2))
