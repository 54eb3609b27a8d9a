"""The mapping of an unknown file: column by column, with guesses and previews by shape, saved as a source profile."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard.settings import read_settings
from dashboard.ui.loading.at_work import do, jobs
from dashboard.ui.loading.fields import BASES, FIELDS, REQUIRED, SAME_IN_ALL, Field
from dashboard.ui.loading.states import state_names
from pipelines.errors import OutcomesError
from pipelines.jobs import Job
from pipelines.profile.compose import (
    EVERY_SHEET,
    IDS,
    MIX,
    SERIAL,
    Answers,
    MappedTable,
    compose,
    is_date,
    missing_fields,
)
from pipelines.profile.own import NAME, keep_profile, profile_files
from pipelines.program import kept_program
from pipelines.schema import label

NOT_HERE = ""
PARTS = {"session": "A contact, held or planned", "milestone": "Something that happened in a person's life"}
KINDS = {**PARTS, "session milestone": "Both: a contact, and in some rows something that happened"}
EXAMPLE = date(2026, 3, 14)
Studied = Mapping[str, Any]


def map_columns(job: Job, files: Sequence[Studied]) -> None:
    """Ask what each column means, file by file, and keep the answers as a profile."""
    st.write(
        "Say which column holds what. Guesses are filled in; previews show shapes and counts, never a value. The "
        "codes themselves are mapped after the check, once each, with their counts."
    )
    tables = [table for file in files for table in _file(job, file)]
    st.subheader("Name of this mapping", anchor=False)
    name = st.text_input(
        "Name", key=f"map-name-{job.id}", placeholder="center_log", help="Small letters, digits and underscores."
    )
    _save(job, name.strip(), tables)


def _file(job: Job, file: Studied) -> list[MappedTable]:
    """Ask about one file; return what each kind of record reads of it."""
    st.subheader(file["name"], anchor=False)
    key = f"{job.id}-{file['name']}"
    table = file["tables"][0]
    if len(file["tables"]) > 1:
        table = _sheet(file["tables"], key)
    columns = {column["name"]: column for column in table["columns"]}
    _refused(columns)
    if not any(column["rows"] for column in columns.values()):
        st.warning("This file has a header and no rows. Export it again.")
    guess = max(PARTS, key=lambda kind: sum(bool(column["likely"].get(kind)) for column in columns.values()))
    kinds = tuple(KINDS)
    kind = st.radio("One row is", kinds, index=kinds.index(guess), key=f"kind-{key}", format_func=KINDS.__getitem__)
    parts = kind.split()
    found = []
    for part in parts:
        if len(parts) > 1:
            st.markdown(f"**{PARTS[part]}**")
        beside = "" if part == parts[0] else parts[0]
        found.append(_record(part, columns, f"{key}-{part}", _pattern(file["name"]), table, beside))
    return found


def _record(
    kind: str, columns: Mapping[str, Studied], key: str, match: str, table: Studied, beside: str
) -> MappedTable:
    """Ask which column is which for one kind of record."""
    mapped, formats, constants = _fields(kind, columns, key)
    state, basis = _place(key) if "county_fips" in mapped else ("", "unknown")
    told = MappedTable(
        kind, match, mapped, constants, formats, _record_number(columns, mapped, key),
        table["sheet"], table["delimiter"], table["encoding"], state, basis, beside, _in_some_rows(columns, mapped),
        _id_patterns(columns, mapped),
    )  # fmt: skip
    if lacking := missing_fields(told):
        st.caption(f"Still needed: {', '.join(lacking)}.")
    return told


def _sheet(tables: Sequence[Studied], key: str) -> Studied:
    """Ask which sheet holds the rows; sheets of one header, such as one a month, are offered together."""
    names = [table["sheet"] for table in tables]
    words = "All sheets with the same columns"
    chosen = st.selectbox("Sheet", names, key=f"sheet-{key}", format_func=lambda name: name.replace(EVERY_SHEET, words))
    return tables[names.index(chosen)]


def _refused(columns: Mapping[str, Studied]) -> None:
    names = [f"{name} ({column['refused']})" for name, column in columns.items() if column["refused"]]
    if names:
        st.markdown(f"**Not offered, because they identify people or are free text:** {', '.join(names)}")


def _fields(
    kind: str, columns: Mapping[str, Studied], key: str
) -> tuple[dict[str, str], dict[str, list[str]], dict[str, str]]:
    """Return what was mapped: field -> header, date field -> formats, and field -> what is the same in every row."""
    mapped: dict[str, str] = {}
    formats: dict[str, list[str]] = {}
    constants: dict[str, str] = {}
    for field in FIELDS[kind]:
        offered = [NOT_HERE, *(n for n, c in columns.items() if not c["refused"] and (c["as_id"] or not field.is_id))]
        first = _guess(kind, field, columns, set(mapped.values()))
        left, right = st.columns([3, 2], vertical_alignment="bottom")
        words = field.title + (" (needed)" if field.name in REQUIRED[kind] else "")
        chosen = left.selectbox(
            words, offered, index=offered.index(first) if first in offered else 0, key=f"{key}-{field.name}",
            format_func=lambda name: name or "not in this file", help=field.help,
        )  # fmt: skip
        with right:
            if chosen:
                mapped[field.name] = chosen
                if is_date(kind, field.name):
                    formats[field.name] = _format(columns[chosen], f"{key}-{field.name}-{chosen}")
                else:
                    st.caption(_preview(columns[chosen]) + (_odd_ids(columns[chosen]) if field.is_id else ""))
            elif codes := SAME_IN_ALL.get(field.name):
                same = st.selectbox(
                    "The same in every row", ["", *codes], key=f"{key}-{field.name}-same",
                    format_func=lambda code: label(code) if code else "not known",
                )  # fmt: skip
                constants |= {field.name: same} if same else {}
    return mapped, formats, constants


def _guess(kind: str, field: Field, columns: Mapping[str, Studied], taken: set[str]) -> str:
    """Return the column that is likeliest this field, of those no other field has taken."""
    ranks = {
        name: column["likely"].get(kind, []).index(field.name)
        for name, column in columns.items()
        if field.name in column["likely"].get(kind, []) and name not in taken and (column["as_id"] or not field.is_id)
    }
    return min(ranks, key=lambda name: ranks[name], default=NOT_HERE)


def _format(column: Studied, key: str) -> list[str]:
    """Ask how dates are written where it is open; two orders that both fit are never decided by guessing."""
    found = list(column["formats"])
    if len(found) == 1:
        st.caption(f"{_preview(column)}, read as {_written(found[0])}")
        return str(found[0]).split(MIX)
    if not found:
        st.caption(f"{_preview(column)}: no date format fits")
        return []
    words = "Which of these is 14 March 2026?"
    chosen = st.selectbox(words, found, index=None, key=f"{key}-format", format_func=_written)
    return chosen.split(MIX) if chosen else []


def _written(forms: str) -> str:
    """Write the example day in each of the formats: 3/14/26, 2026-03-14."""
    days = ["days of a spreadsheet (46095)" if f == SERIAL else EXAMPLE.strftime(f) for f in forms.split(MIX)]
    return " or ".join(days)


def _preview(column: Studied) -> str:
    shapes = ", ".join(column["shapes"]) or "blank"
    return f"{column['filled']:,} of {column['rows']:,} rows filled, {column['distinct']:,} different: {shapes}"


def _in_some_rows(columns: Mapping[str, Studied], mapped: Mapping[str, str]) -> bool:
    """Tell whether most rows leave blank what happened: then those tell of nothing, and lack nothing."""
    code = columns.get(mapped.get("code", ""))
    return code is not None and code["filled"] < code["rows"] / 2


def _id_patterns(columns: Mapping[str, Studied], mapped: Mapping[str, str]) -> dict[str, str]:
    """Return the form of the IDs mapped, by field; what has another form is kept out when it is loaded."""
    return {name: form for name in IDS if name in mapped and (form := columns[mapped[name]]["id_pattern"])}


def _odd_ids(column: Studied) -> str:
    """Say that IDs without a digit, among IDs with digits, are taken for initials or words."""
    odd = column["off_pattern"]
    return f". {odd:,} without a digit: taken for initials or words, not for IDs" if odd else ""


def _place(key: str) -> tuple[str, str]:
    """Ask which state the counties are in, and what they describe."""
    left, right = st.columns(2)
    codes = ["", *state_names()]
    own = kept_program(read_settings().store, None).state
    state = left.selectbox(
        "State of the counties", codes, index=codes.index(own) if own in codes else 0, key=f"map-state-{key}",
        format_func=lambda code: state_names().get(code, "as the program says"),
    )  # fmt: skip
    basis = right.selectbox("The county is where", tuple(BASES), key=f"basis-{key}", format_func=BASES.__getitem__)
    return str(state), str(basis)


def _record_number(columns: Mapping[str, Studied], mapped: Mapping[str, str], key: str) -> tuple[str, ...]:
    """Ask for a column that numbers the rows; without one, rows equal in all that is mapped are one record."""
    offered = [NOT_HERE, *(n for n, c in columns.items() if not c["refused"] and n not in mapped.values())]
    chosen = st.selectbox(
        "Number of the record, different in every row", offered, key=f"number-{key}",
        format_func=lambda name: name or "not in this file",
        help="With it a later export can correct a row. Without it, rows that agree in all of these columns are one.",
    )  # fmt: skip
    return (chosen,) if chosen else ()


def _pattern(name: str) -> str:
    """Return a pattern for later exports of this file: numbers in its name may change."""
    return re.sub(r"\d+", "*", name)


def _save(job: Job, name: str, tables: Sequence[MappedTable]) -> None:
    store = read_settings().store
    if name and not NAME.fullmatch(name):
        st.warning("Use small letters, digits and underscores in the name, a letter first.")
    if name in profile_files(store):
        st.warning(f'There is a profile "{name}" already. Choose another name.')
    if len({table.table for table in tables}) < len(tables):
        st.warning("Two files hold the same kind of rows. Map and load them one after the other.")
    ready = bool(NAME.fullmatch(name)) and name not in profile_files(store) and not any(map(missing_fields, tables))
    ready = ready and len({table.table for table in tables}) == len(tables)
    if st.button("Save this mapping", type="primary", disabled=not ready):
        do(lambda: _keep(job, name, tables))


def _keep(job: Job, name: str, tables: Sequence[MappedTable]) -> None:
    try:
        keep_profile(read_settings().store, compose(Answers(name, name.replace("_", " ").capitalize(), tables)))
    except OutcomesError as error:
        raise OutcomesError("this mapping", error.what, error.cure) from None
    jobs().look(job)
