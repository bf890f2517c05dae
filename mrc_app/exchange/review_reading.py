"""A sheet that a speaker sends back, read: hostile until every row has been looked at. What is wrong is named by row;
nothing is kept here."""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from mrc_app import i18n
from mrc_app.errors import CannotRead, Invalid, MrcError, Problem
from mrc_app.exchange import sheets_reading
from mrc_app.exchange.review_kits import HEAD, KINDS, Words
from mrc_app.i18n import N_, Language
from mrc_app.wording import marks, rules, terms
from mrc_app.wording.po_files import Entry
from mrc_app.wording.rules import Line

MOST_BYTES, MOST_ROWS, LONGEST = 5_000_000, 20_000, 2_000
YES = frozenset(
    {"yes", "y", "ok", "x", "✓", "✔", "1", "true", "oui", "sí", "si", "sim", "نعم", "አዎ", "ndiyo", "да", "так"}
)
NO = frozenset({"no", "n", "0", "false", "non", "não", "لا", "አይ", "hapana", "нет", "ні"})
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]|table:formula=")
_SHEET = re.compile(r"worksheets/[^/]*\.xml$|^content\.xml$")
_ID = re.compile(r"(\w+):([^\s\[\]]{1,80})(?:\[(\d)\])?")

TOO_LARGE = N_("“{file}” is too large for a reviewed sheet.")
NOT_A_KIT = N_("“{file}” is not a sheet of a review kit: it has no column “{column}”.")
NO_LANGUAGE = N_("The sheet does not say which language it is: give --language.")
FORMULAS = N_("“{file}” has formulas. Paste the texts as plain values and send it again.")
UNKNOWN = N_("There is no such line.")
TWICE = N_("The line stands in the sheet twice.")
ANSWER = N_("“{said}” under ok? is neither yes nor no.")
LONG = N_("The text is too long.")
FORMULA = N_("A text does not begin with =.")
NO_TEXT = N_("There is no text to say yes to.")
AVOID = N_("“{word}” is not said of people. Say: {better}.")
RULES = {
    "placeholders": N_("What stands in braces must be the same as in English: {english}."),
    "digits": N_("Digits are written 0 to 9."),
    "numbers": N_("A number of the English is missing."),
    "direction": N_("It holds a direction mark. The program sets those itself."),
    "unseen": N_("It holds a sign that cannot be seen."),
    "script": N_("It holds a letter of another script."),
    "letters": N_("It holds Arabic ي or ك in place of the language's own letters."),
    "joined": N_("A letter joined to another has lost its joiner."),
    "zawgyi": N_("It is not written in Unicode."),
    "columns": N_("It needs as many | as the English."),
    "halves": N_("It needs two sentences, each with its stop: it is set in two columns."),
    "edges": N_("It begins or ends with a space, or has two in a row."),
}


@dataclass(frozen=True)
class Trouble:
    """Why a row cannot be taken."""

    row: int
    id: str
    problem: Problem


@dataclass(frozen=True)
class Answer:
    """One row, looked at: which form of which entry, and the text that was signed."""

    kind: str
    id: str
    form: int
    text: str
    corrected: bool


@dataclass
class Reviewed:
    """What a sheet says: how many rows, what was signed, what is doubted, what has changed since it was made."""

    language: str
    rows: int = 0
    answers: list[Answer] = field(default_factory=list)
    doubted: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def read(path: Path, *, language: str = "", into: Path | None = None) -> tuple[Language, Reviewed]:
    """A sheet, every row looked at. Raises CannotRead, Invalid."""
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise CannotRead(TOO_LARGE, file=path.name)
    sheet = sheets_reading.read(path, header_row=1)
    _no_formulas(path)
    columns = {name: number for number, name in enumerate(sheet.header) if name}
    lacking = next((name for name in ("id", "translation", "correction", "ok?") if name not in columns), None)
    if lacking is not None:
        raise CannotRead(NOT_A_KIT, file=path.name, column=lacking)
    known = _language(sheet.names, language)
    looking = _Looking(known, into)
    for number, cells in sheet.rows():
        if number > MOST_ROWS:
            raise CannotRead(TOO_LARGE, file=path.name)
        said = {name: sheets_reading.text_of(cells[at]) if at < len(cells) else "" for name, at in columns.items()}
        looking.look(number, {name: said.get(name, "") for name in HEAD})
    return known, looking.whole()


def _language(names: tuple[str, ...], given: str) -> Language:
    if given:
        return i18n.language(given)
    try:
        return i18n.language(names[0] if names else "")
    except Invalid:
        raise MrcError(NO_LANGUAGE) from None


def _no_formulas(path: Path) -> None:
    """A cell that reckons shows here what it last showed elsewhere: nobody has read that."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as packed:
            parts = [name for name in packed.namelist() if _SHEET.search(name)]
            reckons = any(_has_formula(packed, name) for name in parts)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError):
        raise CannotRead(sheets_reading.DAMAGED, file=path.name) from None
    if reckons:
        raise CannotRead(FORMULAS, file=path.name)


def _has_formula(packed: zipfile.ZipFile, name: str) -> bool:
    tail = b""
    with packed.open(name) as part:
        while some := part.read(1 << 20):
            if _FORMULA.search(tail + some):
                return True
            tail = some[-40:]
    return False


class _Looking:
    """Goes through the rows of a sheet, one after the other."""

    def __init__(self, known: Language, into: Path | None) -> None:
        self.known, self.into = known, into
        self.found = Reviewed(known.code)
        self._words: dict[str, Words] = {}
        self._seen: set[str] = set()
        self._plural: dict[tuple[str, str], set[int]] = {}

    def look(self, number: int, row: Mapping[str, str]) -> None:
        """One row: what it says, or what is wrong with it."""
        if not row["id"] and not row["correction"]:
            return
        self.found.rows += 1
        try:
            self._look(row)
        except Invalid as wrong:
            [problem] = wrong.problems.values()
            self.found.troubles.append(Trouble(number, row["id"][:80], problem))

    def _look(self, row: Mapping[str, str]) -> None:
        kind, id, form, entry = self._entry(row["id"])
        ok, correction = _answer(row["ok?"]), _text(row["correction"])
        now, then = self._check(kind, entry), row["check"]
        english = self._words[kind].english[id]
        if (
            not correction
            and then == now
            and _text(row["translation"]) != unicodedata.normalize("NFC", entry.texts[form])
        ):
            correction = _text(row["translation"])  # written over in its place
        if not correction and ok is not True:
            if ok is False:
                self.found.doubted.append(row["id"])
            return
        stale = then != now if then else not correction and _text(row["translation"]) != entry.texts[form]
        if stale:
            self.found.changed.append(row["id"])
            return
        text = correction or entry.texts[form]
        said = entry.many or id if kind == "ui" else english
        self._check_text(Line(id, _kind(entry), said, text, self.known.code, self.known.script), kind)
        self.found.answers.append(Answer(kind, id, form, text, text != entry.texts[form]))

    def _entry(self, name: str) -> tuple[str, str, int, Entry]:
        matched = _ID.fullmatch(name)
        if matched is None or matched[1] not in KINDS:
            raise Invalid(id=Problem(UNKNOWN))
        if name in self._seen:
            raise Invalid(id=Problem(TWICE))
        self._seen.add(name)
        kind, form = matched[1], int(matched[3] or 0)
        words = self._words.get(kind) or self._words.setdefault(kind, Words.load(self.known, KINDS[kind], self.into))
        id = matched[2] if kind != "ui" else _named(words).get(matched[2], "")
        entry = words.file.entries.get(id) if id in words.english else None
        if entry is None or form >= len(entry.texts) or bool(entry.many) != (matched[3] is not None):
            raise Invalid(id=Problem(UNKNOWN))
        return kind, id, form, entry

    def _check(self, kind: str, entry: Entry) -> str:
        return marks.check(self._words[kind].english[entry.id], entry.texts)

    def _check_text(self, line: Line, kind: str) -> None:
        if not line.text:
            raise Invalid(text=Problem(NO_TEXT))
        if len(line.text) > LONGEST:
            raise Invalid(text=Problem(LONG))
        if line.text.startswith("="):
            raise Invalid(text=Problem(FORMULA))
        broken = next((name for name in rules.wrong(line) if name in RULES and not _may(line, name, kind)), None)
        if broken is not None:
            raise Invalid(text=Problem(RULES[broken], {"english": line.english}))
        bad = next(terms.found_avoided(line.text, line.lang), None)
        if bad is not None:
            raise Invalid(text=Problem(AVOID, {"word": bad.term, "better": ", ".join(bad.others)}))

    def whole(self) -> Reviewed:
        """What was found; a plural whose forms were not all signed is left as it was."""
        forms: dict[tuple[str, str], set[int]] = {}
        for one in self.found.answers:
            forms.setdefault((one.kind, one.id), set()).add(one.form)
        whole = {key for key, some in forms.items() if len(some) == len(self._words[key[0]].file.entries[key[1]].texts)}
        return replace(self.found, answers=[one for one in self.found.answers if (one.kind, one.id) in whole])


def _may(line: Line, rule: str, kind: str) -> bool:
    """Whether a rule is not meant here: the screen sets direction marks beside options; exceptions have a reason."""
    if kind == "ui":
        return rule in ("direction", "numbers", "columns", "halves")
    rows = terms.allowed().get("line", ())
    return any((row["lang"], row["id"], row["rule"]) == (line.lang, line.id, rule) for row in rows)


def _named(words: Words) -> dict[str, str]:
    return {marks.check(id, ()): id for id in words.english}


def _kind(entry: Entry) -> str:
    return entry.comments[0] if entry.comments else ""


def _answer(said: str) -> bool | None:
    word = said.strip().casefold()
    if not word:
        return None
    if word not in YES | NO:
        raise Invalid(ok=Problem(ANSWER, {"said": said[:40]}))
    return word in YES


def _text(said: str) -> str:
    """A text as it is kept: composed, without the spaces and line ends that a sheet adds."""
    return unicodedata.normalize("NFC", re.sub(r"[ \t]*[\r\n]+[ \t]*", " ", said)).strip()
