"""Packages built by hand, good and bad, without the exporting side: what a ministry must take and what it must not."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyrage

from mrc_app.exchange.desk_keys import Own, from_seed
from mrc_app.exchange.ministry_export_profile import FIRST, FLOWS, LAST

MINISTRY = from_seed(b"m" * 32)
CENTRE = from_seed(b"c" * 32)
STRANGER = from_seed(b"s" * 32)
Cells = Mapping[tuple[str, ...], int]


def totals(cells: Cells) -> dict[tuple[str, ...], int]:
    """The leaves with every total over them."""
    found: dict[tuple[str, ...], int] = {}
    for cell, number in cells.items():
        for mask in range(2 ** len(cell)):
            key = tuple("_T" if mask >> place & 1 else one for place, one in enumerate(cell))
            found[key] = found.get(key, 0) + number
    return found


@dataclass
class Made:
    """What a package holds; change a field and pack it again."""

    centre: str = "ETH-AA-01"
    period: str = "2026-Q3"
    seq: int = 1
    tier: str = "MIN"
    cells: Cells = field(default_factory=lambda: {("E1", "F", "SAU"): 12, ("E1", "M", "SAU"): 7, ("E2", "F", "KWT"): 9})
    flow: str = "DF_COMPLAINANTS"
    indicator: str = "COMPLAINANTS_N"
    more: dict[str, bytes] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)
    change: Callable[[list[list[str]]], object] | None = None

    def table(self) -> bytes:
        """The CSV of the one dataflow."""
        dims = FLOWS[self.flow].dims
        rows = [[*FIRST, *dims, *LAST]]
        for cell, number in totals(self.cells).items():
            rows.append(
                ["dataflow", f"MRC:{self.flow}(1.0)", "R", "Q", "ET", self.centre, self.indicator, *cell,
                 self.period, str(number), "PS", "A", "N", "", "", ""]
            )  # fmt: skip
        if self.change is not None:
            self.change(rows)
        return as_csv(rows)

    def files(self) -> dict[str, bytes]:
        """Everything in the package, the checksums last."""
        found = {f"indicators/{self.flow}.csv": self.table()} if self.cells else {}
        found |= self.more
        resources = [
            {"name": Path(path).stem.lower().replace("_", "-"), "path": path, "hash": f"sha256:{digest(content)}",
             "bytes": len(content)}
            for path, content in found.items() if path.endswith(".csv")
        ]  # fmt: skip
        manifest = {
            "mrc:profile": "mrc-export/1", "mrc:tier": self.tier, "mrc:centre": self.centre, "mrc:period": self.period,
            "mrc:sequence": self.seq, "mrc:withheld": {"restricted": 2}, "resources": resources, **self.said,
        }  # fmt: skip
        found["datapackage.json"] = json.dumps(manifest).encode()
        found["SHA256SUMS"] = "".join(f"{digest(content)}  {name}\n" for name, content in found.items()).encode()
        return found

    def put(self, folder: Path, *, signer: Own | None = CENTRE, to: Own = MINISTRY, name: str = "") -> Path:
        """The sealed and signed file."""
        path = folder / (name or f"mrc-export_{self.centre}_{self.period}_{self.tier}_{self.seq:04}.zip.age")
        return sealed(zipped(self.files().items()), path, signer=signer, to=to)


def sealed(content: bytes, path: Path, *, signer: Own | None = CENTRE, to: Own = MINISTRY) -> Path:
    """Bytes sealed to a recipient, signed by a desk."""
    path.write_bytes(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(to.recipient)]))
    if signer is not None:
        signer.minisign(path)
    return path


def zipped(files: Iterable[tuple[str, bytes]], *, flags: int = 0) -> bytes:
    """A ZIP of these entries, in this order, whatever their names."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in files:
            info = ZipInfo(name)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = flags
            package.writestr(info, content)
    return out.getvalue()


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(content).hexdigest()


def as_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as CSV."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
