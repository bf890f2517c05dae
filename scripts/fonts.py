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
BIG5_RARE = b"\xc9\x40"
CANTONESE = (
    "嘅咗喺嚟冇啲佢哋咁唔噉嗰嘢啱嗌攞揾畀乜嘥囉喎嚿嗮晒瞓瞰睇諗郁閂冚氹焗煲痾屙孭揸搵裡裏着綫衞啟嘩喳嗱枱攰樖呎嬲餸"
)
DROPPED = ("vhea", "vmtx", "VORG", "BASE", "GSUB", "GPOS", "DSIG")
WEIGHTS = {"400Regular": "Regular", "700Bold": "Bold"}
PUNCTUATION = [(0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2027), (0x2030, 0x205E), (0x20AC, 0x20AC), (0x2103, 0x2103),
               (0x2116, 0x2116), (0x2190, 0x2193), (0x25A0, 0x25CF), (0x3000, 0x301F), (0xFE30, 0xFE4F),
               (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6)]  # fmt: skip


def encodable(codec: str) -> set[int]:
    """The ideographs that a national character set holds."""
    found = set()
    for point in range(0x4E00, 0xA000):
        try:
            chr(point).encode(codec)
        except UnicodeEncodeError:
            continue
        found.add(point)
    return found


def wanted(family: str, weight: str) -> set[int] | None:
    """The characters kept of a face; None for all of them.

    Bold Traditional Chinese holds the common level only; a rarer character of bold text is drawn regular.
    """
    if family not in ("noto-sans-sc", "noto-sans-tc"):
        return None
    points = {point for first, last in PUNCTUATION for point in range(first, last + 1)}
    if family == "noto-sans-sc":
        return points | encodable("gb2312")
    ideographs = encodable("big5")
    if weight == "Bold":
        ideographs = {point for point in ideographs if chr(point).encode("big5") < BIG5_RARE}
    return points | ideographs | {ord(char) for char in CANTONESE}


def cut(data: bytes, points: set[int]) -> bytes:
    """The font with only these characters, unhinted, horizontal."""
    wish = hb.SubsetInput()
    wish.unicode_set.update(points)
    wish.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    wish.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in DROPPED)
    return bytes(hb.subset(hb.Face(data), wish).blob.data)


def fetch(family: str, version: str, work: Path) -> Path:
    """The unpacked npm package."""
    package = f"@expo-google-fonts/{family}@{version}"
    subprocess.run(["npm", "pack", package], cwd=work, check=True, capture_output=True)
    into = work / family
    into.mkdir()
    archive = work / f"expo-google-fonts-{family}-{version}.tgz"
    subprocess.run(["tar", "xzf", archive, "-C", into, "--strip-components=1"], check=True)
    return into


def take(family: str, version: str, work: Path) -> str:
    """Copies one family and returns its part of FONTS.toml."""
    package = fetch(family, version, work)
    rows = []
    for folder, weight in WEIGHTS.items():
        points = wanted(family, weight)
        source = next((package / folder).glob("*.ttf"))
        data = source.read_bytes() if points is None else cut(source.read_bytes(), points)
        name = f"{source.name.split('_')[0]}-{weight}.ttf"
        (OUT / name).write_bytes(data)
        kept, digest = len(hb.Face(data).unicodes), hashlib.sha256(data).hexdigest()
        rows.append(f'{weight.lower()} = {{ file = "{name}", characters = {kept}, sha256 = "{digest}" }}')
    stem = source.name.split("_")[0]
    (OUT / f"LICENSE.{stem}").write_bytes((package / "LICENSE_FONT").read_bytes())
    face = hb.Face(source.read_bytes())
    made = json.loads((package / "package.json").read_text("utf-8"))
    cut_down = f"some: {len(face.unicodes)} in the package" if points else "all of the package's"
    return "\n".join([
        "[[family]]",
        f'name = "{face.get_name(hb.OTNameIdPredefined.FONT_FAMILY)}"',
        f'package = "{made["name"]}"',
        f'package_version = "{made["version"]}"',
        f'font_version = "{face.get_name(hb.OTNameIdPredefined.VERSION_STRING)}"',
        f'licence = "OFL-1.1, text in LICENSE.{stem}"',
        f'characters = "{cut_down}"',
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
