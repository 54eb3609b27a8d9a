"""What docs/estimators.md lists is explained: every argument and every field is named in its docstring."""

import dataclasses
import inspect

import pytest
from estimators import modules, short

MEMBERS = [(m, name) for m in modules() for name in m.__all__]


@pytest.mark.parametrize(("module", "name"), MEMBERS, ids=lambda part: part if isinstance(part, str) else short(part))
def test_every_argument_and_field_is_explained(module, name):
    member = getattr(module, name)
    if inspect.isclass(member):
        if dataclasses.is_dataclass(member):
            return  # fields carry their meaning beside them or in the class's words
        names = list(member._fields)
    else:
        names = list(inspect.signature(member).parameters)
    text = " ".join(member.__doc__.split())
    missing = [argument for argument in names if f"`{argument}`" not in text and f"{argument} of" not in text]
    assert not missing, f"{name} does not explain {', '.join(missing)}"


def test_every_module_of_estimators_is_listed_or_only_serves_them():
    assert {"wilson", "poisson", "kaplan_meier", "xmr", "funnel", "assurance"} <= {short(m) for m in modules()}
