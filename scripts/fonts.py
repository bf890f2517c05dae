"""Fills resources/fonts from the npm packages @expo-google-fonts/<family>: files, licences and FONTS.toml.

Run: python scripts/fonts.py <empty working folder>. Needs npm and its registry; the program itself needs neither.
The two Chinese families are cut down to the characters of their national sets, the others are taken whole.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import uharfbuzz as hb

OUT = Path(__file__).resolve().parent.parent / "resources" / "fonts"
FAMILIES = {
    "noto-sans": "0.4.2", "noto-sans-sc": "0.4.3", "noto-sans-tc": "0.4.3", "vazirmatn": "0.4.1",
    "noto-nastaliq-urdu": "0.4.2", "noto-sans-ethiopic": "0.4.2", "noto-sans-devanagari": "0.4.1",
    "noto-sans-bengali": "0.4.4", "noto-sans-sinhala": "0.4.2", "noto-sans-tamil": "0.4.3",
    "noto-sans-khmer": "0.4.3", "noto-sans-lao": "0.4.2", "noto-sans-thai": "0.4.2", "noto-sans-myanmar": "0.4.2",
}  # fmt: skip
DROPPED = ("vhea", "vmtx", "VORG", "BASE", "GSUB", "GPOS", "DSIG")
WEIGHTS = {"400Regular": "Regular", "700Bold": "Bold"}
PUNCTUATION = [(0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2027), (0x2030, 0x205E), (0x20AC, 0x20AC), (0x2103, 0x2103),
               (0x2116, 0x2116), (0x2190, 0x2193), (0x25A0, 0x25CF), (0x3000, 0x301F), (0xFE30, 0xFE4F),
               (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6)]  # fmt: skip


def encodable(codec: str, first: int = 0x3400, last: int = 0x9FFF) -> set[int]:
    """The code points between first and last that a national character set holds."""
    found = set()
    for point in range(first, last + 1):
        try:
            chr(point).encode(codec)
        except UnicodeEncodeError:
            continue
        found.add(point)
    return found


def wanted(family: str) -> set[int] | None:
    """The characters kept of a family; None for all of them."""
    sets = {"noto-sans-sc": ("gb2312",), "noto-sans-tc": ("big5", "big5hkscs")}.get(family)
    if sets is None:
        return None
    points = {point for first, last in PUNCTUATION for point in range(first, last + 1)}
    points |= encodable(sets[0])
    if len(sets) > 1:
        points |= encodable(sets[1], 0x4E00, 0x9FA5)
    return points


def cut(data: bytes, points: set[int]) -> bytes:
    """The font with only these characters, unhinted, horizontal."""
    wish = hb.SubsetInput()
    wish.unicode_set.update(points)
    wish.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    wish.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in DROPPED)
    return bytes(hb.subset(hb.Face(data), wish).blob.data)


def fetch(family: str, version: str, work: Path) -> Path:
    """The unpacked npm package."""
    subprocess.run(["npm", "pack", f"@expo-google-fonts/{family}@{version}"], cwd=work, check=True, capture_output=True)
    into = work / family
    into.mkdir()
    archive = work / f"expo-google-fonts-{family}-{version}.tgz"
    subprocess.run(["tar", "xzf", archive, "-C", into, "--strip-components=1"], check=True)
    return into


def take(family: str, version: str, work: Path) -> str:
    """Copies one family and returns its part of FONTS.toml."""
    package = fetch(family, version, work)
    points = wanted(family)
    rows = []
    for folder, weight in WEIGHTS.items():
        source = next((package / folder).glob("*.ttf"))
        data = source.read_bytes() if points is None else cut(source.read_bytes(), points)
        name = f"{source.name.split('_')[0]}-{weight}.ttf"
        (OUT / name).write_bytes(data)
        rows.append(f'{weight.lower()} = {{ file = "{name}", sha256 = "{hashlib.sha256(data).hexdigest()}" }}')
    stem = source.name.split("_")[0]
    (OUT / f"LICENSE.{stem}").write_bytes((package / "LICENSE_FONT").read_bytes())
    face = hb.Face(source.read_bytes())
    made = json.loads((package / "package.json").read_text("utf-8"))
    kept = "all" if points is None else f"{len(points)} of {len(face.unicodes)}"
    return "\n".join([
        "[[family]]",
        f'name = "{face.get_name(hb.OTNameIdPredefined.FONT_FAMILY)}"',
        f'package = "{made["name"]}"',
        f'package_version = "{made["version"]}"',
        f'font_version = "{face.get_name(hb.OTNameIdPredefined.VERSION_STRING)}"',
        f'licence = "OFL-1.1, text in LICENSE.{stem}"',
        f'characters = "{kept}"',
        *rows,
        "",
    ])  # fmt: skip


def main() -> None:
    work = Path(sys.argv[1])
    OUT.mkdir(parents=True, exist_ok=True)
    head = "# Written by scripts/fonts.py. Which font sets which language: mrc_app/typesetting/fonts.py.\n\n"
    (OUT / "FONTS.toml").write_text(head + "\n".join(take(*f, work) for f in FAMILIES.items()), "utf-8")


if __name__ == "__main__":
    main()
