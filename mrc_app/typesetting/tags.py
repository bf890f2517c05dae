"""What every mark on the page is, for those who listen: the PDF's structure tree, and its parts on each page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

_ATTRIBUTES = {"TH": "/A << /O /Table /Scope /Column >>"}


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


class Written(pdfdoc.PDFObject):  # type: ignore[misc]
    """A structure element as it stands in the file: written in one go, since there are as many as lines. ``kids`` are
    what a part says of itself, the object it is, and the page it is on."""

    __RefOnly__ = 1

    def __init__(self, element: Element, parent: Any) -> None:
        self.element, self.parent = element, parent
        self.kids: list[tuple[str, Any, Any]] = []

    def format(self, doc: Any) -> bytes:
        """Its bytes; called by ReportLab when the document is saved."""
        numbers, element = doc.idToObjectNumberAndVersion, self.element

        def at(reference: Any) -> str:
            number, version = numbers[reference.name]
            return f"{number} {version} R"

        out = [f"<< /Type /StructElem /S /{element.tag} /P {at(self.parent)}"]
        if element.tag in _ATTRIBUTES:
            out.append(_ATTRIBUTES[element.tag])
        kids = []
        for said, thing, page in self.kids:
            if page is None:
                kids.append(at(thing))
            else:
                kids.append(f"<< {said} {at(thing) if thing else ''} /Pg {at(page)} >>")
        return b" ".join([
            "\n".join(out).encode(),
            *(_string(key, text, doc) for key, text in (("Lang", element.lang), ("Alt", element.alt)) if text),
            f"/K [ {' '.join(kids)} ] >>".encode(),
        ])  # fmt: skip


def _string(key: str, text: str, doc: Any) -> bytes:
    said = pdfdoc.format(pdfdoc.PDFString(text), doc)
    return f"/{key} ".encode() + (said if isinstance(said, bytes) else str(said).encode("latin-1"))


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
        out = Written(element, parent)
        ref = written[element] = doc.Reference(out)
        for kid in element.kids:
            if isinstance(kid, Element):
                out.kids.append(("", self._write(doc, kid, ref, written), None))
            elif isinstance(kid, Area):
                out.kids.append(("/Type /OBJR /Obj", kid.reference, doc.Reference(doc.Pages.pages[kid.page])))
            else:
                out.kids.append((f"/Type /MCR /MCID {kid[1]}", None, doc.Reference(doc.Pages.pages[kid[0]])))
        return ref


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
