"""What may never be printed because it can endanger the carrier (rules N1 to N18), as checks on the finished book.

The checks run on the words, the title and the file name before the pages are made, and on the pages' metadata after.
A breach stops the print; it is never a warning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO

from mrc_app.errors import MrcError
from mrc_app.guides import homecoming
from mrc_app.guides.person import PersonFacts
from mrc_app.i18n import N_

LABELS = (
    (
        "abuse forced labour runaway victim traffic illegal undocumented slave esclav "
        "abus travail forcé fugitif victime traite clandestin sans-papiers "
        "هارب ضحية اتجار غير_قانوني عمل_قسري "
        "ተጠቂ ሕገወጥ ሕገ-ወጥ ኮብላይ"
    )
    .replace("forced labour", "forced_labour")
    .replace("travail forcé", "travail_forcé")
)
"""Words that may stand in no title and no file name (N9), in the languages the guides are written in."""
SHORTEST = 5
"""Private strings shorter than this are not looked for: they would be found in any text. Four digits are, alone."""


@dataclass(frozen=True)
class Breach:
    """One private thing that was found where it may not stand."""

    rule: str
    where: str


def breaches(
    text: str,
    title: str,
    file_name: str,
    private: Mapping[str, Iterable[str]],
    common: str = "",
    shown: Iterable[str] = (),
) -> list[Breach]:
    """Every breach in a book's words, title and file name.

    ``common`` is the same book for nobody in particular: what stands there betrays nobody. ``shown`` is what she wants
    printed (her first name, her employer): it is taken out before looking.
    """
    found = [
        Breach("N9", where)
        for where, words in (("title", title), ("file name", file_name))
        for label in LABELS.split()
        if _stands_in(_folded(label.replace("_", " ")), _folded(words), whole=False)
    ]
    book = f"{_folded(text)}\n{_folded(title)}\n{_folded(file_name)}"
    for open_text in sorted(map(_folded, shown), key=len, reverse=True):
        book = book.replace(open_text, " ") if open_text else book
    for rule, strings in private.items():
        secrets = {_folded(secret) for secret in strings}
        found += [Breach(rule, "text") for secret in sorted(secrets) if _leaks(secret, book, _folded(common))]
    return found


def _leaks(secret: str, book: str, common: str) -> bool:
    if len(secret) < (4 if secret.isdigit() else SHORTEST) or _stands_in(secret, common):
        return False
    return _stands_in(secret, book) or (_is_number(secret) and _tight(secret) in _tight(book))


def shown_values(facts: PersonFacts) -> list[str]:
    """What of a person is meant to be printed, as she gave it."""
    texts = (facts.first_name, facts.employer, facts.town, facts.job_title, facts.pay_day, facts.city)
    more = homecoming.shown(facts.homecoming) if facts.homecoming else []
    return [text for text in (*texts, facts.meeting_person, facts.allergy, facts.medicine, *more) if text]


def refuse(found: Iterable[Breach]) -> None:
    """Stops a print that would endanger its carrier. Raises MrcError naming the rules, never the words."""
    rules = sorted({breach.rule for breach in found})
    if rules:
        raise MrcError(
            N_("This book is not printed: something in it could endanger the person who carries it ({rules})."),
            rules=", ".join(rules),
        )


def metadata(pdf: bytes) -> str:
    """Everything a PDF says about itself beside its pages: information, XMP, outline and attachments' names."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(pdf))
    parts = [str(value) for value in (reader.metadata or {}).values()]
    xmp = reader.xmp_metadata
    if xmp is not None:
        parts.append(xmp.stream.get_data().decode("utf-8", "replace"))
    parts += [str(getattr(entry, "title", "")) for entry in _flat(reader.outline)]
    return "\n".join([*parts, *reader.attachments])


def _flat(outline: object) -> list[object]:
    if not isinstance(outline, list):
        return [outline]
    return [entry for part in outline for entry in _flat(part)]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\u200e\u200f\u061c\u2066-\u2069]", "", plain).replace("\u00a0", " ")


def _tight(text: str) -> str:
    return re.sub(r"[\s\-./()+]", "", text)


def _is_number(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) >= SHORTEST


def _stands_in(secret: str, book: str, *, whole: bool = True) -> bool:
    if not whole:
        return secret in book
    return re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", book) is not None
