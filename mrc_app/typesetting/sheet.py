"""The canvas pages are drawn on: no font that is not embedded, every mark tagged, the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from urllib.parse import quote

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from mrc_app.typesetting.embedding import FontBook
from mrc_app.typesetting.tags import Element, Tags

rl_config.useA85 = 0
_KEPT = ":/?#[]@!$&'()*+,;=%-._~"


class Sheet(Canvas):  # type: ignore[misc]
    """A ReportLab canvas with its document's fonts and tags."""

    def __init__(self, size: tuple[float, float], root: Element) -> None:
        self.file = BytesIO()
        super().__init__(self.file, pagesize=size, invariant=1, pageCompression=1, pdfVersion=(1, 7))
        self.fonts = FontBook(self._doc)
        self.tags = Tags(root)
        self.icons: set[str] = set()
        self.entries, self.depth = 0, -1

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"

    def setFont(self, name: str, size: float, leading: float | None = None) -> None:
        """Nothing: text is drawn by glyph, and no standard font is ever named."""

    def write(self, operators: Sequence[str]) -> None:
        """Adds operators to the page."""
        self._code.extend(operators)

    def artifact(self, operators: Sequence[str]) -> None:
        """Adds what is only decoration."""
        self.write([self.tags.begin(None), *operators, "EMC"])

    def enter(self, text: str, level: int, top: float) -> None:
        """An entry in the outline that leads to a height on this page; levels never jump by more than one."""
        depth = min(level - 1, self.depth + 1)
        self.depth = depth
        self.entries += 1
        key = f"h{self.entries}"
        self.bookmarkPage(key, fit="XYZ", left=0, top=top)
        self.addOutlineEntry(text, key, depth, closed=False)

    def link(self, element: Element, target: str, text: str, area: tuple[float, float, float, float]) -> None:
        """Makes an area of the page lead to an address or a number; ``text`` is what a listener hears."""
        left, low = self.absolutePosition(*area[:2])
        right, high = self.absolutePosition(*area[2:])
        action = {"S": pdfdoc.PDFName("URI"), "URI": pdfdoc.PDFString(quote(target, safe=_KEPT))}
        annotation = pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("Annot"), "Subtype": pdfdoc.PDFName("Link"), "F": 4,
            "Rect": pdfdoc.PDFArray([round(one, 2) for one in (left, low, right, high)]),
            "Border": pdfdoc.PDFArray([0, 0, 0]), "A": pdfdoc.PDFDictionary(action),
            "Contents": pdfdoc.PDFString(text.replace("\u00a0", " ")),
        })  # fmt: skip
        self._addAnnotation(annotation)
        self.tags.tappable(element, annotation, self._annotationrefs[-1])

    def showPage(self) -> None:
        """Ends the page."""
        super().showPage()
        self.tags.page += 1

    def finished(self, lang: str, title: str, right_to_left: bool, creator: str) -> bytes:
        """The document."""
        self.setTitle(title)
        self.setCreator(creator)
        self.setProducer(creator)
        self.setAuthor("")
        self.setSubject("")
        self.tags.finish(self, lang, title, right_to_left)
        self.save()
        return self.file.getvalue()


class Laid(Flowable):  # type: ignore[misc]
    """Something laid out on a page: ReportLab's flowable, but moved to its place in one short step."""

    def drawOn(self, canvas: Sheet, x: float, y: float, _sW: float = 0) -> None:
        """Draws it with its lower left corner at a point."""
        before = a, b, c, d, e, f = canvas._currentMatrix
        canvas._currentMatrix = a, b, c, d, a * x + c * y + e, b * x + d * y + f
        canvas._code += ["q", f"1 0 0 1 {x:.3f} {y:.3f} cm"]  # apart: what is scaled inside joins the second
        self.canv = canvas
        self.draw()
        del self.canv
        canvas._code.append("Q")
        canvas._currentMatrix = before


def line(x: float, y: float, to_x: float, to_y: float, width: float = 0.6, colour: str = "0.66 0.66 0.66") -> list[str]:
    """The operators of a straight line."""
    return [f"q {colour} RG {width:g} w {x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l S Q"]


def box(x: float, y: float, width: float, height: float, look: str) -> list[str]:
    """The operators of a rectangle; ``look`` sets colours and line and ends in the painting operator."""
    before, _, paint = look.rpartition(" ")
    return [f"q {before} {x:.2f} {y:.2f} {width:.2f} {height:.2f} re {paint} Q"]
