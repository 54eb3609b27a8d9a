"""Where the shipped reference data and the default folders are, in a checkout or an installed package."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent
ROOT = _HERE.parent


def reference_folder() -> Path:
    """Return the folder of shipped reference data (inside the package when installed from a wheel)."""
    packaged = _HERE / "_reference"
    return packaged if packaged.is_dir() else ROOT / "data" / "reference"


def sample_folder() -> Path:
    """Return the folder of the synthetic program's settings (inside the package when installed from a wheel)."""
    packaged = _HERE / "_sample"
    return packaged if packaged.is_dir() else ROOT / "data" / "sample"


def default_store() -> Path:
    """Return the default warehouse folder: in the checkout, else below the working directory."""
    base = ROOT if (ROOT / "pyproject.toml").is_file() else Path.cwd()
    return base / "data" / "warehouse"
