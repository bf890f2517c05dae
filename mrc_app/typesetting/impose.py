"""Pages put on larger sheets for printing and folding. The sheets lose the tags: keep the plain file as well.

Lengths in points.
"""

from __future__ import annotations

from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.typesetting.sheet import Sheet
from mrc_app.typesetting.tags import Element

A4 = (595.276, 841.89)
PANELS = 8
FOLDED_TWICE = 4
OVERLAP = 34.0
"""Where two halves of a sheet meet, this height is printed on both (12 mm)."""


def _writer(of: PdfReader, right_to_left: bool) -> PdfWriter:
    """New sheets with the title and the language of the pages they are made of."""
    writer = PdfWriter()
    title = of.metadata.title if of.metadata else None
    writer.add_metadata({"/Producer": "mrc-desk", **({"/Title": title} if title else {})})
    lang = of.root_object.get("/Lang")
    if lang:
        writer.root_object[NameObject("/Lang")] = TextStringObject(lang)
    if right_to_left:
        writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject({
            NameObject("/Direction"): NameObject("/R2L")
        })  # fmt: skip
    return writer


def _bytes(writer: PdfWriter) -> bytes:
    writer.compress_identical_objects()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def booklet_order(pages: int, right_to_left: bool = False) -> list[tuple[int | None, int | None]]:
    """(left, right) page indices of each sheet side of a saddle-stitched booklet, None for a blank.

    Sides come in printing order: front of the outermost sheet, its back, and so on inwards.
    """
    total = -(-pages // 4) * 4
    sides: list[tuple[int, int]] = []
    for sheet in range(total // 4):
        first, last = 2 * sheet, total - 1 - 2 * sheet
        sides += [(last, first), (first + 1, last - 1)]
    if right_to_left:
        sides = [(b, a) for a, b in sides]
    return [(a if a < pages else None, b if b < pages else None) for a, b in sides]


def saddle_stitch(pdf: bytes, right_to_left: bool = False) -> bytes:
    """An A4 booklet: two pages side by side on each side of a landscape sheet, ordered so that folded and
    stapled sheets read on.

    A5 pages keep their size, A6 pages grow to A5. Print both sides, turned over the short edge.
    """
    return _stitched(pdf, right_to_left, (A4[1] / 2, A4[0]))


def pocket_booklet(pdf: bytes, right_to_left: bool = False) -> bytes:
    """An A6 booklet in its own size: two copies of every sheet side on one A4 page, to be cut across the middle."""
    reader = PdfReader(BytesIO(_stitched(pdf, right_to_left, (A4[0] / 2, A4[1] / 2))))
    writer = _writer(reader, right_to_left)
    for page in reader.pages:
        sheet = writer.add_blank_page(*A4)
        for number in range(2):
            _lay(sheet, page, Transformation().translate(0, number * A4[1] / 2))
    return _bytes(writer)


def _stitched(pdf: bytes, right_to_left: bool, half: tuple[float, float]) -> bytes:
    """Sheet sides of two halves each, pages scaled into them."""
    reader = PdfReader(BytesIO(pdf))
    writer = _writer(reader, right_to_left)
    for side in booklet_order(len(reader.pages), right_to_left):
        sheet = writer.add_blank_page(2 * half[0], half[1])
        for number, index in enumerate(side):
            if index is not None:
                _panel(sheet, reader.pages[index], number * half[0], 0, *half, False)
    return _bytes(writer)


def one_sheet_order(right_to_left: bool = False) -> tuple[list[int], list[int]]:
    """Page indices of the upper (upside down) and lower row, left to right, of a sheet folded into eight.

    The sheet is cut along the middle of its two inner panels, folded lengthwise, pushed into a cross and
    closed: the front cover lies at the lower row's end on the reading side.
    """
    upper, lower = [4, 3, 2, 1], [5, 6, 7, 0]
    return (upper[::-1], lower[::-1]) if right_to_left else (upper, lower)


def one_sheet(pdf: bytes, right_to_left: bool = False) -> bytes:
    """Up to eight pages as panels on one side of one A4 sheet, landscape, to be folded into a small book.

    A dashed line shows the only cut. Raises Invalid when there are more pages than panels.
    """
    reader = _at_most(PANELS, pdf)
    pages = reader.pages
    writer = _writer(reader, right_to_left)
    width, height = A4[1] / 4, A4[0] / 2
    sheet = writer.add_blank_page(A4[1], A4[0])
    upper, lower = one_sheet_order(right_to_left)
    for column in range(4):
        if lower[column] < len(pages):
            _panel(sheet, pages[lower[column]], column * width, 0, width, height, False)
        if upper[column] < len(pages):
            _panel(sheet, pages[upper[column]], column * width, height, width, height, True)
    _fold_marks(sheet, width, height)
    return _bytes(writer)


def quarter_fold_order(right_to_left: bool = False) -> tuple[list[int], list[int]]:
    """Page indices of the upper (upside down) and lower row of a card printed on one side and folded twice: the upper
    half back, then the lower half closed like a book."""
    upper, lower = [2, 1], [3, 0]
    return (upper[::-1], lower[::-1]) if right_to_left else (upper, lower)


def quarter_fold(pdf: bytes, right_to_left: bool = False) -> bytes:
    """Up to four A7 pages as a card, twice on one side of a landscape A4 sheet: one to carry, one to leave.

    A dashed line shows the cut, thin ones the folds. Raises Invalid when there are more pages than panels.
    """
    reader = _at_most(FOLDED_TWICE, pdf)
    pages = reader.pages
    writer = _writer(reader, right_to_left)
    width, height = A4[1] / 4, A4[0] / 2
    sheet = writer.add_blank_page(A4[1], A4[0])
    for row, over in zip(quarter_fold_order(right_to_left), (True, False), strict=True):
        for column in range(4):
            index = row[column % 2]
            if index < len(pages):
                _panel(sheet, pages[index], column * width, height if over else 0, width, height, over)
    folds = [f"{width * at:.2f} 0 m {width * at:.2f} {2 * height:.2f} l S" for at in (1, 3)]
    cut = f"{2 * width:.2f} 0 m {2 * width:.2f} {2 * height:.2f} l S"
    marks = ["q 0.6 G 0.3 w [1 3] 0 d", *folds, f"0 {height:.2f} m {4 * width:.2f} {height:.2f} l S"]
    _draw_over(sheet, [*marks, f"0.45 G 0.7 w [4 3] 0 d {cut}", "Q"])
    return _bytes(writer)


def in_halves(pdf: bytes, right_to_left: bool = False) -> bytes:
    """A sheet of A3, upright, on two of A4 across, a little smaller: the lower one is cut at its line and glued on.

    What stands where they meet is printed on both, so that no printer's edge loses it.
    """
    reader = PdfReader(BytesIO(pdf))
    writer = _writer(reader, right_to_left)
    wide, high = A4[1], A4[0]
    for page in reader.pages:
        own = float(page.mediabox.width), float(page.mediabox.height)
        scale = (2 * high - OVERLAP) / own[1]
        inset = (wide - own[0] * scale) / 2
        for low in (high - own[1] * scale, 0.0):
            sheet = writer.add_blank_page(wide, high)
            _lay(sheet, page, Transformation().scale(scale).translate(inset, low))
        y = high - OVERLAP / 2
        _draw_over(sheet, [f"q 0.45 G 0.7 w [4 3] 0 d 0 {y:.2f} m {wide:.2f} {y:.2f} l S Q"])
    return _bytes(writer)


def _at_most(panels: int, pdf: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(pdf))
    if len(reader.pages) > panels:
        numbers = {"panels": panels, "pages": len(reader.pages)}
        raise Invalid(paper=Problem(N_("One sheet holds {panels} pages; this has {pages}."), numbers))
    return reader


def _panel(sheet: PageObject, page: PageObject, x: float, y: float, width: float, height: float, over: bool) -> None:
    """A page scaled into a panel and centred; ``over``: upside down."""
    own = float(page.mediabox.width), float(page.mediabox.height)
    scale = min(width / own[0], height / own[1])
    inset = (width - own[0] * scale) / 2, (height - own[1] * scale) / 2
    move = Transformation().scale(scale)
    if over:
        move = move.rotate(180).translate(own[0] * scale, own[1] * scale)
    _lay(sheet, page, move.translate(x + inset[0], y + inset[1]))


def _lay(sheet: PageObject, page: PageObject, move: Transformation) -> None:
    """What can be tapped on a page is left behind: a sheet is for paper."""
    page.pop(NameObject("/Annots"), None)
    sheet.merge_transformed_page(page, move)


def _fold_marks(sheet: PageObject, width: float, height: float) -> None:
    """The dashed cut between the two inner panels, and short marks where the folds meet the edge."""
    cut = f"{width:.2f} {height:.2f} m {3 * width:.2f} {height:.2f} l S"
    marks = [f"q 0.45 G 0.7 w [4 3] 0 d {cut}", "[] 0 d 0.4 w"]
    for column in range(1, 4):
        x = column * width
        marks.append(f"{x:.2f} 0 m {x:.2f} 8 l {x:.2f} {2 * height - 8:.2f} m {x:.2f} {2 * height:.2f} l S")
    _draw_over(sheet, [*marks, "Q"])


def _draw_over(sheet: PageObject, operators: list[str]) -> None:
    sheet.merge_page(PdfReader(BytesIO(_marks_page(" ".join(operators)))).pages[0])


def _marks_page(operators: str) -> bytes:
    """A one-page PDF of operators only."""
    sheet = Sheet((A4[1], A4[0]), Element("Document"))
    sheet.write([operators])
    sheet.showPage()
    sheet.save()
    return sheet.file.getvalue()
