"""What a speaker gets who reads a translation: every line beside its English, as a proof to write on and as a sheet
that comes back (``review_taking``). Nothing of a centre or a client is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from mrc_app import i18n, places
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_, SCREEN, Language
from mrc_app.store import saved_files
from mrc_app.typesetting import blocks as b
from mrc_app.typesetting.setting import Paper
from mrc_app.wording import marks, merged, po_files, rules, terms
from mrc_app.wording.po_files import Entry, PoFile

KINDS = i18n.DOMAINS
PAPERS = ("guides", "letters", "experience")
HEAD = ("id", "kind", "English", "translation", "correction", "ok?", "terms", "check")
ENGLISH = N_("English is what the others are translated from: there is nothing to review.")
NOTHING = N_("Nothing is left to review.")
WIDE = Paper(297, 210, 10, 10, 7, 9, 9, 0.4, 1.2, smallest=6.5, note=7.5)
HOW = (
    "Each row is one line of a paper that people take home. Read the English, then the translation, best aloud.",
    "Right as it stands? Write yes under “ok?”.",
    "Not right? Write the whole line anew under “correction”. Say what it means, not word for word.",
    "Not sure? Write no under “ok?” and leave the correction empty. Rows you leave alone stay drafts.",
    "What stands in {braces} is filled in by the program: keep it exactly. Digits are written 0 to 9.",
    "Short, plain words, one idea a line, the polite form for an adult. Use the terms named beside the English.",
    "In the sheet change no other column, and send it back as xlsx, ods or csv. From paper, copy into the sheet.",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One text to be read: what it is, its English, how it stands, the terms for what it names."""

    id: str
    kind: str
    english: str
    text: str
    terms: tuple[str, ...]
    check: str
    signed: bool


@dataclass(frozen=True)
class Kit:
    """A kit on the disk."""

    files: tuple[Path, ...]
    language: str
    rows: int
    pages: int


@dataclass(frozen=True)
class Words:
    """A catalogue as it counts here: the program's entries with this computer's own over them, and its English."""

    domain: str
    file: PoFile
    english: Mapping[str, str]

    @classmethod
    def load(cls, known: Language, domain: str, folder: Path | None = None) -> Words:
        """The catalogue of a language, or one begun from the English; of ``folder`` alone where one is named."""
        inside = f"{known.code.replace('-', '_')}/LC_MESSAGES/{domain}.po"
        path = (folder or i18n.LOCALES) / inside
        begun = _begun(known, domain)
        found = po_files.read(path) if path.exists() else begun
        english = (
            merged.by_itself(found.entries)
            if domain == SCREEN
            else {id: entry.text for id, entry in _source(domain).entries.items()}
        )
        entries = {id: found.entries.get(id, begun.entries.get(id)) for id in english}
        kept = {id: entry for id, entry in entries.items() if entry is not None} | dict(found.entries)
        own = {} if folder else merged.reviewed(places.own_words() / inside, english)
        return cls(domain, replace(found, entries={**kept, **own}), english)


def _source(domain: str) -> PoFile:
    path = i18n.LOCALES / "en" / "LC_MESSAGES" / f"{domain}.po"
    return po_files.read(path if path.exists() else i18n.LOCALES / "mrc_app.pot")


def _begun(known: Language, domain: str) -> PoFile:
    """A catalogue without a word: the English in the comments."""
    source = _source(domain)
    head = source.with_headers(Language=known.code, X_Status=marks.DRAFT)
    entries = {}
    for id, entry in source.entries.items():
        raw = f"#. English: {entry.text}\n{entry.raw}" if domain != SCREEN else entry.raw
        entries[id] = replace(entry, raw=raw).with_(("",) * max(1, len(entry.texts)), ())
    return PoFile(head.head, entries)


def rows(known: Language, kind: str, *, unread: bool = False) -> Iterator[Row]:
    """The texts of a kind in a language; with ``unread`` only what no speaker has signed."""
    words = Words.load(known, KINDS[kind])
    concepts = terms.concepts(known.code)
    names = [(one.id, one.english) for one in concepts.values()]
    for id, english in words.english.items():
        entry = words.file.entries[id]
        signed = marks.mark(entry, english) is not None
        if signed and unread:
            continue
        said = entry.many or id if words.domain == SCREEN else english
        used = tuple(f"{concepts[one].english}: {concepts[one].term}" for one in terms.named(said, names))
        for number, text in enumerate(entry.texts):
            yield Row(_id(kind, id, number, entry), _kind(entry), said, text, used, _check(english, entry), signed)


def _id(kind: str, id: str, number: int, entry: Entry) -> str:
    """How a row is called: what is English on the screen gets a short name of its own."""
    name = marks.check(id, ()) if kind == "ui" else id
    return f"{kind}:{name}[{number}]" if entry.many else f"{kind}:{name}"


def _kind(entry: Entry) -> str:
    return next((one for one in entry.comments[:1] if not one.startswith("English: ")), "")


def _check(english: str, entry: Entry) -> str:
    return marks.check(english, entry.texts)


def make(language: str, out: Path, *, kinds: tuple[str, ...] = PAPERS, unread: bool = False) -> Kit:
    """Writes the proof and the sheet of a language into a folder.

    Raises Invalid for an unknown language or kind, MrcError for English, where nothing is left, or where the folder
    cannot be written.
    """
    known = i18n.language(language)
    strange = next((kind for kind in kinds if kind not in KINDS), None)
    if strange is not None:
        raise Invalid(kind=Problem(i18n.NO_KIND, {"kind": strange, "kinds": ", ".join(KINDS)}))
    if known.code == "en":
        raise MrcError(ENGLISH)
    found = [row for kind in kinds for row in rows(known, kind, unread=unread)]
    if not found:
        raise MrcError(NOTHING)
    proof, pages = proof_of(known, found)
    files = (out / f"proof-{known.code}.pdf", out / f"words-{known.code}.xlsx")
    for path, content in zip(files, (proof, workbook(known, found)), strict=True):
        saved_files.write(path, content)
    return Kit(files, known.code, len(found), pages)


# -- the proof


def proof_of(known: Language, found: list[Row]) -> tuple[bytes, int]:
    """The bilingual proof as a PDF, and its pages: id, English with the terms, draft, room for a correction."""
    from mrc_app.typesetting.compose import compose

    title = f"{known.name} – {known.autonym}"
    made: list[b.Block] = [b.Heading(title, lang="en"), *(b.Line(line, bullet=True, small=True) for line in HOW)]
    for kind, some in groupby(found, lambda row: row.id.partition(":")[0]):
        made.append(b.Heading(kind, level=2))
        head: list[str | b.Cell] = ["", "English", b.Cell(known.autonym, lang=known.code), "ok?", "correction"]
        table: list[list[str | b.Cell]] = [head, *(_proof_row(row, known) for row in some)]
        made.append(b.Table(table, widths=(0.1, 0.27, 0.29, 0.05, 0.29), row_mm=9, ruled=True))
    composed = compose(made, language="en", title=title, paper=WIDE, line_art=True)
    return composed.pdf, composed.pages


def _proof_row(row: Row, known: Language) -> list[str | b.Cell]:
    name, used = row.id.partition(":")[2], "; ".join(i18n.isolate(one) for one in row.terms)
    text = rules.PLACES.sub(lambda found: f"{i18n.LRI}{found[0]}{i18n.PDI}", row.text)
    said = b.Cell(row.english, mark=used or None)
    return [name, said, b.Cell(text, lang=known.code), "✓" if row.signed else "", ""]


# -- the sheet


def workbook(known: Language, found: list[Row]) -> bytes:
    """The sheet that comes back, called by the language's code; a second sheet says how it is filled in."""
    import xlsxwriter

    from mrc_app.figures.writing import PINNED

    out = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, plain)
    book.set_properties({"title": known.name, "created": PINNED})
    sheet = book.add_worksheet(known.code)
    look = _looks(book, known)
    for column, (name, width, style) in enumerate(zip(HEAD, (16, 18, 44, 44, 44, 6, 30, 10), look, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, look[-1])
        for number, row in enumerate(found, 1):
            sheet.write_string(number, column, _cells(row)[column], style)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(found), len(HEAD) - 1)
    sheet.data_validation(1, 5, len(found), 5, {"validate": "list", "source": ["yes", "no"], "error_type": "warning"})
    how = book.add_worksheet("how")
    how.set_column(0, 0, 110)
    for number, line in enumerate(HOW):
        how.write_string(number, 0, line)
    book.close()
    return out.getvalue()


def _cells(row: Row) -> tuple[str, ...]:
    """The columns; “ok?” is always empty, so that nobody signs what another has read."""
    return (row.id, row.kind, row.english, row.text, "", "", "\n".join(row.terms), row.check)


def _looks(book: Any, known: Language) -> list[Any]:
    """A look for each column: text, wrapped, the reader's own columns in her direction."""
    base = {"text_wrap": True, "valign": "top", "num_format": "@"}
    other, soft = book.add_format(base), book.add_format({**base, "font_color": "#666666", "font_size": 9})
    hers = book.add_format({**base, "reading_order": 2 if known.right_to_left else 1, "bg_color": "#FFFFFF"})
    typed = book.add_format({**base, "reading_order": 2 if known.right_to_left else 1, "bg_color": "#FFF8DC"})
    return [soft, soft, other, hers, typed, typed, soft, soft]
