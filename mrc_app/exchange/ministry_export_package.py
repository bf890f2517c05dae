"""One archive, the same bytes for the same content: Data Package v2, checksums, and whatever else was made."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mrc_app.exchange.ministry_export_profile import (
    CASE_TABLES,
    FIRST,
    LINKAGE,
    SWITCHED_FIELDS,
    Field,
    Flow,
    Rows,
    labels,
)  # fmt: skip
from mrc_app.exchange.ministry_export_words import COVERS

PROFILES = "https://datapackage.org/profiles/2.0"
EPOCH = (1980, 1, 1, 0, 0, 0)
SUMS, MANIFEST = "SHA256SUMS", "datapackage.json"
NUMBERS = frozenset({"OBS_VALUE"})


@dataclass(frozen=True)
class Resource:
    """A table of the package: its path, its rows, its schema."""

    path: str
    content: bytes
    rows: int
    schema: dict[str, Any]

    @property
    def name(self) -> str:
        """Its name: small letters and hyphens."""
        return self.path.rpartition("/")[2].removesuffix(".csv").lower().replace("_", "-")

    def described(self) -> dict[str, Any]:
        """As the manifest names it."""
        return {
            "$schema": f"{PROFILES}/dataresource.json", "name": self.name, "path": self.path, "type": "table",
            "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(self.content),
            "hash": f"sha256:{sha256(self.content).hexdigest()}", "schema": self.schema,
        }  # fmt: skip


# -- Schemas


def flow_schema(flow: Flow, shown: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The table schema of a dataflow; ``shown``: the sensitive words that are counted."""
    fields = [_text(name) for name in FIRST]
    fields[0]["constraints"]["enum"] = ["dataflow"]
    fields[-1]["constraints"]["enum"] = list(flow.units)
    fields += [_dimension(dim, shown) for dim in flow.dims]
    fields += [
        _text("TIME_PERIOD"), {"name": "OBS_VALUE", "type": "number", "constraints": {"required": True}},
        _text("UNIT_MEASURE"), _text("OBS_STATUS"), _text("CONF_STATUS"),
        {"name": "PERIOD_START", "type": "date", "constraints": {"required": True}},
        {"name": "PERIOD_END", "type": "date", "constraints": {"required": True}}, _text("LOCAL_PERIOD"),
    ]  # fmt: skip
    return _schema(fields, ["INDICATOR", *flow.dims])


def _text(name: str) -> dict[str, Any]:
    return {"name": name, "type": "string", "constraints": {"required": True}}


def _dimension(dim: str, shown: frozenset[str]) -> dict[str, Any]:
    return {"name": dim, "type": "string", "constraints": {"required": True, **_codes(dim, shown, total=True)}}


def _codes(dim: str, shown: frozenset[str], *, total: bool) -> dict[str, Any]:
    known = labels(dim, shown)
    if not known:
        return {"pattern": r"[A-Z]{3}|_[TUZ]"} if dim in ("DEST", "CURRENCY") else {"pattern": r"[A-Za-z0-9_]+"}
    return {"enum": list(dict.fromkeys([*known, "_U", "_Z", *(["_T"] if total else [])]))}


def _schema(fields: list[dict[str, Any]], key: Sequence[str]) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/tableschema.json", "fields": fields, "primaryKey": list(key), "missingValues": [""],
    }  # fmt: skip


def rows_schema(table: Rows, columns: frozenset[str], shown: frozenset[str]) -> dict[str, Any]:
    """The table schema of case rows or linkage keys; ``columns``: what an agreement switched on, by name."""
    schema = _schema([_field(one, shown) for one in fields_of(table, columns)], table.key)
    if table.points:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": there.replace("_", "-"), "fields": [column]}}
            for column, there in table.points
        ]
    return schema


def fields_of(table: Rows, columns: frozenset[str]) -> list[Field]:
    """The columns of a table that may be there."""
    return [one for one in table.fields if SWITCHED_FIELDS.get((table.id, one.name), "") in {"", *columns}]


def _field(one: Field, shown: frozenset[str]) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if one.required else {}
    limits |= _codes(one.codes, shown, total=False) if one.codes else {}
    limits |= {"pattern": one.pattern} if one.pattern else {}
    return {"name": one.name, "type": one.type, **({"constraints": limits} if limits else {})}


def codes_schema(names: Sequence[str]) -> dict[str, Any]:
    """The table schema of a list of codes."""
    return _schema([_text(name) for name in names], ["code"])


def published(flows: Mapping[str, Flow]) -> dict[str, dict[str, Any]]:
    """Every schema of the profile by file name, as resources/schemas keeps it; with every column switched on."""
    every, words = frozenset(SWITCHED_FIELDS.values()), frozenset(word for one in COVERS.values() for word in one)
    found = {f"{name}.json": flow_schema(flow, words) for name, flow in flows.items()}
    return found | {f"{table.id}.json": rows_schema(table, every, words) for table in (*CASE_TABLES, LINKAGE)}


# -- The archive


def manifest(resources: Sequence[Resource], told: Mapping[str, Any]) -> bytes:
    """datapackage.json: the tables, and what else is told (``mrc:…``)."""
    counts = {one.name: one.rows for one in resources}
    head = {"$schema": f"{PROFILES}/datapackage.json", **told, "mrc:record_counts": counts}
    lines = [f"{_json(name)}: {_json(value)}" for name, value in head.items()]
    described = ",\n".join(_json(one.described()) for one in resources)
    return "\n".join(["{", *(f"{line}," for line in lines), '"resources": [', described, "]", "}", ""]).encode("utf-8")


def _json(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False)


def sums(files: Mapping[str, bytes]) -> bytes:
    """The checksums of every other file, as ``sha256sum -c`` reads them."""
    lines = [f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())]
    return "".join(lines).encode("ascii")


def archive(files: Mapping[str, bytes]) -> bytes:
    """The archive: names sorted, times pinned."""
    whole = {**files, SUMS: sums(files)}
    out = io.BytesIO()
    with ZipFile(out, "w") as zipped:
        for name, content in sorted(whole.items()):
            info = ZipInfo(name, EPOCH)
            info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, 0o644 << 16, 3
            zipped.writestr(info, content, compresslevel=9)
    return out.getvalue()
