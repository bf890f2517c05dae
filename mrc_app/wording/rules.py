"""What shows in a text whatever it says: digits, letters of the right alphabet, no signs that cannot be seen.

Each rule answers with the name of what is wrong, or nothing. The texts are not judged here: a speaker does that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

PLACES = re.compile(r"\{\w*\}")
_DIGIT = re.compile("[0-9]")
_OTHER_DIGITS = re.compile(r"(?![0-9])\d")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\uf8ff\ufeff\ufff9-\ufffb\U000e0001-\U000e007f\U000f0000-\U0010fffd]"
)
"""Controls, direction marks, joiners, letters nobody agreed on."""
_JOINERS = {
    "Arab": "\u200c\u200d", "Aran": "\u200c\u200d", "Deva": "\u200c\u200d", "Beng": "\u200c\u200d",
    "Sinh": "\u200c\u200d", "Taml": "\u200c", "Mymr": "\u200b\u200c",
    "Khmr": "\u200b", "Laoo": "\u200b", "Thai": "\u200b",
}  # fmt: skip
"""Signs without a form that a script needs: joiners, and where a line may break between words."""
_SCRIPTS = {
    "Arab": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc", "Ethi": "\u1200-\u139f\u2d80-\u2ddf",
    "Deva": "\u0900-\u0963\u0966-\u097f", "Beng": "\u0980-\u09ff", "Sinh": "\u0d80-\u0dff", "Taml": "\u0b80-\u0bff",
    "Mymr": "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f", "Khmr": "\u1780-\u17ff", "Laoo": "\u0e80-\u0eff",
    "Thai": "\u0e00-\u0e7f", "Cyrl": "\u0400-\u052f", "Hans": "\u3400-\u9fff", "Grek": "\u0370-\u03ff",
    "Hebr": "\u0590-\u05ff", "Adlm": "\U0001e900-\U0001e95f", "Kana": "\u3041-\u30ff", "Hang": "\uac00-\ud7af",
}  # fmt: skip
_SAME_SCRIPT = {"Aran": ("Arab",), "Hant": ("Hans",), "Jpan": ("Hans", "Kana"), "Kore": ("Hans", "Hang")}
_ARABIC_LETTERS = {"fa": "يىك", "prs": "يىك", "ur": "يىك", "ps": "ك"}
"""Letters of Arabic that look like the language's own and are others (Pashto has both forms of ya)."""
_SINHALA_UNJOINED = re.compile("[\u0d9a-\u0dba\u0dbc-\u0dc6]\u0dca[\u0dba\u0dbb]")
_MYANMAR = "[\u1000-\u102a\u103f\u104e\u1075-\u108f]"
_ZAWGYI = re.compile(
    "[\u1033\u1034\u1060-\u1074\u1085-\u108d\u108f\u1090-\u1097]"  # letters that only the other encoding uses
    "|(?:^|[^\u1000-\u102a\u1039\u103a\u103b-\u103f\u1075-\u108f\u200c])\u1031"  # e before its consonant
    "|\u1039(?![\u1000-\u102a])"  # a stacking sign without what is stacked
)
_END = re.compile(r"(?<=[.?!؟።፧၊।॥။។])\s+|(?<=[。！？])|\|")
UNSPACED = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Hans", "Hant"})
"""Scripts that part no words by spaces: nothing is counted there."""
LONGEST_SENTENCE, LONGEST_HEADING = 12, 4


@dataclass(frozen=True)
class Line:
    """A text to be looked at: its id, what it is, its English, and how it stands in a language."""

    id: str
    kind: str
    english: str
    text: str
    lang: str
    script: str


def wrong(line: Line, asked: Iterable[str] = ()) -> Iterator[str]:
    """The names of the rules that a text breaks, of those asked or of all."""
    for name in asked or RULES:
        if RULES[name](line):
            yield name


def places(text: str) -> list[str]:
    """The placeholders of a text, each once."""
    return sorted(set(PLACES.findall(text)))


def unseen(text: str, script: str) -> bool:
    """Whether a text has signs without a form that its script does not need: controls, direction marks, joiners."""
    return any(sign not in _JOINERS.get(script, "") for sign in _UNSEEN.findall(text))


def _digits(line: Line) -> bool:
    return _OTHER_DIGITS.search(line.text) is not None


def _numbers(line: Line) -> bool:
    """A number of the English that is not there: grouped or not, as figures."""
    if not _DIGIT.search(line.english):
        return False
    there = _figures(line.text)
    return any(number not in there for number in _figures(line.english))


def _figures(text: str) -> set[str]:
    return set(re.findall(r"\d+", re.sub(r"(?<=\d)[.,\u00a0\u202f’ ](?=\d{3}(?!\d))", "", PLACES.sub("", text))))


def _columns(line: Line) -> bool:
    return line.english.count("|") != line.text.count("|")


def _halves(line: Line) -> bool:
    """Lines that are set in two columns are parted at their sentence's end."""
    return line.id in ("D5.2", "D5.3", "D5.4", "D5.5") and len(sentences(line.text)) != 2


def _edges(line: Line) -> bool:
    ends = line.english != line.english.strip()
    return (not ends and line.text != line.text.strip()) or "  " in line.text


@lru_cache(maxsize=32)
def _foreign(script: str) -> re.Pattern[str]:
    own = _SAME_SCRIPT.get(script, (script,))
    return re.compile(f"[{''.join(some for name, some in _SCRIPTS.items() if name not in own)}]")


def _other_script(line: Line) -> bool:
    """A letter of another script looks like the right one or like none; Latin names and short forms may stand."""
    return _foreign(line.script).search(line.text) is not None


def _sinhala(line: Line) -> bool:
    return line.script == "Sinh" and _SINHALA_UNJOINED.search(line.text) is not None


def _burmese(line: Line) -> bool:
    return line.script == "Mymr" and _ZAWGYI.search(line.text) is not None


RULES: dict[str, Callable[[Line], bool]] = {
    "placeholders": lambda line: "{" in line.text + line.english and places(line.text) != places(line.english),
    "digits": _digits,
    "numbers": _numbers,
    "direction": lambda line: _DIRECTION.search(line.text) is not None,
    "unseen": lambda line: unseen(_DIRECTION.sub("", line.text), line.script),
    "composed": lambda line: not unicodedata.is_normalized("NFC", line.text),
    "script": _other_script,
    "letters": lambda line: any(letter in line.text for letter in _ARABIC_LETTERS.get(line.lang, "")),
    "joined": _sinhala,
    "zawgyi": _burmese,
    "columns": _columns,
    "halves": _halves,
    "edges": _edges,
}
"""Every rule by name. None may be broken but where locales/checks.toml gives a reason."""


# -- length


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [part for part in _END.split(text) if part]


def longest(line: Line) -> int:
    """The words of the longest sentence; 0 where the script has no spaces. Vietnamese parts syllables: two words have
    three."""
    if line.script in UNSPACED:
        return 0
    most = _most(line.text)
    return (most * 2 + 2) // 3 if line.lang == "vi" else most


def is_heading(line: Line) -> bool:
    """Whether the text is the heading of a section."""
    return line.kind.startswith("section heading")


def too_long(line: Line) -> bool:
    """Whether a heading has more than four words, or a sentence more than twelve; as many as its English are never too
    many."""
    return longest(line) > max(LONGEST_HEADING if is_heading(line) else LONGEST_SENTENCE, _most(line.english))


def _most(text: str) -> int:
    return max((_words(part) for part in sentences(PLACES.sub("x", text))), default=0)


def _words(text: str) -> int:
    return sum(1 for word in text.split() if any(sign.isalnum() for sign in word))
