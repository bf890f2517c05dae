"""The typefaces beside the program: which one sets which language, and what each can draw.

Lengths of a face are in thousandths of the type size (em). Faces are read once per process.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb

from mrc_app.i18n import language
from mrc_app.places import RESOURCES

FOLDER: Path = RESOURCES / "fonts"
UNIVERSAL = "NotoSans"
BY_SCRIPT = {
    "Latn": UNIVERSAL, "Cyrl": UNIVERSAL, "Grek": UNIVERSAL, "Hans": "NotoSansSC", "Hant": "NotoSansTC",
    "Hani": "NotoSansSC", "Arab": "Vazirmatn", "Aran": "NotoNastaliqUrdu", "Ethi": "NotoSansEthiopic",
    "Deva": "NotoSansDevanagari", "Beng": "NotoSansBengali", "Sinh": "NotoSansSinhala", "Taml": "NotoSansTamil",
    "Khmr": "NotoSansKhmer", "Laoo": "NotoSansLao", "Thai": "NotoSansThai", "Mymr": "NotoSansMyanmar",
}  # fmt: skip
_LAST = ("NotoSansSC", "NotoSansTC", "NotoSansDevanagari", "Vazirmatn")
_SAME = {("Hani", "Hans"), ("Hani", "Hant"), ("Arab", "Aran")}
_OT_LANGUAGES = {"prs": "fa-AF", "fil": "fil", "zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant"}


class Face:
    """One font file: its glyph coverage, heights and the HarfBuzz font that shapes with it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.family = name.rpartition("-")[0]
        self.data = (FOLDER / f"{name}.ttf").read_bytes()
        self.face = hb.Face(self.data)
        self.font = hb.Font(self.face)
        self.upem: int = self.face.upem
        self.characters = frozenset(map(chr, self.face.unicodes))
        self.ascii = all(chr(point) in self.characters for point in range(0x20, 0x7F))
        extents = self.font.get_font_extents("ltr")
        self.ascent = extents.ascender * 1000 / self.upem
        self.descent = -extents.descender * 1000 / self.upem
        self._advances: dict[int, int] = {}
        self._inks: dict[int, tuple[float, float]] = {}
        self._boxes: dict[int, tuple[float, float, float, float]] = {}
        self.carrier = self._carrier()

    def advance(self, glyph: int) -> int:
        """The nominal advance of a glyph in whole thousandths of an em, as the PDF states it."""
        found = self._advances.get(glyph)
        if found is None:
            found = round(self.font.get_glyph_h_advance(glyph) * 1000 / self.upem)
            self._advances[glyph] = found
        return found

    def _carrier(self) -> int | None:
        """A glyph without width or ink, to carry the text of a letter drawn elsewhere; None when there is none.

        It is given a thousandth of an em: readers of PDF pass over what has no width at all.
        """
        for point in (0x200C, 0x200D, 0x200B, 0x200E, 0x200F):
            glyph = self.font.get_nominal_glyph(point)
            if glyph and not self.advance(glyph) and self.ink(glyph) == (0.0, 0.0):
                self._advances[glyph] = 1
                return int(glyph)
        return None

    def ink(self, glyph: int) -> tuple[float, float]:
        """How far a glyph's outline reaches below and above the baseline, in thousandths of an em."""
        found = self._inks.get(glyph)
        if found is None:
            box = self.box(glyph)
            found = self._inks[glyph] = (box[1], box[3])
        return found

    def box(self, glyph: int) -> tuple[float, float, float, float]:
        """Left, low, right and high of a glyph's outline, in thousandths of an em."""
        found = self._boxes.get(glyph)
        if found is None:
            box, scale = self.font.get_glyph_extents(glyph), 1000 / self.upem
            found = (0.0, 0.0, 0.0, 0.0)
            if box:
                right, low = box.x_bearing + box.width, box.y_bearing + box.height
                found = (box.x_bearing * scale, low * scale, right * scale, box.y_bearing * scale)
            self._boxes[glyph] = found
        return found

    def __repr__(self) -> str:
        return f"Face({self.name})"


def face(family: str, bold: bool = False) -> Face:
    """The face of a family, read once."""
    return _face(f"{family}-{'Bold' if bold else 'Regular'}")


@lru_cache(maxsize=64)
def _face(name: str) -> Face:
    return Face(name)


@lru_cache(maxsize=256)
def primary(lang: str) -> str:
    """The family that sets a language's own text."""
    return BY_SCRIPT.get(language(lang).script, UNIVERSAL)


@lru_cache(maxsize=1024)
def chain(lang: str, script: str) -> tuple[str, ...]:
    """The families tried, in order, for a character of a script inside text of a language.

    Digits and Latin letters come from the language's own face, save in Nastaliq, whose narrow spaces run
    the groups of a phone number together.
    """
    own = primary(lang)
    known = language(lang).script
    first = BY_SCRIPT.get(script, own)
    if script in ("Zyyy", "Zinh", "Zzzz", known) or (script, known) in _SAME:
        first = own
    elif script == "Latn":
        first = UNIVERSAL if known == "Aran" else own
    rest = (own, UNIVERSAL, BY_SCRIPT.get(script, UNIVERSAL), *_LAST)
    return tuple(dict.fromkeys((first, *rest)))


def language_tag(lang: str) -> str:
    """The BCP 47 tag HarfBuzz is given, so that local letter forms are used."""
    return _OT_LANGUAGES.get(lang, lang)


@lru_cache(maxsize=256)
def direction(lang: str) -> int:
    """The paragraph level of a language: 1 when it is written right to left, else 0."""
    return int(language(lang).right_to_left)
