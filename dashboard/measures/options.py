"""What a filter may offer: the codes of a dimension, with their words."""

from __future__ import annotations

from dashboard.measures.dimensions import NOT_RECORDED, dimension, label, order
from dashboard.measures.names import NAMED, names_of
from dashboard.measures.result import CountyOf
from dashboard.store import Store
from pipelines.schema import VOCABULARIES


def options(store: Store, name: str, county_of: CountyOf = "contact") -> dict[str, str]:
    """Return the codes of dimension `name` and their words, in reading order, "not recorded" last.

    Closed lists come as declared; counties, regions, programs, sites and sources are those in the data, counties and
    regions either of contacts or of where people live.
    Raises UnknownNameError for a dimension that does not exist.
    """
    declared = dimension(name)
    if declared.vocabulary:
        codes = list(VOCABULARIES[declared.vocabulary])
    else:
        codes = list(declared.codes) or _in_use(store, name, county_of)
    named = names_of(store, name, codes) if name in NAMED else {}
    words = {code: named.get(code) or label(name, code) for code in codes}
    return dict(sorted(words.items(), key=lambda item: (order(name, item[0])[0], item[1].casefold())))


# Data without contacts have places all the same.
_COUNTIES = {
    "contact": "SELECT DISTINCT county_fips AS fips FROM contact_day UNION "
    "SELECT DISTINCT county_fips FROM event WHERE NOT EXISTS (SELECT 1 FROM contact_day)",
    "residence": "SELECT DISTINCT home_county_fips AS fips FROM person",
}


def _in_use(store: Store, name: str, county_of: CountyOf) -> list[str]:
    declared = dimension(name)
    if name == "region":
        sql = f"SELECT DISTINCT c.region AS code FROM ({_COUNTIES[county_of]}) AS d LEFT JOIN county AS c USING (fips)"
    elif name == "county":
        sql = f"SELECT fips AS code FROM ({_COUNTIES[county_of]}) AS d"
    elif declared.table:
        sql = f"SELECT DISTINCT {declared.column} AS code FROM {declared.table}"
    else:
        return []
    codes = store.frame(sql)["code"]
    return sorted({NOT_RECORDED if code is None or code != code else str(code) for code in codes})
