"""What every mark on the page is, for those who listen: the PDF's structure tree, and its parts on each page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

_ATTRIBUTES = {"TH": {"O": "/Table", "Scope": "/Column"}}


@dataclass(eq=False)
class Area:
    """Something on a page that can be tapped, and the annotation that says so."""

    page: int
    annotation: Any
    reference: Any


@dataclass(eq=False)
class Element:
    """A structure element: its tag, its children in reading order, the language and the words for a picture."""

    tag: str
    lang: str = ""
    alt: str = ""
    kids: list[Element | Area | tuple[int, int]] = field(default_factory=list)

    def add(self, tag: str, lang: str = "", alt: str = "") -> Element:
        """A new child."""
        child = Element(tag, lang, alt)
        self.kids.append(child)
        return child


class Tags:
    """The structure of one document: grows while pages are drawn, and is written at the end."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.page = 0
        self.marked: dict[int, list[Element]] = {}
        self.areas: list[tuple[Area, Element]] = []

    def begin(self, element: Element | None) -> str:
        """The operator that begins a part of an element on this page, or of what is only decoration."""
        if element is None:
            return "/Artifact BMC"
        owners = self.marked.setdefault(self.page, [])
        element.kids.append((self.page, len(owners)))
        owners.append(element)
        return f"/{element.tag} <</MCID {len(owners) - 1}>> BDC"

    def tappable(self, element: Element, annotation: Any, reference: Any) -> None:
        """An annotation of this page belongs to an element."""
        area = Area(self.page, annotation, reference)
        element.kids.append(area)
        self.areas.append((area, element))

    def finish(self, canvas: Any, lang: str, title: str, right_to_left: bool) -> None:
        """Writes the tree and what the catalogue says about the document."""
        doc = canvas._doc
        pages = doc.Pages.pages
        _prune(self.root)
        tree = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructTreeRoot")})
        tree_ref = doc.Reference(tree)
        written: dict[Element, Any] = {}
        tree["K"] = self._write(doc, self.root, tree_ref, written)
        numbers: list[Any] = []
        for page, owners in sorted(self.marked.items()):
            numbers += [page, pdfdoc.PDFArray([written[owner] for owner in owners])]
            _numbered(pages[page], page)
        for number, (area, owner) in enumerate(self.areas, len(pages)):
            area.annotation["StructParent"] = number
            numbers += [number, written[owner]]
        tree["ParentTree"] = doc.Reference(pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)}))
        tree["ParentTreeNextKey"] = len(pages) + len(self.areas)
        catalog = doc.Catalog
        catalog.StructTreeRoot = tree_ref
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        catalog.Lang = pdfdoc.PDFString(lang)
        catalog.Metadata = doc.Reference(pdfdoc.XMP(creator=lambda _: _metadata(title, lang)))
        canvas.setViewerPreference("DisplayDocTitle", "true")
        if right_to_left:
            canvas.setViewerPreference("Direction", "R2L")

    def _write(self, doc: Any, element: Element, parent: Any, written: dict[Element, Any]) -> Any:
        out = pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("StructElem"), "S": pdfdoc.PDFName(element.tag), "P": parent,
        })  # fmt: skip
        ref = written[element] = doc.Reference(out)
        if element.lang:
            out["Lang"] = pdfdoc.PDFString(element.lang)
        if element.alt:
            out["Alt"] = pdfdoc.PDFString(element.alt)
        if element.tag in _ATTRIBUTES:
            out["A"] = pdfdoc.PDFDictionary(dict(_ATTRIBUTES[element.tag]))
        out["K"] = pdfdoc.PDFArray([self._kid(doc, kid, ref, written) for kid in element.kids])
        return ref

    def _kid(self, doc: Any, kid: Element | Area | tuple[int, int], parent: Any, written: dict[Element, Any]) -> Any:
        if isinstance(kid, Element):
            return self._write(doc, kid, parent, written)
        return self._object(doc, kid) if isinstance(kid, Area) else self._part(doc, *kid)

    def _object(self, doc: Any, area: Area) -> Any:
        return pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("OBJR"), "Pg": doc.Reference(doc.Pages.pages[area.page]), "Obj": area.reference,
        })  # fmt: skip

    def _part(self, doc: Any, page: int, number: int) -> Any:
        return pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("MCR"), "Pg": doc.Reference(doc.Pages.pages[page]), "MCID": number,
        })  # fmt: skip


def _prune(element: Element) -> None:
    """Takes out elements nothing was drawn for."""
    for kid in element.kids:
        if isinstance(kid, Element):
            _prune(kid)
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or kid.kids]


def _numbered(page: Any, number: int) -> None:
    page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
    page.StructParents = number
    page.Tabs = pdfdoc.PDFName("S")


def _metadata(title: str, lang: str) -> bytes:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:language><rdf:Bag><rdf:li>{escape(lang)}</rdf:li></rdf:Bag></dc:language>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    ).encode()
