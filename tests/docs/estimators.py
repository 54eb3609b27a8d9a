"""docs/estimators.md: every public estimator with its arguments and results, read from the code itself."""

import dataclasses
import inspect
import pkgutil
import re
from importlib import import_module

from dashboard.measures import estimates
from dashboard.measures.estimates.arrays import Z_95

OPENING = """# Estimators

Generated from `dashboard/measures/estimates` by `python tests/docs/write_docs.py`. Do not edit.

Every number with limits on a page comes from one of these functions. They take counts, in arrays, and know neither
the database nor the screen; where a page asks for many counties at once, arrays have one more axis. Shares are
fractions, rates are per the asked number of person-months, durations are whole days, and NaN means "cannot be
computed". Limits are at 95 % unless another `z` is given. They need numpy and `scipy.special` only; tests hold each
against statsmodels, SciPy, R or a plain loop, and against published figures (`tests/estimates`).

| Engine | For | Modules |
|---|---|---|
"""
ENGINES = {
    "E1": "every denominator: person-time",
    "E2": "percentages",
    "E3": "rates",
    "E4": "staying in touch, time to a first event",
    "E5": "repeat events per person",
    "E6": "trends",
    "E7": "counties",
    "E8": "targets",
}
PERSON_TIME = (
    "none: days are counted in SQL (`pipelines/models/person_day.sql`), against plain Python in `tests/models`"
)


def modules():
    """Every module that names an engine, in the order of the engines."""
    found = [import_module(f"{estimates.__name__}.{m.name}") for m in pkgutil.iter_modules(estimates.__path__)]
    return sorted((m for m in found if engines(m)), key=lambda m: (engines(m), m.__name__))


def engines(module):
    opening = module.__doc__.split("\n\n")[0]
    return re.findall(r"E\d", " ".join(re.findall(r"\(([^)]*)\)", opening)))


def estimators_markdown():
    """Return the text of docs/estimators.md; a test compares the file with it."""
    return OPENING + "\n".join([*map(_engine, ENGINES), "", *map(_module, modules())])


def _engine(engine):
    names = [f"`{short(m)}`" for m in modules() if engine in engines(m)]
    return f"| {engine} | {ENGINES[engine]} | {', '.join(names) or PERSON_TIME} |"


def short(module):
    return module.__name__.rpartition(".")[2]


def _module(module):
    members = sorted((getattr(module, name) for name in module.__all__), key=_line)
    parts = [_entry(member) for member in members]
    return "\n".join([f"## {short(module)}\n", f"{inspect.cleandoc(module.__doc__)}\n", *parts])


def _line(member):
    return inspect.getsourcelines(member)[1]


def _entry(member):
    if inspect.isclass(member):
        return f"### {member.__name__}\n\n{_text(member)}\n\n{_fields(member)}\n"
    signature = str(inspect.signature(member)).replace("'", "").replace(repr(Z_95), "Z_95")
    return f"### {member.__name__}\n\n```python\n{member.__name__}{signature}\n```\n\n{_text(member)}\n"


def _text(member):
    return inspect.cleandoc(member.__doc__)


def _fields(result):
    if dataclasses.is_dataclass(result):
        fields = [(field.name, field.type) for field in dataclasses.fields(result)]
    else:
        fields = [(name, result.__annotations__[name]) for name in result._fields]
    kinds = [(name, getattr(kind, "__forward_arg__", kind)) for name, kind in fields]
    return "\n".join(["| Field | Type |", "|---|---|", *(f"| `{name}` | {kind} |" for name, kind in kinds)])
