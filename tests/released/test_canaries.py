"""Unique numbers in every hidden cell: none of them leaves, whichever way somebody looks."""

import json
import logging
import re

import pandas as pd
import pytest
from canaries import numbers_in, secrets_of
from everything import in_files, on_screen

from dashboard.measures import lookup
from pipelines.errors import OutcomesError
from pipelines.published import cube_paths, read_cube, read_published


@pytest.mark.parametrize("audience", ["funder", "board"])
def test_no_hidden_number_is_in_any_payload(audience, flown, as_audience, caplog, capfd):
    counts, folder = flown
    secrets = secrets_of(counts, read_cube(cube_paths(folder, audience)[0]))
    assert len(secrets) > 20
    as_audience(audience, folder)
    with caplog.at_level(logging.DEBUG):
        payload = [
            *on_screen(audience, folder).values(),
            json.dumps(list(in_files(audience, folder).values())),
        ]
    printed = capfd.readouterr()
    found = set().union(*(numbers_in(text) for text in [*payload, caplog.text, printed.out, printed.err]))
    assert found & secrets == set()
    assert found & set(read_cube(cube_paths(folder, audience)[0]).frame["value"].dropna().astype(int))


def test_no_hidden_number_is_in_any_published_file(flown):
    counts, folder = flown
    for audience in ("funder", "board"):
        secrets = secrets_of(counts, read_cube(cube_paths(folder, audience)[0]))
        for path in (folder / audience).iterdir():
            is_cube = path.suffix == ".parquet"
            text = pd.read_parquet(path).to_csv(index=False) if is_cube else path.read_text(encoding="utf-8")
            if path.suffix in {".json", ".html"}:  # hashes are no numbers
                text = re.sub(r"[0-9a-f]{12,}", "", text)
            assert numbers_in(text) & secrets == set(), path.name


def test_no_hidden_number_is_kept_in_memory(flown):
    """What the process remembers is the cube and frames made of it."""
    counts, folder = flown
    shared = read_published(folder, "board")
    for name in shared.policy.measures:
        lookup.series(shared, name, days=90 if name == "retained" else 0)
    secrets = secrets_of(counts, shared.cube)
    kept = [
        rows.frame
        for name in shared.policy.measures
        for rows in lookup._kept(shared.cube.release, "board", name).values()
    ]
    assert kept
    held = pd.concat(
        [shared.cube.frame[["value", "lo", "hi"]], *(f[["numerator", "denominator", "value"]] for f in kept)]
    )
    assert set(held.stack().dropna().astype(float)) & {float(s) for s in secrets} == set()


def test_no_hidden_number_is_in_an_error(flown, tmp_path, as_audience, caplog, capfd):
    """A damaged release: the page says so in one sentence, and neither it nor the log holds a number of a cell."""
    import shutil

    from app_stores import open_page, shown_texts

    counts, folder = flown
    shutil.copytree(folder, tmp_path / "damaged")
    pointer = tmp_path / "damaged" / "board" / "current.json"
    pointer.write_text(pointer.read_text(encoding="utf-8").replace('"sha256": "', '"sha256": "0'), encoding="utf-8")
    with pytest.raises(OutcomesError, match="not the file that was published") as error:
        read_published(tmp_path / "damaged", "board")
    as_audience("board", tmp_path / "damaged")
    app = open_page("overview")
    printed = capfd.readouterr()
    assert [title.value for title in app.title] == ["Nothing to show"]
    texts = [*shown_texts(app), str(error.value), caplog.text, printed.out, printed.err]
    secrets = secrets_of(counts, read_cube(cube_paths(folder, "board")[0]))
    assert set().union(*map(numbers_in, texts)) & secrets == set()
