"""Typefaces inside the PDF: Type 0 fonts addressed by glyph, subset, with the exact text of each glyph.

A code (CID) is one pair of glyph and text, so that copied text is right even where one glyph stands for several
characters in one word and for others in the next.
"""

from __future__ import annotations

import hashlib
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from mrc_app.typesetting.fonts import Face
from mrc_app.typesetting.shaping import Word

_DROPPED = ("GSUB", "GPOS", "GDEF", "name", "post", "cmap", "BASE", "STAT", "DSIG", "gasp", "kern", "MATH", "meta")
_ROWS = 100


class EmbeddedFont:
    """One face as one document uses it."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.codes: dict[tuple[int, str], str] = {}
        self.words: dict[Word, str] = {}

    def code(self, glyph: int, text: str) -> str:
        """The code of a glyph that stands for a text, in four hexadecimal digits."""
        key = (glyph, text)
        found = self.codes.get(key)
        if found is None:
            found = self.codes[key] = f"{len(self.codes) + 1:04X}"
        return found

    def addObjects(self, doc: Any) -> None:
        """Called by ReportLab when the document is saved: writes the font's objects."""
        plan, data = self._subset()
        glyphs = [0] + [glyph for glyph, _ in self.codes]
        base = f"{_subset_tag(data)}+{self.face.name}"
        descendant = pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": pdfdoc.PDFName(base),
            "CIDSystemInfo": pdfdoc.PDFDictionary({
                "Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0,
            }),
            "FontDescriptor": doc.Reference(self._descriptor(doc, base, data)),
            "DW": 1000,
            "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray([self.face.advance(glyph) for glyph in glyphs])]),
            "CIDToGIDMap": doc.Reference(_stream(b"".join(plan[glyph].to_bytes(2, "big") for glyph in glyphs))),
        })  # fmt: skip
        whole = pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("Type0"),
            "BaseFont": pdfdoc.PDFName(base),
            "Encoding": pdfdoc.PDFName("Identity-H"),
            "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant)]),
            "ToUnicode": doc.Reference(_stream(self._to_unicode())),
        })  # fmt: skip
        doc.idToObject["BasicFonts"].dict[self.name] = doc.Reference(whole, self.name)

    def _subset(self) -> tuple[dict[int, int], bytes]:
        wish = hb.SubsetInput()
        flags = hb.SubsetFlags
        wish.flags = flags.NO_LAYOUT_CLOSURE | flags.NO_HINTING | flags.NOTDEF_OUTLINE
        wish.glyph_set.update({glyph for glyph, _ in self.codes} | {0})
        wish.drop_table_tag_set.update(int.from_bytes(tag.encode().ljust(4)) for tag in _DROPPED)
        plan = hb.SubsetPlan(self.face.face, wish)
        mapping = plan.old_to_new_glyph_mapping
        new = {old: mapping[old] for old in {glyph for glyph, _ in self.codes} | {0}}
        return new, bytes(plan.execute().blob.data)

    def _descriptor(self, doc: Any, base: str, data: bytes) -> Any:
        head = self.face.face.reference_table("head").data
        edges = [int.from_bytes(head[i : i + 2], "big", signed=True) for i in (36, 38, 40, 42)]
        box = [edge * 1000 // self.face.upem for edge in edges]
        file = _stream(data)
        file.dictionary["Length1"] = len(data)
        return pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": pdfdoc.PDFName(base),
            "Flags": 4,
            "FontBBox": pdfdoc.PDFArray(box),
            "ItalicAngle": 0,
            "Ascent": round(self.face.ascent),
            "Descent": -round(self.face.descent),
            "CapHeight": 700,
            "StemV": 140 if self.face.name.endswith("Bold") else 80,
            "FontFile2": doc.Reference(file),
        })  # fmt: skip

    def _to_unicode(self) -> bytes:
        rows = [f"<{code}> <{utf16(text)}>" for (_, text), code in self.codes.items()]
        blocks = []
        for i in range(0, len(rows), _ROWS):
            part = rows[i : i + _ROWS]
            blocks.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar")
        body = "\n".join(blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}\n"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")


def utf16(text: str) -> str:
    """A text as PDF writes it in hexadecimal UTF-16."""
    return text.encode("utf-16-be").hex().upper()


def _subset_tag(data: bytes) -> str:
    """Six letters that name a subset: the same for the same bytes."""
    digest = hashlib.sha256(data).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])


def _stream(content: bytes) -> Any:
    stream = pdfdoc.PDFStream(content=content)
    stream.filters = [pdfdoc.PDFZCompress]
    return stream


class FontBook:
    """The fonts of one document."""

    def __init__(self, doc: Any) -> None:
        self.doc = doc
        self.fonts: dict[str, EmbeddedFont] = {}

    def font(self, face: Face) -> EmbeddedFont:
        """The document's font for a face; added to the document when it is first used."""
        found = self.fonts.get(face.name)
        if found is None:
            name = f"G{len(self.fonts) + 1}"
            found = self.fonts[face.name] = EmbeddedFont(face, name)
            self.doc.fontMapping[face.name] = f"/{name}"
            self.doc.delayedFonts.append(found)
        return found
