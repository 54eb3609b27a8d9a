"""One load, from export files to a published version: land → map → judge → merge → derive → check → publish."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from pipelines.check_rules import run_checks
from pipelines.engine import build_models
from pipelines.errors import LoadError, OutcomesError
from pipelines.fix_list import KEPT_OUT_OF, fixes
from pipelines.load.conditions import holds
from pipelines.load.facts import finish_facts, prepare_warehouse, write_ledger, write_reference
from pipelines.load.fields import FieldBuilder, limits_of
from pipelines.load.landed import LandedInput
from pipelines.load.landing import Landing
from pipelines.load.ledger import (
    FileAccount,
    RuleCount,
    accounts,
    refuse_quarantined_share,
    write_issues,
    write_rule_results,
)
from pipelines.load.meanings import Meanings
from pipelines.load.merge import Merge
from pipelines.load.options import LoadOptions, LoadReport
from pipelines.load.rules import loader_rules
from pipelines.load.scratch import scratch_table
from pipelines.load.shaping import split_rows
from pipelines.load.source_files import SourceFile, match_files
from pipelines.load.stage import Staged, create_staged_tables, stage
from pipelines.load.stated_day import earliest_stated
from pipelines.load.stored_types import create_stored_types
from pipelines.profile import Emit, Profile, read_profile
from pipelines.pseudonym import SALT_FILE, local_salt
from pipelines.versions import build, live_file, publish

# Of the memory a load may take: the rest is Python, the program itself, and what DuckDB does not count.
DUCKDB_SHARE = 0.75


def load(paths: Sequence[str], profile_name: str, options: LoadOptions) -> LoadReport:
    """Load export files through a source profile and publish a new version.

    Without a day given, the one the report states where its profile looks for it is taken, and reported.
    Raises `LoadError` (rule DQ01–DQ10) when the load is refused; the live version is then untouched.
    """
    profile = read_profile(profile_name)
    files = match_files(paths, profile, options.inputs)
    stated = None if options.as_of else earliest_stated(files)
    options = replace(options, as_of=options.as_of or (stated[0] if stated else None))
    _require_as_of(profile, options)
    return replace(_load(profile, files, options), stated=stated)


def _load(profile: Profile, files: Sequence[SourceFile], options: LoadOptions) -> LoadReport:
    known = _already_loaded(options, profile, files)
    if known and all(file.sha256 in known for file in files):
        return LoadReport(profile.name, None, (), (), (), 0, tuple(file.path.name for file in files))
    if options.dry_run and not options.keep and not (options.store / SALT_FILE).exists():
        with tempfile.TemporaryDirectory() as folder:  # nothing was ever loaded here, and nothing is left here
            return _build(profile, files, replace(options, store=Path(folder)))
    return _build(profile, files, options)


def _build(profile: Profile, files: Sequence[SourceFile], options: LoadOptions) -> LoadReport:
    with build(options.store) as (version, built, scratch):
        con = _connect(built, scratch, options)
        try:
            report = _Load(con, profile, options, version, scratch).run(files)
            if options.keep or not options.dry_run:
                con.execute("CHECKPOINT")
        finally:
            con.close()
        if options.dry_run:
            if options.keep:
                publish(options.keep, version, built)
            return report
        options.report("publishing")
        publish(options.store, version, built)
        return report


class _Load:
    """The steps of one load over one connection."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, profile: Profile, options: LoadOptions, version: str, scratch: Path
    ) -> None:
        self.con, self.profile, self.options, self.version = con, profile, options, version
        self.landing = Landing(con, profile, scratch)
        self.staged: list[tuple[Staged, FieldBuilder]] = []
        self.tables: tuple[str, ...] = ()

    def run(self, files: Sequence[SourceFile]) -> LoadReport:
        """Run every stage but the last; the caller publishes."""
        self.options.report("reading")
        prepare_warehouse(self.con, live_file(self.options.store))
        for file in files:
            self.landing.land(file)
            self._count_landed(file)
        self.landing.finish()
        self.tables = tuple(
            dict.fromkeys(emit.table for emit in self.profile.emit if emit.input in self.landing.inputs)
        )
        self.options.report("mapping")
        self._stage()
        if self.options.observe:
            self.options.observe([builder for _, builder in self.staged])
        self.options.report("merging")
        found, rules, removed = self._merge()
        self.options.report("deriving")
        build_models(self.con)
        self.options.report("checking")
        checks = tuple(run_checks(self.con))
        write_rule_results(self.con)
        version = None if self.options.dry_run else self.version
        return LoadReport(
            self.profile.name,
            version,
            tuple(found),
            tuple(rules),
            checks,
            removed,
            relaxed=self.options.program.relaxed,
        )

    def _count_landed(self, file: SourceFile) -> None:
        if self.options.landed:
            pieces = self.landing.inputs[file.input.id].pieces
            self.options.landed(file.path.name, sum(piece.rows for piece in pieces if piece.file == file.path.name))

    def _stage(self) -> None:
        meanings = Meanings(self.con, local_salt(self.options.store))
        program, findings = self.options.program, self.landing.findings
        relaxed = program.relaxed_rules()
        limits = limits_of(program.opened_on, self.options.day(), relaxed="DQ15" in relaxed)
        statements: list[str] = []
        for number, emit in enumerate(self.profile.emit, start=1):
            if emit.input not in self.landing.inputs:
                continue
            landed = self.landing.inputs[emit.input]
            if _asks_for_absent(emit, landed):
                continue
            if emit.parts_of:
                landed = split_rows(self.con, landed, emit.parts_of, number)
            state = self.profile.state or program.state
            builder = FieldBuilder(
                meanings, landed, self.profile, emit, state, limits, program.zone(), findings, relaxed
            )  # fmt: skip
            staged, inserts = stage(builder, number, self.profile.source_system, self.version)
            self.staged.append((staged, builder))
            statements += inserts
        self._create_tables(meanings)
        for statement in statements:
            self.con.execute(statement)

    def _create_tables(self, meanings: Meanings) -> None:
        pieces = [piece for landed in self.landing.inputs.values() for piece in landed.pieces]
        numbers, labels = [piece.number for piece in pieces], [piece.label for piece in pieces]
        meanings.note("source_system", self.profile.source_system)
        meanings.note("source_file", *labels)
        meanings.note("batch_id", self.version)
        has_previous = live_file(self.options.store) is not None
        stored = create_stored_types(self.con, meanings.texts, has_previous=has_previous)
        meanings.store_as(stored)
        file_type = stored.get("source_file", "VARCHAR")
        scratch_table(self.con, "load_piece", {"number": ("INTEGER", numbers), "label": (file_type, labels)})
        create_staged_tables(self.con, self.tables, stored)

    def _merge(self) -> tuple[list[FileAccount], list[RuleCount], int]:
        has_previous = live_file(self.options.store) is not None
        removed = Merge(self.con, self.profile, self.landing, self.staged, self.options, has_previous).run()
        finish_facts(self.con, self.tables, has_previous=has_previous)
        return *self._account(removed), removed

    def _account(self, removed: int) -> tuple[list[FileAccount], list[RuleCount]]:
        found = accounts(self.con, self.landing)
        limits = {
            piece.file: landed.input.max_quarantined_share
            for landed in self.landing.inputs.values()
            for piece in landed.pieces
        }
        rules = write_issues(self.con, self.version, self.landing.findings)
        if self.options.kept_out:
            self.options.kept_out(fixes(self.con.execute(KEPT_OUT_OF, {"batch": self.version}).fetchall()))
        refuse_quarantined_share(found, limits)
        assert self.options.as_of
        write_ledger(self.con, self.profile, self.version, self.options.as_of, found, removed)
        write_reference(self.con, self.options.program, self.version)
        return found, rules


def _asks_for_absent(emit: Emit, landed: LandedInput) -> bool:
    """Tell whether an emit wants rows by a column that no file of the input has: there are none."""
    absent = (item for item in emit.where if landed.input.expand((item.column,)) not in landed.headers)
    return any(item.optional and not holds(item, None) for item in absent)


def _require_as_of(profile: Profile, options: LoadOptions) -> None:
    advice = loader_rules()["DQ04"].advice
    if options.as_of is None:
        raise LoadError("DQ04", profile.name, "the last complete day of the export is not given.", advice)
    if options.as_of > options.day():
        what = f"no export can cover days that have not come yet ({options.as_of})."
        raise LoadError("DQ04", profile.name, what, advice)


def _connect(built: Path, scratch: Path, options: LoadOptions) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{int(DUCKDB_SHARE * _bytes(options.memory))}B",
        "temp_directory": str(scratch / "spill"),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    if options.threads:
        config["threads"] = options.threads
    return duckdb.connect(str(built), config=config)


def _bytes(memory: str) -> int:
    try:
        return int(duckdb.execute("SELECT parse_formatted_bytes($memory)", {"memory": memory}).fetchall()[0][0])
    except duckdb.Error:
        raise OutcomesError(
            "--memory", f'"{memory}" is not an amount of memory.', "Write it as 2GB or 500MB."
        ) from None


def _already_loaded(options: LoadOptions, profile: Profile, files: Sequence[SourceFile]) -> set[str]:
    """Return the checksums of files the live version already holds, read with the same profile and date."""
    live = live_file(options.store)
    if live is None:
        return set()
    with duckdb.connect(str(live), read_only=True) as con:
        if con.execute("SELECT value FROM program_setting WHERE name = 'program'").fetchall() != [
            (options.program.model_dump_json(),)
        ]:
            return set()  # other regions or another gap rule: the same rows make other numbers
        rows = con.execute(
            "SELECT DISTINCT sha256 FROM load_batch WHERE profile = $profile AND profile_version = $version AND"
            " as_of = $as_of",
            {"profile": profile.name, "version": profile.version, "as_of": options.as_of},
        ).fetchall()
    return {str(row[0]) for row in rows} & {file.sha256 for file in files}
