"""Invented people who come a second time and are typed in another way; and strangers of the same names.

Everything is drawn from one seed. The spellings come from benchmarks/names.toml, on which the rules of sound
were tuned, and
from tests/casework/held_out_names.toml, on which they were not. Both lists have the same author as the rules.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TUNED, HELD_OUT = HERE / "names.toml", HERE.parent / "tests" / "casework" / "held_out_names.toml"
WEIGHTS = {"Arabic": 5, "Ethiopic": 6, "Devanagari": 3, "Bengali": 2, "Khmer": 2, "Thai": 2, "Latin": 5}


LISTED = 0.5
"""Share of names drawn from the lists; the others are made up of syllables, as rare names are rare in life."""
CONSONANTS = {
    "Arabic": "ب=b ت=t ج=j/dj ح=h خ=kh د=d ر=r ز=z س=s ش=sh/ch ص=s ط=t غ=gh ف=f ق=q/k ك=k ل=l م=m ن=n",
    "Ethiopic": "ለ=l ሐ=h መ=m ረ=r ሰ=s ሸ=sh ቀ=k/q በ=b ተ=t ነ=n ከ=k ወ=w ዘ=z የ=y ደ=d ገ=g ፈ=f ጸ=ts",
    "Devanagari": "क=k ख=kh ग=g च=ch ज=j त=t द=d न=n प=p ब=b भ=bh म=m र=r ल=l व=b/v स=s श=sh/s ह=h",
    "Bengali": "ক=k খ=kh গ=g জ=j/z ত=t দ=d ন=n প=p ব=b ম=m র=r ল=l স=s শ=sh/s হ=h",
    "Khmer": "ក=k ខ=kh ច=ch ត=t ន=n ប=b ព=p ម=m រ=r ល=l ស=s វ=v",
    "Thai": "ก=k ข=kh ช=ch ด=d ท=th/t น=n บ=b พ=ph/p ม=m ร=r ล=l ส=s",
    "Latin": "=b =d =f =g =k/c =l =m =n =r =s =t =v =w =ny =j",
}
VOWELS = {
    "Ethiopic": "0=e/a 1=u/ou 2=i 3=a 6=o",
    "Devanagari": "=a ा=a/aa ि=i ी=i/ee ु=u े=e ो=o",
    "Bengali": "া=a ি=i ী=i/ee ু=u ে=e ো=o",
    "Khmer": "ា=a ី=y/i ុ=o/u េ=e",
    "Thai": "า=a ี=i/ee ุ=u",
    "Latin": "=a =e =i/y =o =u/ou",
}


@dataclass(frozen=True)
class Noise:
    """How much of what is typed the second time is as it was the first: shares of the people who come again."""

    native_only: float  # of names that have a native spelling
    phone_kept: float  # of those who gave a phone; of all others six in ten give a new one
    district_kept: float


DESCRIBED = Noise(native_only=0.15, phone_kept=0.6, district_kept=0.8)
HARSHER = Noise(native_only=0.25, phone_kept=0.45, district_kept=0.75)


@dataclass(frozen=True)
class Name:
    """A name: its native spelling ("" for a name of Latin letters) and its Latin spellings."""

    native: str
    latin: tuple[str, ...]


@dataclass
class Someone:
    """A person as she is. ``names`` are given, father's and grandfather's; ``born`` is year, month, day."""

    script: str
    held_out: bool
    names: tuple[Name, Name, Name]
    sex: str
    born: tuple[int, int, int]
    district: str
    phone: str
    passport: str


def lists() -> dict[tuple[str, bool], list[Name]]:
    """Names by script and by whether they are held out."""
    found: dict[tuple[str, bool], list[Name]] = {}
    for path, held_out in ((TUNED, False), (HELD_OUT, True)):
        for script, written in tomllib.loads(path.read_text("utf-8")).items():
            if script in WEIGHTS:
                found[script, held_out] = [name(text) for text in written]
    return found


def name(text: str) -> Name:
    """A name written as "native = Latin, Latin" or "Latin, Latin"."""
    native, _, latin = text.rpartition(" = ")
    return Name(native, tuple(latin.split(", ")))


def made_up(dice: random.Random, script: str) -> Name:
    """A rare name of two or three syllables, in its script and in two Latin spellings."""
    letters = [dice.choice(CONSONANTS[script].split()).partition("=")[::2] for _ in range(3)]
    if script == "Arabic":
        native, latin = dice.choice(
            (
                ("{0}ا{1}{2}", "{0}a{1}i{2}"),
                ("{0}{1}ي{2}", "{0}a{1}i{2}"),
                ("م{0}{1}و{2}", "ma{0}{1}ou{2}"),
                ("{0}{1}{2}ة", "{0}a{1}{2}a"),
            )
        )
        return Name(
            native.format(*(letter for letter, _ in letters)),
            tuple(
                latin.format(*(said.split("/")[way % (said.count("/") + 1)] for _, said in letters)) for way in (0, 1)
            ),
        )
    vowels = [dice.choice(VOWELS[script].split()).partition("=")[::2] for _ in range(dice.choice((2, 3)))]
    pairs = list(zip(letters, vowels, strict=False))
    if script == "Ethiopic":
        native = "".join(chr(ord(letter) + int(sign)) for (letter, _), (sign, _) in pairs)
    else:
        native = "".join(letter + sign for (letter, _), (sign, _) in pairs)
    spelt = [[said.split("/") for pair in pairs for _, said in pair] for _ in (0, 1)]
    return Name(
        native, tuple("".join(ways[turn % len(ways)] for ways in one).capitalize() for turn, one in enumerate(spelt))
    )


class People:
    """Draws people and what is typed of them."""

    def __init__(self, seed: int, noise: Noise = DESCRIBED) -> None:
        self.noise = noise
        self.dice = random.Random(seed)
        self.lists = lists()
        self.districts: dict[str, list[str]] = tomllib.loads(TUNED.read_text("utf-8"))["districts"]

    def someone(self, held_out: bool | None = None) -> Someone:
        """A person; of the held-out names, of the tuned ones, or of either."""
        dice = self.dice
        script = dice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        kept = dice.random() < 0.5 if held_out is None else held_out
        names = self.lists[script, kept]
        return Someone(
            script,
            kept,
            (self._name(script, names), self._name(script, names), self._name(script, names)),
            dice.choices("FM", (62, 38))[0],
            (2026 - int(dice.triangular(18, 52, 26)), dice.randint(1, 12), dice.randint(1, 28)),
            dice.choice(self.districts[script]),
            f"+2519{dice.randrange(10**8):08d}",
            f"EP{dice.randrange(10**7):07d}",
        )

    def _name(self, script: str, listed: list[Name]) -> Name:
        return self.dice.choice(listed) if self.dice.random() < LISTED else made_up(self.dice, script)

    def registered(self, one: Someone) -> dict[str, Any]:
        """What was typed when she came first."""
        dice = self.dice
        typed: dict[str, Any] = {"sex": one.sex, "district": one.district}
        native_only = bool(one.names[0].native) and dice.random() < 0.08
        count = 3 if dice.random() < 0.6 else 2
        if not native_only:
            typed |= {
                key: dice.choice(part.latin)
                for key, part in zip(("given", "father", "grandfather"), one.names[:count], strict=False)
            }
        if native_only or (one.names[0].native and dice.random() < 0.5):
            typed["native"] = " ".join(part.native for part in one.names[:count])
        typed["phone"] = one.phone if dice.random() < 0.7 else ""
        typed["passport"] = one.passport if dice.random() < 0.15 else ""
        typed["birth"] = self._birth(one, (40, 12, 22, 20, 6))
        return typed

    def _birth(self, one: Someone, odds: tuple[int, ...]) -> dict[str, Any] | None:
        year, month, day = one.born
        match self.dice.choices(("day", "january", "year", "age", "none"), odds)[0]:
            case "day":
                return {"date": f"{year}-{month:02d}-{day:02d}"}
            case "january":
                return {"date": f"{year}-01-01"}
            case "year":
                return {"year": year}
            case "age":
                return {"age": 2026 - year - self.dice.choice((0, 0, 1)), "estimated": True}
        return None

    def returning(self, one: Someone, before: dict[str, Any]) -> dict[str, Any]:
        """What is typed when she comes again: other spellings, fewer names, another order, a guessed birth, a
        new phone."""
        dice = self.dice
        typed: dict[str, Any] = {"sex": one.sex if dice.random() < 0.99 else "FM"[one.sex == "F"]}
        count = 3 if dice.random() < 0.45 else 2
        if one.names[0].native and dice.random() < self.noise.native_only:
            typed["native"] = " ".join(part.native for part in one.names[:count])
        else:
            parts = [self._slip(dice.choice(part.latin)) for part in one.names[:count]]
            if dice.random() < 0.2:
                parts[0], parts[1] = parts[1], parts[0]
            typed |= dict(zip(("given", "father", "grandfather"), parts, strict=False))
        typed["phone"] = (
            before["phone"]
            if before["phone"] and dice.random() < self.noise.phone_kept
            else (f"+2519{dice.randrange(10**8):08d}" if dice.random() < 0.6 else "")
        )
        typed["passport"] = one.passport if dice.random() < 0.15 else ""
        typed["district"] = (
            one.district
            if dice.random() < self.noise.district_kept
            else dice.choice(["", dice.choice(self.districts[one.script])])
        )
        typed["birth"] = self._birth_again(one)
        return typed

    def _birth_again(self, one: Someone) -> dict[str, Any] | None:
        shift = self.dice.choices((0, 1, -1, -7, -8, 3), (75, 8, 7, 4, 3, 3))[0]
        if shift < -1 and one.script != "Ethiopic":
            shift = 0
        year, month, day = one.born
        again = Someone(**{**vars(one), "born": (year + shift, month, day)})
        return self._birth(again, (34, 22, 18, 18, 8))

    def _slip(self, word: str) -> str:
        """One letter in ten words is exchanged, doubled or left out."""
        if self.dice.random() > 0.08 or len(word) < 5:
            return word
        place = self.dice.randrange(1, len(word) - 1)
        slips = (
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place:][:1] + word[place:],
            word[:place] + word[place + 1 :],
        )
        return self.dice.choice(slips)
