"""Contact sheets: page 1 of a guide in every language there is one in, and every pictogram of the set.

The pages are put on the sheet as they are, as forms: what is looked at is what is printed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from mrc_app.errors import MrcError
from mrc_app.i18n import N_, Language, completeness, language

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

    from mrc_app.guides.making import GuideRequest
    from mrc_app.typesetting.sheet import Sheet

A3 = (1190.55, 841.89)
MARGIN, GAP, LABEL = 28.0, 12.0, 22.0
LARGEST_ICON = 62.0
SIZE = 7.0
SOFT, INK = "0.32 0.36 0.40", "0.09 0.11 0.13"


@dataclass(frozen=True)
class Shown:
    """One language of the sheet: how far it is, and its page."""

    language: Language
    translated: int
    total: int
    status: str
    pages: int
    pdf: bytes

    @property
    def state(self) -> str:
        """How far, and whether a speaker has signed it, as the command line says it."""
        return f"{self.translated} / {self.total}, {self.status}"


@dataclass(frozen=True)
class Gallery:
    """The finished sheet, and what stands on it."""

    pdf: bytes
    shown: tuple[Shown, ...]


def of_languages(
    request: GuideRequest,
    *,
    page: int = 1,
    only: Collection[str] = (),
    step: Callable[[int, int], None] = lambda at, of: None,
) -> Gallery:
    """One page of the same guide in every language that has a catalogue, or ``only`` in some, each under its name with
    its state.

    Raises MrcError for a page that not every guide has, Invalid for an unknown language.
    """
    from dataclasses import replace

    from mrc_app.guides.making import make

    wanted = {language(code).code for code in only}
    rows = [row for row in completeness("guides") if (row["code"] in wanted if wanted else row["translated"])]
    shown = []
    for number, row in enumerate(rows):
        step(number, len(rows))
        guide = make(replace(request, language=row["code"]))
        tongue = language(row["code"])
        shown.append(Shown(tongue, row["translated"], row["total"], row["status"], guide.pages, guide.pdf))
    step(len(rows), len(rows))
    return Gallery(_sheet_of_pages(shown, page), tuple(shown))


def picture(pdf: bytes, dots: int = 150) -> bytes:
    """The first page of a sheet as a PNG, ``dots`` to the inch."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    drawn = document[0].render(scale=dots / 72).to_pil()
    document.close()
    out = BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def of_pictograms() -> bytes:
    """Every pictogram of the set in one size, with its name: weights and sizes beside each other."""
    from mrc_app.guides.content import PICTOGRAMS
    from mrc_app.typesetting.pictures import draw_icon

    names = sorted(path.stem for path in PICTOGRAMS.glob("*.svg"))
    sheet = _sheet()
    wide, high = A3[0] - 2 * MARGIN, A3[1] - 2 * MARGIN
    columns = max(1, int(wide // (LARGEST_ICON + 2.2 * GAP)))
    cell = wide / columns, high / math.ceil(len(names) / columns)
    size = min(LARGEST_ICON, cell[1] - LABEL)
    for place, name in enumerate(names):
        row, column = divmod(place, columns)
        x, top = MARGIN + column * cell[0], A3[1] - MARGIN - row * cell[1]
        draw_icon(sheet, name, x + (cell[0] - size) / 2, top - size, size, False)
        _said(sheet, name.replace("_", " "), "en", x, top - size - 2, cell[0], SIZE, INK)
    sheet.showPage()
    return sheet.finished("en", "Pictograms", False, "mrc-desk")


def _sheet_of_pages(shown: Sequence[Shown], page: int) -> bytes:
    """The labels are drawn first; then every page is laid in its place as a form."""
    from pypdf import PdfReader, PdfWriter

    readers = [PdfReader(BytesIO(each.pdf)) for each in shown]
    if not readers or page < 1 or page > min(len(reader.pages) for reader in readers):
        raise MrcError(N_("No guide has a page {page} in every language."), page=page)
    pages = [reader.pages[page - 1] for reader in readers]
    size = float(pages[0].mediabox.width), float(pages[0].mediabox.height)
    places, scale = _places(len(pages), size)
    writer = PdfWriter(clone_from=PdfReader(BytesIO(_labels(shown, places, size[0] * scale))))
    writer.metadata = {"/Title": "Guides", "/Creator": "mrc-desk", "/Producer": "mrc-desk"}
    _lay(writer, zip(pages, places, strict=True), scale)
    writer.compress_identical_objects()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _places(count: int, size: tuple[float, float]) -> tuple[list[tuple[float, float]], float]:
    """Where the lower left corner of each page stands, and how small it is: as large as all of them fit."""
    wide, high = A3[0] - 2 * MARGIN, A3[1] - 2 * MARGIN
    best = max(range(1, count + 1), key=lambda columns: _scale(count, columns, size, wide, high))
    scale = _scale(count, best, size, wide, high)
    across, down = wide / best, size[1] * scale + LABEL + GAP
    inset = (across - size[0] * scale) / 2
    top = A3[1] - MARGIN
    return [
        (MARGIN + (n % best) * across + inset, top - (n // best) * down - size[1] * scale) for n in range(count)
    ], scale


def _scale(count: int, columns: int, size: tuple[float, float], wide: float, high: float) -> float:
    rows = math.ceil(count / columns)
    return min((wide / columns - GAP) / size[0], (high / rows - LABEL - GAP) / size[1])


def _labels(shown: Sequence[Shown], places: Sequence[tuple[float, float]], wide: float) -> bytes:
    sheet = _sheet()
    for each, (x, y) in zip(shown, places, strict=True):
        below = _said(sheet, f"{each.language.autonym} · {each.language.name}", each.language.code, x, y - 3, wide)
        _said(sheet, each.state, "en", x, below - 1, wide, SIZE * 0.85, SOFT)
    sheet.showPage()
    return sheet.finished("en", "Guides", False, "mrc-desk")


def _said(
    sheet: Sheet, text: str, code: str, x: float, top: float, wide: float, size: float = SIZE, colour: str = INK
) -> float:
    """A small line in the middle under something; returns where it ends."""
    from mrc_app.typesetting.lines import Span
    from mrc_app.typesetting.paragraph import Paragraph

    line = Paragraph([Span(text, code, size, False, colour)], "en", sheet.tags.root.add("P"), align="middle")
    line.wrap(wide)
    line.drawOn(sheet, x, top - line.height)
    return float(top - line.height)


def _sheet() -> Sheet:
    from mrc_app.typesetting.sheet import Sheet
    from mrc_app.typesetting.tags import Element

    return Sheet(A3, Element("Document"))


def _lay(writer: PdfWriter, pages: Iterable[tuple[PageObject, tuple[float, float]]], scale: float) -> None:
    """Every page as a form object of the sheet, with a thin frame round it."""
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

    sheet = writer.pages[0]
    drawn, forms = [], DictionaryObject()
    for number, (page, (x, y)) in enumerate(pages):
        form, box, content = StreamObject(), page.mediabox, page.get_contents()
        form.set_data(content.get_data() if content is not None else b"")
        form.update({
            NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([FloatObject(each) for each in box]),
            NameObject("/Resources"): page["/Resources"].clone(writer),
        })  # fmt: skip
        forms[NameObject(f"/P{number}")] = writer._add_object(form.flate_encode())
        drawn.append(f"q {scale:.5f} 0 0 {scale:.5f} {x:.2f} {y:.2f} cm /P{number} Do "
                     f"0.6 G 0.5 w 0 0 {box.width:.2f} {box.height:.2f} re S Q")  # fmt: skip
    resources = sheet["/Resources"].get_object()
    resources[NameObject("/XObject")] = forms  # type: ignore[index]
    over = StreamObject()
    over.set_data(("\n/Artifact BMC\n" + "\n".join(drawn) + "\nEMC\n").encode())
    contents = sheet["/Contents"]
    before = contents if isinstance(contents, ArrayObject) else ArrayObject([sheet.raw_get("/Contents")])
    sheet[NameObject("/Contents")] = ArrayObject([*before, writer._add_object(over.flate_encode())])
