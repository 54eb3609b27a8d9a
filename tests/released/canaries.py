"""Numbers found nowhere else, and how to look for them."""

import re

import numpy as np
from publications import MEANS, MONTHS, REGIONS, SPLITS

from pipelines.published.cube import KEY

THRESHOLD = 140_000  # a deck of years has withheld counties too
NUMBER = re.compile(r"\d[\d,]*")
FRACTION = re.compile(r"\d+\.\d*[1-9]\d*")  # coordinates of a map, shares: no counts


def birds():
    """Every leaf a number of its own between 1,000 and 9,999 or, one in three, larger."""
    draw = np.random.default_rng(2)
    tables = {}
    for name in MEANS:
        shape = (len(REGIONS), len(MONTHS), len(SPLITS.get(name, ("all",))))
        own = draw.permutation(np.arange(1001, 9999))[: int(np.prod(shape))].reshape(shape)
        tables[name] = own * np.where(draw.random(shape) < 0.6, 3, 1)
    return tables


def secrets_of(counts, cube):
    """Numbers of withheld cells that no shown cell and no year happens to have."""
    keyed = counts.frame.set_index(KEY)["value"]
    states = cube.frame.set_index(KEY)
    hidden = keyed[states.index[states["state"] == "withheld"]]
    shown = set(states["value"].dropna().astype(int))
    return {int(v) for v in hidden if v > 2100 and v not in shown and v % 5}


def numbers_in(text):
    return {int(token.replace(",", "")) for token in NUMBER.findall(FRACTION.sub("", text))}
