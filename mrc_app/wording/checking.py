"""One language's catalogues against the rules and the termbase: what is wrong, and how often a term was used."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from mrc_app.places import LOCALES
from mrc_app.wording import po_files, rules, terms
from mrc_app.wording.po_files import Entry
from mrc_app.wording.rules import Line

PAPERS = ("guides", "letters", "experience")
SCREEN = "mrc_app"
SPOKEN = ("digits", "unseen", "composed", "letters", "joined", "zawgyi")
"""The rules of the screen's words, in which a direction mark keeps an option of the command line in order."""


@dataclass(frozen=True)
class Finding:
    """Something wrong with a text: the rule's name, and what it is about (a word to avoid, a concept)."""

    rule: str
    domain: str
    id: str
    about: str
    english: str
    text: str


@dataclass
class Checked:
    """What was found in a language. ``named``: how often the English names a concept, ``missed`` those without its
    word; ``headings`` of more than four words; ``lengthy`` sentences, for a reader to shorten where that loses
    nothing."""

    lang: str
    lines: int = 0
    named: int = 0
    broken: list[Finding] = field(default_factory=list)
    avoided: list[Finding] = field(default_factory=list)
    missed: list[Finding] = field(default_factory=list)
    headings: list[Finding] = field(default_factory=list)
    lengthy: list[Finding] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of the concepts whose word was used."""
        return 1 - len(self.missed) / self.named if self.named else 1.0


def check(lang: str, script: str, locales: Path = LOCALES) -> Checked:
    """Looks through every catalogue of a language."""
    found = Checked(lang)
    for domain in (*PAPERS, SCREEN):
        for line in lines(lang, script, domain, locales):
            found.lines += 1
            _look(found, domain, line)
    return found


def lines(lang: str, script: str, domain: str, locales: Path = LOCALES) -> Iterator[Line]:
    """Every text of a catalogue that says something, each plural form on its own."""
    path = locales / lang.replace("-", "_") / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return
    english = source(domain, locales)
    for id, entry in po_files.read(path).entries.items():
        if not entry.said:
            continue
        for number, text in enumerate(entry.texts):
            kind = entry.comments[0] if entry.comments else ""
            said = (english[id].text if id in english else "") if domain != SCREEN else entry.many or id
            yield Line(id if not number else f"{id}[{number}]", kind, said, text, lang, script)


def source(domain: str, locales: Path = LOCALES) -> Mapping[str, Entry]:
    """The English catalogue of a domain."""
    path = locales / "en" / "LC_MESSAGES" / f"{domain}.po"
    return _source(path, path.stat().st_mtime_ns) if path.exists() else {}


@lru_cache(maxsize=8)
def _source(path: Path, stamp: int) -> Mapping[str, Entry]:
    del stamp
    return po_files.read(path).entries


def _look(found: Checked, domain: str, line: Line) -> None:
    def finding(rule: str, about: str = "") -> Finding:
        return Finding(rule, domain, line.id, about, line.english, line.text)

    found.avoided += [finding("avoided", row.term) for row in terms.found_avoided(line.text, line.lang)]
    if domain == SCREEN:
        found.broken += [finding(name) for name in rules.wrong(line, SPOKEN)]
        return
    allowed = {
        row["rule"] for row in terms.allowed().get("line", ()) if (row["lang"], row["id"]) == (line.lang, line.id)
    }
    found.broken += [finding(name) for name in rules.wrong(line) if name not in allowed]
    known = terms.concepts(line.lang)
    for concept in _named(line.english):
        if concept in known:
            found.named += 1
            if "term" not in allowed and not terms.uses(line.text, known[concept]):
                found.missed.append(finding("term", concept))
    rule = "heading" if rules.is_heading(line) else "length"
    if rule not in allowed and rules.too_long(line):
        (found.headings if rule == "heading" else found.lengthy).append(finding(rule, str(rules.longest(line))))


@lru_cache(maxsize=4096)
def _named(english: str) -> tuple[str, ...]:
    return tuple(terms.named(english, _concepts()))


@lru_cache(maxsize=1)
def _concepts() -> tuple[tuple[str, str], ...]:
    return tuple({row.concept: (row.concept, row.english) for row in terms.rows()}.values())


# -- what a language lacks, kept so that it can only get better

RECORD = LOCALES / "record.toml"
_HEAD = (
    "# What each language lacked when it was last looked at: terms not used, headings of more than four words. A test\n"
    "# lets neither grow. Written by scripts/catalogues.py record; its check names the lines.\n\n"
)


def recorded(path: Path = RECORD) -> dict[str, dict[str, int]]:
    """What each language lacked when it was last looked at."""
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def keep(found: Mapping[str, Mapping[str, int]], path: Path = RECORD) -> None:
    """Writes what each language lacks."""
    rows = (
        f"{code} = {{ missed = {row['missed']}, headings = {row['headings']} }}\n"
        for code, row in sorted(found.items())
    )
    path.write_text(_HEAD + "".join(rows), "utf-8")
