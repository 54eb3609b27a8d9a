"""Every file of every vendor's export is recognized by its header, whatever somebody called it."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest
from fixture_loads import HALVES, NAMES, build_export

from pipelines.intake.detect import matches
from pipelines.intake.peek import peek
from pipelines.profile import read_profile

SHIPPED = {name: read_profile(name) for name in NAMES}


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("name", NAMES)
def test_the_nearest_profile_and_input_are_the_right_ones(name: str, half: str, tmp_path: Path) -> None:
    for number, path in enumerate(sorted(build_export(name, half, tmp_path / "export").iterdir())):
        wanted = next(item for item in SHIPPED[name].input if fnmatch(path.name.casefold(), item.match.casefold()))
        found = matches(peek(path.rename(path.with_stem(f"download ({number})"))), SHIPPED)[0]
        assert (found.profile, found.input, found.missing) == (name, wanted.id, ()), path.name
