"""Folders and files for their owner alone: what a store holds is about people. Windows has rights of its own."""

from __future__ import annotations

from pathlib import Path

FOLDER_MODE, FILE_MODE = 0o700, 0o600


def private_folder(path: Path) -> Path:
    """Make a folder for its owner alone; one that is there already keeps the rights somebody gave it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=FOLDER_MODE, exist_ok=True)
    return path


def keep_private(file: Path) -> Path:
    """Let only the owner read and write a file."""
    file.chmod(FILE_MODE)
    return file
