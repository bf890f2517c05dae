"""What a speaker sends back, taken in: all of it or nothing.

Where the words go: into this computer's own words, which stand before the program's (docs/adr/0014), or into a folder
of catalogues that is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mrc_app import i18n, places
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.exchange.review_kits import KINDS, Words
from mrc_app.exchange.review_reading import Answer, Reviewed, read
from mrc_app.i18n import N_, Language
from mrc_app.store import leftovers, saved_files
from mrc_app.wording import marks, rules
from mrc_app.wording.po_files import PoFile

ROLE = 60
NO_ROLE = N_("Say who read it: a role of at most {most} letters, never a name.")
FUTURE = N_("The day of the review is still to come.")
EMPTY = N_("Nothing was reviewed in “{file}”: no row has a correction or a yes.")
TROUBLES = N_("Nothing was taken: {n} rows are to be mended, the first is row {row} ({id}): {reason}")


@dataclass(frozen=True)
class Taken:
    """What was taken in, and how far each catalogue is now."""

    language: str
    rows: int
    signed: int
    corrected: int
    doubted: tuple[str, ...]
    changed: tuple[str, ...]
    files: tuple[Path, ...]
    standing: Mapping[str, marks.Standing]


def take(
    path: Path, *, role: str, on: date, today: date, language: str = "", into: Path | None = None, keep: bool = True
) -> Taken:
    """Takes a sheet in; with ``keep=False`` only looks. Raises CannotRead for a file that is none, Invalid for a role,
    a day or a language, MrcError naming the first of the rows that are to be mended."""
    role = _role(role)
    if on > today:
        raise Invalid(on=Problem(FUTURE))
    known, found = read(path, language=language, into=into)
    if found.troubles:
        first = found.troubles[0]
        raise MrcError(TROUBLES, n=len(found.troubles), row=first.row, id=first.id, reason=first.problem.text(i18n._))
    if not found.answers:
        raise MrcError(EMPTY, file=path.name)
    target = into or places.own_words()
    made = {kind: _signed(known, kind, found.answers, role, on, into) for kind in KINDS if _asked(found, kind)}
    files = {
        target / known.code.replace("-", "_") / "LC_MESSAGES" / f"{KINDS[kind]}.po": file.written()
        for kind, (file, _standing) in made.items()
    }
    if keep:
        _write(files)
    return Taken(
        known.code, found.rows, len(found.answers), sum(one.corrected for one in found.answers), tuple(found.doubted),
        tuple(found.changed), tuple(files), {kind: standing for kind, (_file, standing) in made.items()},
    )  # fmt: skip


def _role(role: str) -> str:
    role = " ".join(role.split())
    if not 0 < len(role) <= ROLE or rules.unseen(role, "") or not any(sign.isalpha() for sign in role):
        raise Invalid(role=Problem(NO_ROLE, {"most": ROLE}))
    return role


def _asked(found: Reviewed, kind: str) -> bool:
    return any(one.kind == kind for one in found.answers)


# -- keeping


def _signed(
    known: Language, kind: str, answers: list[Answer], role: str, on: date, into: Path | None
) -> tuple[PoFile, marks.Standing]:
    """The catalogue with what was signed, and how far the language is with it."""
    words = Words.load(known, KINDS[kind], into)
    texts: dict[str, dict[int, str]] = {}
    for one in answers:
        if one.kind == kind:
            texts.setdefault(one.id, {})[one.form] = one.text
    signed = {}
    for id, forms in texts.items():
        entry = words.file.entries[id]
        said = tuple(forms.get(number, text) for number, text in enumerate(entry.texts))
        signed[id] = marks.marked(entry, words.english[id], said, role, on)
    whole = words.file.with_entries(signed)
    standing = marks.standing(whole.entries, words.english)
    if into is None:
        held = {
            id: entry for id, entry in whole.entries.items() if marks.mark(entry, words.english.get(id, "")) is not None
        }
        whole = replace(whole, entries=held)
    return marks.told(whole, words.english), standing


def _write(files: Mapping[Path, str]) -> None:
    """Every file or none: what stood there comes back where one of them cannot be written."""
    done: dict[Path, bytes | None] = {}
    with leftovers.undone(lambda: _put_back(done)):
        for path, text in files.items():
            with saved_files.part_of(path) as part:
                before = path.read_bytes() if path.exists() else None
                path.parent.mkdir(parents=True, exist_ok=True)
                part.write_text(text, "utf-8")
            done[path] = before


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        if content is None:
            path.unlink(missing_ok=True)
        else:
            saved_files.write(path, content)


# -- telling a headquarters


def as_pack(language: str, source: str, on: date, folder: Path | None = None) -> Iterator[str]:
    """The signed lines of the guides as a file of a reference pack (words/1), for a headquarters that sends them to its
    centres."""
    import json

    known = i18n.language(language)
    words = Words.load(known, "guides", folder)
    yield 'schema = "words/1"'
    yield f"language = {json.dumps(known.code)}"
    yield f"source = {json.dumps(source, ensure_ascii=False)}"
    yield f'as_of = "{on.isoformat()}"'
    yield ""
    yield "[texts]"
    for id, english in words.english.items():
        entry = words.file.entries[id]
        if marks.mark(entry, english) is not None:
            yield f"{json.dumps(id)} = {json.dumps(entry.text, ensure_ascii=False)}"
