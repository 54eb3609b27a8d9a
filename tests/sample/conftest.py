"""The default sample, written once per test process, and read back as text the way any reader would."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipelines.sample import SampleFiles, write_sample


@pytest.fixture(scope="session")
def vendor(tmp_path_factory: pytest.TempPathFactory) -> SampleFiles:
    return write_sample(tmp_path_factory.mktemp("vendor"))


@pytest.fixture(scope="session")
def canonical_files(tmp_path_factory: pytest.TempPathFactory) -> SampleFiles:
    return write_sample(tmp_path_factory.mktemp("canonical"), shape="canonical")


def read_text(path: Path, *, preamble: bool) -> pd.DataFrame:
    return pd.read_csv(path, dtype="str", keep_default_na=False, skiprows=int(preamble), encoding="utf-8-sig")


@pytest.fixture(scope="session")
def platform(vendor: SampleFiles) -> dict[str, pd.DataFrame]:
    paths = vendor.files["recovery_platform"]
    return {p.stem.removeprefix("synthetic_"): read_text(p, preamble=True) for p in paths}


@pytest.fixture(scope="session")
def canonical(canonical_files: SampleFiles) -> dict[str, pd.DataFrame]:
    paths = canonical_files.files["canonical"]
    return {p.stem.removeprefix("synthetic_"): read_text(p, preamble=False) for p in paths}
