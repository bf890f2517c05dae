"""The structure of an export's dataflows as SDMX-ML 2.1: code lists, concepts, structures. Agency MRC until one is
registered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from xml.etree import ElementTree as xml

from mrc_app.exchange.ministry_export_profile import FLOWS, LABELS, LAST, NOT_APPLICABLE, TOTAL, UNKNOWN, Flow
from mrc_app.exchange.ministry_export_tables import Row
from mrc_app.exchange.ministry_export_words import AGENCY

_ROOT = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/"
MES, STR, COM = f"{{{_ROOT}message}}", f"{{{_ROOT}structure}}", f"{{{_ROOT}common}}"
FREQ = {"A": "Annual", "S": "Half-yearly", "Q": "Quarterly", "M": "Monthly", "_O": "Other"}
ATTRIBUTES = tuple(name for name in LAST if name not in ("TIME_PERIOD", "OBS_VALUE"))
_SPECIAL = {TOTAL: "Total", UNKNOWN: "Unknown", NOT_APPLICABLE: "Not applicable"}


def structure_file(flows: Sequence[str], lists: dict[str, list[Row]], made_on: date) -> bytes:
    """The structure file of the dataflows an export holds. ``lists``: codes with an English label."""
    for name, space in (("mes", MES), ("str", STR), ("com", COM)):
        xml.register_namespace(name, space[1:-1])
    root = xml.Element(f"{MES}Structure")
    header = xml.SubElement(root, f"{MES}Header")
    xml.SubElement(header, f"{MES}ID").text = "MRC_EXPORT_1"
    xml.SubElement(header, f"{MES}Test").text = "false"
    xml.SubElement(header, f"{MES}Prepared").text = f"{made_on.isoformat()}T00:00:00Z"
    xml.SubElement(header, f"{MES}Sender", id=AGENCY)
    body = xml.SubElement(root, f"{MES}Structures")
    known = [FLOWS[name] for name in flows]
    _dataflows(body, known)
    _code_lists(body, lists)
    _concepts(body, known)
    parent = xml.SubElement(body, f"{STR}DataStructures")
    for flow in known:
        _data_structure(parent, flow, lists)
    xml.indent(root)
    return bytes(xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _kept(parent: xml.Element, tag: str, id_: str, name: str) -> xml.Element:
    made = xml.SubElement(parent, f"{STR}{tag}", id=id_, agencyID=AGENCY, version="1.0", isFinal="true")
    _name(made, name)
    return made


def _name(parent: xml.Element, text: str) -> None:
    named = xml.SubElement(parent, f"{COM}Name")
    named.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    named.text = text


def _ref(parent: xml.Element, id_: str, package: str, kind: str, **more: str) -> None:
    attributes = {"id": id_, "agencyID": AGENCY, "package": package, "class": kind, **more}
    xml.SubElement(parent, "Ref", attributes)


def _dataflows(body: xml.Element, flows: Iterable[Flow]) -> None:
    parent = xml.SubElement(body, f"{STR}Dataflows")
    for flow in flows:
        made = _kept(parent, "Dataflow", flow.id, flow.title)
        inside = xml.SubElement(made, f"{STR}Structure")
        _ref(inside, f"DSD{flow.id[2:]}", "datastructure", "DataStructure", version="1.0")


def _code_lists(body: xml.Element, lists: dict[str, list[Row]]) -> None:
    parent = xml.SubElement(body, f"{STR}Codelists")
    listed = {**{name: [(row["code"], row["label_en"]) for row in rows] for name, rows in lists.items()}}
    for name, codes in {**listed, "FREQ": list(FREQ.items())}.items():
        made = _kept(parent, "Codelist", f"CL_{name}", LABELS.get(name, name))
        for code, label in {**dict(codes), **_SPECIAL}.items():
            _name(xml.SubElement(made, f"{STR}Code", id=code), label)


def _concepts(body: xml.Element, flows: Iterable[Flow]) -> None:
    scheme = _kept(xml.SubElement(body, f"{STR}Concepts"), "ConceptScheme", "CS_MRC", "Concepts of this profile")
    names = ["FREQ", "REF_AREA", "CENTRE", "INDICATOR", *(dim for flow in flows for dim in flow.dims), *LAST]
    for name in dict.fromkeys(names):
        _name(xml.SubElement(scheme, f"{STR}Concept", id=name), LABELS.get(name, name))


def _component(parent: xml.Element, tag: str, name: str, lists: dict[str, list[Row]], **more: str) -> xml.Element:
    made = xml.SubElement(parent, f"{STR}{tag}", {"id": name, **more})
    inside = xml.SubElement(made, f"{STR}ConceptIdentity")
    _ref(inside, name, "conceptscheme", "Concept", maintainableParentID="CS_MRC", maintainableParentVersion="1.0")
    if tag == "PrimaryMeasure":
        return made
    local = xml.SubElement(made, f"{STR}LocalRepresentation")
    if name in lists or name == "FREQ":
        enumerated = xml.SubElement(local, f"{STR}Enumeration")
        _ref(enumerated, f"CL_{name}", "codelist", "Codelist", version="1.0")
    else:
        text = "ObservationalTimePeriod" if tag == "TimeDimension" else "String"
        xml.SubElement(local, f"{STR}TextFormat", textType=text)
    return made


def _data_structure(parent: xml.Element, flow: Flow, lists: dict[str, list[Row]]) -> None:
    made = _kept(parent, "DataStructure", f"DSD{flow.id[2:]}", flow.title)
    inside = xml.SubElement(made, f"{STR}DataStructureComponents")
    dims = xml.SubElement(inside, f"{STR}DimensionList", id="DimensionDescriptor")
    names = ["FREQ", "REF_AREA", "CENTRE", "INDICATOR", *flow.dims]
    for place, name in enumerate(names, 1):
        _component(dims, "Dimension", name, lists, position=str(place))
    _component(dims, "TimeDimension", "TIME_PERIOD", lists, position=str(len(names) + 1))
    attributes = xml.SubElement(inside, f"{STR}AttributeList", id="AttributeDescriptor")
    for name in ATTRIBUTES:
        one = _component(attributes, "Attribute", name, {}, assignmentStatus="Conditional")
        measure = xml.SubElement(xml.SubElement(one, f"{STR}AttributeRelationship"), f"{STR}PrimaryMeasure")
        xml.SubElement(measure, "Ref", id="OBS_VALUE")
    _component(xml.SubElement(inside, f"{STR}MeasureList", id="MeasureDescriptor"), "PrimaryMeasure", "OBS_VALUE", {})
