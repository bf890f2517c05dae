"""How one line is said: its values filled in, or what is not known named where it is not known.

- U, true everywhere: a sentence whose name is not known is dropped (or left as a blank to write in).
- C, from the country pack: what is not known is a blank to write in, and "not known here yet" stands after the line.
- P, from the person's record: what is not known is a blank to write in; after a contract term "Not in my contract".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from mrc_app.guides.conditions import Circumstances
from mrc_app.guides.content import LineRule
from mrc_app.guides.kinds import DEPARTURE, Kind
from mrc_app.guides.text_model import Edition, Said
from mrc_app.guides.values import BLANK, GAP, Origin, Service, Value, partial_day
from mrc_app.guides.words import Word, Words, checked, fill, names, sentences
from mrc_app.i18n import isolate

CONTRACT = frozenset(
    [
        "employer",
        "town",
        "job_title",
        "wage",
        "currency",
        "pay_period",
        "pay_day",
        "hours_day",
        "days_week",
        "rest_day",
        "rest_hours",
        "food_room",
        "start",
        "end",
        "return_payer",
        "hours",
        "rest",
        "leave",
    ]
)
"""What stands in a contract: a missing one is named as such."""
HERS = CONTRACT | frozenset(
    [
        "first_name",
        "paid_total",
        "receipts_yes_no",
        "debt",
        "months",
        "city",
        "meeting_person",
        "permit_end",
        "weeks",
        "policy_no",
        "union",
        "union_phone",
        "language",
        "allergy",
        "medicine",
        "last4",
        "goal",
        "safe_hours",
        "cover_name",
    ]
)
"""What comes from her record, in whatever line it stands."""
DROPS_ITS_SENTENCE = frozenset({"recheck_on"})


@dataclass(frozen=True)
class Particulars:
    """Everything one print is made of. ``person`` is None for the general guide; ``place`` is the countries' values.

    ``repeated``: lines that are said once for each of several things, with the values of each (a step of her plan, a
    claim). ``tables``: the rows that stand written in a table already. ``elsewhere``: the same print for a reader of
    another language.
    """

    words: Words
    today: date
    known: Circumstances = field(default_factory=Circumstances)
    place: Mapping[str, Value] = field(default_factory=dict)
    person: Mapping[str, Value] | None = None
    services: tuple[Service, ...] = ()
    edition: Edition = Edition.FULL
    centre: str = ""
    spoken_only: frozenset[str] = frozenset()
    destination: Words | None = None
    no_job_page: bool = False
    one_number: str = ""
    kind: Kind = DEPARTURE
    repeated: Mapping[str, tuple[Mapping[str, Value], ...]] = field(default_factory=dict)
    tables: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    elsewhere: Callable[[str], Particulars] | None = field(default=None, compare=False)

    def said_in(self, code: str) -> Particulars:
        """The same for a line that stands in another language than the book's: its days and numbers are that one's."""
        if self.elsewhere is None or code in (self.words.writes, self.words.language.code):
            return self
        return self.elsewhere(code)


@dataclass
class Book:
    """A book in the making: its particulars, and the sources named so far in order."""

    of: Particulars
    sources: dict[Origin, int] = field(default_factory=dict)

    def note(self, message: str, kind: str = "notice", **values: object) -> Said:
        """A line of the frame (ids X): a notice, a heading, a label."""
        word = self.of.words.find(message)
        text = fill(word.text, {key: isolate(value) for key, value in values.items()})
        return Said(message, text, word.language, mark=self.mark(word), kind=kind)

    def mark(self, word: Word, values: Mapping[str, Value] | None = None) -> str:
        """The visible mark of a line that is not wholly in the reader's language; empty when it is."""
        words = self.of.words
        foreign = any(not words.is_own(value.language) for value in (values or {}).values())
        if words.is_own(word.language) and not foreign:
            return ""
        return words.find("X.untranslated").text

    def cite(self, values: Mapping[str, Value]) -> str:
        """The small line that says where a line's facts come from and how sure they are."""
        origins = dict.fromkeys(value.origin for value in values.values() if value.origin)
        notes = dict.fromkeys(value.note for value in values.values() if value.note)
        return "; ".join([*(self._cited(origin) for origin in origins if origin), *notes])

    def _cited(self, origin: Origin) -> str:
        own, words = self.of.words, self.of.words.beginning("X.source")
        bare = Origin(origin.title, origin.url, origin.published)
        number = self.sources.setdefault(bare, len(self.sources) + 1)
        published = origin.published
        when = partial_day(published, words.writes) if published else words.text("X.age_unknown")
        parts = [words.text("X.source", source=f"[{number}]", date=when)]
        if origin.weak:
            parts.append(words.text("X.low_confidence"))
        if not own.is_own(words.language.code):
            parts.append(own.find("X.untranslated").text)
        parts += checked(words, origin.confirmed, origin.recheck, self.of.today)
        return " · ".join(parts)


def say(book: Book, rule: LineRule, extra: Mapping[str, Value] | None = None) -> Said | None:
    """The line filled in; None when nothing of it is left to say."""
    word = book.of.words.find(rule.id)
    filled = _filled(book, rule, word.text, word.language, extra or {})
    if not filled.text:
        return None
    values = filled.values
    return Said(
        rule.id,
        filled.text,
        word.language,
        flag=rule.flag,
        mark=book.mark(word, values),
        source=book.cite(values),
        icon=rule.icon,
        kind=rule.kind if rule.kind == "tick" else "line",
        missing=filled.missing,
        unknown=filled.unknown,
    )


def columns(book: Book, rule: LineRule) -> Said | None:
    """A line of two sentences as two cells: what my contract says, what the law there says."""
    word = book.of.words.find(rule.id)
    parts = sentences(word.text)
    if len(parts) != 2:
        return say(book, rule)
    cells = []
    for part in parts:
        it = _filled(book, rule, part, word.language, {})
        mark = book.mark(word, it.values)
        cells.append(Said(rule.id, it.text, word.language, rule.flag, mark, missing=it.missing, unknown=it.unknown))
    there = book.of.said_in(word.language)
    known = {name: value for name in names(word.text) if (value := value_of(there, rule, name))}
    whole = Said(rule.id, "", word.language, rule.flag, source=book.cite(known), icon=rule.icon, kind="columns")
    return replace(whole, cells=tuple(cells))


def value_of(of: Particulars, rule: LineRule, name: str) -> Value | None:
    """The value of a name in a line: hers, or the country's. ``D4.3.currency`` stands before ``currency``.

    What a contract says is only ever taken from her record, never from what the law says; what is said of a service is
    given with the service.
    """
    if rule.kind == "service":
        return None
    for values in (of.person or {}, {} if name in HERS else of.place):
        for key in (f"{rule.id}.{name}", name):
            if key in values:
                return values[key]
    return None


@dataclass(frozen=True)
class _Filled:
    """A line's text with its values in it; ``unknown`` says in small what its blanks are."""

    text: str
    values: dict[str, Value]
    missing: bool
    unknown: str


def _filled(book: Book, rule: LineRule, text: str, code: str, extra: Mapping[str, Value]) -> _Filled:
    of = book.of.said_in(code)
    values = {name: value for name in names(text) if (value := extra.get(name) or value_of(of, rule, name)) is not None}
    unknown = [name for name in names(text) if name not in values]
    if rule.optional and unknown and not values:
        return _Filled("", {}, False, "")
    kept = [part for part in sentences(text) if not _drops(rule, part, unknown)]
    standing = list(dict.fromkeys(names(" ".join(kept))))
    why = {name: _why(book, rule, name) for name in unknown if name in standing}
    shown = {name: value.text for name, value in values.items()}
    shown |= {name: GAP if reason else BLANK for name, reason in why.items()}
    said = {name: value for name, value in values.items() if name in standing}
    missing = any(_is_gap(book, rule, reason) for reason in why.values())
    reasons = [book.of.words.text(reason).rstrip(".።။।。") for reason in why.values() if reason]
    reasons += [value.unknown for value in said.values() if value.unknown]
    return _Filled(
        _said_once(_unspaced(fill(" ".join(kept), shown))), said, missing, " · ".join(dict.fromkeys(reasons))
    )


_AFTER_STOP = re.compile(r"(?<=[。！？]) ")
_AROUND = re.compile(
    "(?<=[\u3000-\u9fff\uff00-\uffef]) (?=\u2068[\u3000-\u9fff])|(?<=[\u3000-\u9fff]\u2069) (?=[\u3000-\u9fff])"
)


def _unspaced(text: str) -> str:
    """Chinese has no space after a sentence, nor beside a value in Chinese."""
    return _AROUND.sub("", _AFTER_STOP.sub("", text))


def _said_once(text: str) -> str:
    """Several unknowns in a row are one blank."""
    return re.sub(rf"{re.escape(GAP)}(?:\s*[,،፣、]\s*{re.escape(GAP)})+", GAP, text)


def _drops(rule: LineRule, sentence: str, unknown: list[str]) -> bool:
    gone = [name for name in names(sentence) if name in unknown]
    if rule.flag == "U":
        return bool(gone) and not rule.write_in
    return any(name in DROPS_ITS_SENTENCE for name in gone)


def _is_gap(book: Book, rule: LineRule, reason: str) -> bool:
    """Whether a blank is something still to be found out; one of the general guide is for her to fill."""
    return rule.flag != "U" and not rule.write_in and (bool(reason) or book.of.person is not None)


def _why(book: Book, rule: LineRule, name: str) -> str:
    """Why a value is not there, as a message id; empty for a blank that is simply hers to fill."""
    if rule.write_in:
        return ""
    if rule.kind == "repeated":
        return "" if rule.flag == "P" else "X.not_known"
    if rule.kind == "service":
        return "X.not_known"
    if name == "checked_on":
        return "X.not_confirmed"
    if name in CONTRACT and book.of.person is not None:
        return "X.not_in_contract"
    return "" if name in HERS or rule.flag == "P" else "X.not_known"
