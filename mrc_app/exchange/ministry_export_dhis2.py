"""Leaf cells for DHIS2: ADX first, dataValueSets.json second, both with CODE ids. Totals, ratios and medians stay out:
DHIS2 adds up itself, and it must not add up rows that overlap."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree as xml

from mrc_app.exchange import ministry_export_periods as periods
from mrc_app.exchange.ministry_export_profile import FLOWS, Flow
from mrc_app.exchange.ministry_export_tables import Head, Row, leaf

SPACE = "urn:ihe:qrph:adx:2015"
OVERLAP = frozenset({"CURRENCY", "SOURCE"})
"""Dimensions without a total that do not overlap: a currency's amounts stay in their cells."""


def cells(observed: dict[str, list[Row]]) -> Iterator[tuple[Flow, list[Row]]]:
    """The leaf rows of every dataflow DHIS2 may add up."""
    for name, rows in observed.items():
        flow = FLOWS[name]
        if OVERLAP.issuperset(flow.apart):
            yield flow, [row for row in rows if leaf(flow, row) and row["INDICATOR"] in flow.sums]


def adx(observed: dict[str, list[Row]], head: Head, made_on: date) -> bytes:
    """The cells as ADX: one group a dataflow, categories as attributes."""
    xml.register_namespace("", SPACE)
    root = xml.Element(f"{{{SPACE}}}adx", exported=f"{made_on.isoformat()}T00:00:00Z")
    for flow, rows in cells(observed):
        if not rows:
            continue
        group = xml.SubElement(
            root, f"{{{SPACE}}}group", orgUnit=head.centre, period=periods.duration(head.span),
            dataSet=f"MRC_{flow.id}",
        )  # fmt: skip
        for row in rows:
            cell = {"dataElement": f"MRC_{row['INDICATOR']}", "value": row["OBS_VALUE"]}
            xml.SubElement(group, f"{{{SPACE}}}dataValue", cell | {f"MRC_{dim}": row[dim] for dim in flow.dims})
    xml.indent(root)
    return bytes(xml.tostring(root, encoding="utf-8", xml_declaration=True))


def data_value_sets(observed: dict[str, list[Row]], head: Head) -> bytes | None:
    """The cells as DHIS2's own JSON; None for a period DHIS2 has no name for."""
    period = periods.dhis2(head.span)
    if not period:
        return None
    values = [
        {
            "dataElement": f"MRC_{row['INDICATOR']}", "period": period, "orgUnit": head.centre,
            "categoryOptionCombo": ".".join(row[dim] for dim in flow.dims), "value": row["OBS_VALUE"],
        }
        for flow, rows in cells(observed)
        for row in rows
    ]  # fmt: skip
    schemes = ("idScheme", "dataElementIdScheme", "orgUnitIdScheme", "categoryOptionComboIdScheme")
    whole = {**dict.fromkeys(schemes, "CODE"), "dataValues": values}
    return (json.dumps(whole, indent=1) + "\n").encode("ascii")
