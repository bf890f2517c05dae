"""The tables of an export as text: observations as SDMX-CSV 2.0, rows and code lists as CSV. UTF-8, no byte order
mark, codes and numbers only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mrc_app.calendars.periods import Period
from mrc_app.corridors.countries import alpha3
from mrc_app.exchange.ministry_export_flows import Flows
from mrc_app.exchange.ministry_export_profile import FIRST, FLOWS, LAST, TOTAL, UNKNOWN, Flow, labels
from mrc_app.exchange.ministry_export_words import AGENCY
from mrc_app.figures.indicators_figures import PLACES, Number, rounded
from mrc_app.figures.indicators_words import Unit
from mrc_app.i18n import Catalog
from mrc_app.money import decimals

Row = dict[str, str]
UNIT_PLACES = {"DAYS": 1, "MONTHS": 4, "SCORE": 4}
ENGLISH = "en"


@dataclass(frozen=True)
class Head:
    """What stands in every row: where and when. ``time`` is the period as SDMX writes it, ``local`` as the country
    does."""

    centre: str
    country: str
    freq: str
    time: str
    local: str
    span: Period

    def values(self) -> Row:
        """The columns of every row."""
        return {
            "FREQ": self.freq, "REF_AREA": self.country, "CENTRE": self.centre, "TIME_PERIOD": self.time,
            "PERIOD_START": self.span.start.isoformat(), "PERIOD_END": self.span.end.isoformat(),
            "LOCAL_PERIOD": self.local, "OBS_STATUS": "A", "CONF_STATUS": "N",
        }  # fmt: skip


def structure(flow: str) -> str:
    """A dataflow as an observation names it."""
    return f"{AGENCY}:{flow}(1.0)"


def columns(flow: Flow) -> list[str]:
    """The columns of a dataflow's table."""
    return [*FIRST, *flow.dims, *LAST]


def observations(flow: Flow, cells: Mapping[str, Mapping[tuple[str, ...], Number]], head: Head) -> list[Row]:
    """One row for each number of a dataflow: by indicator, then by key."""
    found = []
    for indicator in flow.units:
        for key, number in cells[indicator].items():
            dims = dict(zip(flow.dims, key, strict=True))
            value, unit = _value(flow.units[indicator], dims, number)
            found.append({
                "STRUCTURE": "dataflow", "STRUCTURE_ID": structure(flow.id), "ACTION": "R", **head.values(),
                "INDICATOR": indicator, **dims, "OBS_VALUE": value, "UNIT_MEASURE": unit,
            })  # fmt: skip
    return found


def _value(unit: str, dims: Mapping[str, str], number: Number) -> tuple[str, str]:
    """A number and its unit: money in the unit of its currency, never in cents."""
    if unit == "MEASURE":
        unit = "CURRENCY" if dims["MEASURE"] == "MONEY" else dims["MEASURE"]
        if unit != "CURRENCY":
            return rounded(number, PLACES.get(Unit(unit.lower()), 0)), unit
    if unit == "CURRENCY":
        places = decimals(dims["CURRENCY"])
        return rounded(Fraction(number) / 10**places, places), dims["CURRENCY"]
    return rounded(number, UNIT_PLACES.get(unit, 0)), unit


def all_observations(counted: Flows, head: Head) -> dict[str, list[Row]]:
    """The rows of every dataflow that has any."""
    return {name: observations(FLOWS[name], counted[name], head) for name in FLOWS if name in counted}


def leaf(flow: Flow, row: Row) -> bool:
    """Whether a row is a leaf: no total in any dimension."""
    return all(row[dim] != TOTAL for dim in flow.dims)


def as_csv(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A table as it is kept in the archive."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return out.getvalue().encode("utf-8")


# -- Code lists


def code_lists(
    languages: Sequence[str], shown: frozenset[str] = frozenset()
) -> Iterator[tuple[str, list[str], list[Row]]]:
    """Every list of codes with its labels: name, columns, rows."""
    from mrc_app.corridors import countries
    from mrc_app.exchange.ministry_export_profile import LISTS

    catalogs = {code: Catalog.load(code, "mrc_app") for code in languages}
    names = ["code", *(f"label_{code}" for code in languages)]
    for dimension in (*LISTS, "INDICATOR", "FIGURE"):
        if dimension == "STATUS" and "T7" not in shown:
            continue
        found = [
            {"code": code, **{f"label_{one}": catalogs[one].find(label) or label for one in languages}}
            for code, label in labels(dimension, shown).items()
        ]
        yield dimension, names, found
    land = [
        {"code": three, **{f"label_{one}": countries.name(two, one) for one in languages}}
        for two, three in alpha3().items()
    ]
    yield "DEST", names, [*land, {"code": UNKNOWN, **{f"label_{one}": UNKNOWN for one in languages}}]
