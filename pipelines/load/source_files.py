"""Which files a load reads: paths, folders and globs expanded, each matched to one input of the profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import takewhile
from pathlib import Path

from pipelines.errors import LoadError, nearest
from pipelines.load.file_bytes import FileBytes, look_through
from pipelines.profile import Input, Profile

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file, the input of the profile it belongs to, and what its bytes are, which is found out meanwhile."""

    path: Path
    input: Input
    looking: Future[FileBytes]

    @property
    def bytes(self) -> FileBytes:
        """What the bytes are; waits for it."""
        return self.looking.result()

    @property
    def sha256(self) -> str:
        """The checksum; waits for it."""
        return self.bytes.sha256


def expand(paths: Iterable[str]) -> tuple[Path, ...]:
    """Return the files behind paths, folders and globs, sorted and each once."""
    found: dict[Path, None] = {}
    for text in paths:
        path = Path(text).expanduser()
        if path.is_dir():
            matches = [item for item in path.iterdir() if item.suffix.lower() in SUFFIXES and not _is_lock(item)]
        elif path.is_file():
            matches = [path]
        else:
            matches = _glob(path)
        if not matches:
            raise LoadError("DQ05", text, "no file is found here.", "Check the path.")
        found.update(dict.fromkeys(sorted(item.resolve() for item in matches if item.is_file())))
    return tuple(found)


def _is_lock(path: Path) -> bool:
    """Tell the marks an open spreadsheet leaves in its folder ("~$log.xlsx", ".~lock") from exports."""
    return path.name.startswith(("~$", "."))


def _glob(pattern: Path) -> list[Path]:
    """Expand a pattern from its first folder that holds no wildcard."""
    fixed = list(takewhile(lambda part: not set(part) & set("*?["), pattern.parts))
    return list(Path(*fixed).glob(str(Path(*pattern.parts[len(fixed) :])))) if len(fixed) < len(pattern.parts) else []


def match_files(
    paths: Iterable[str], profile: Profile, inputs: Mapping[str, str] | None = None
) -> tuple[SourceFile, ...]:  # fmt: skip
    """Match every file to an input: to the one `inputs` says for its name, else to the one that asks for its name.

    A file no input asks for is an error, as is a missing input.
    """
    files = {path: _input_of(path, profile, inputs or {}) for path in expand(paths)}
    names = [path.name for path in files]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        what = "two files have this name, so findings could not tell them apart."
        raise LoadError("DQ05", twice[0], what, "Rename one of them.")
    present = {source.id for source in files.values()}
    for item in profile.input:
        if item.required and item.id not in present:
            what = f'no file for the input "{item.id}" (named like {item.match}) was given.'
            raise LoadError("DQ05", profile.name, what, "Give all files of the export together.")
    # A large file takes seconds, in which the first ones are read already.
    looking = ThreadPoolExecutor(max_workers=1)
    found = [SourceFile(path, source, looking.submit(look_through, path)) for path, source in files.items()]
    looking.shutdown(wait=False)
    return tuple(found)


def _input_of(path: Path, profile: Profile, inputs: Mapping[str, str]) -> Input:
    if path.name in inputs:
        return profile.input_by_id(inputs[path.name])
    for item in profile.input:
        if fnmatch(path.name.casefold(), item.match.casefold()):
            return item
    patterns = [item.match for item in profile.input]
    what = f'the profile "{profile.name}" has no input for this file; it knows files named {", ".join(patterns)}.'
    raise LoadError("DQ05", path.name, what, nearest(path.name, patterns) or "Choose the right profile.")
