"""Whether two registrations may be one person: the chance, and what speaks for it in words.

The chance is a weighing of evidence: how often one person's two registrations agree like this, against how many
strangers in this very file would agree as well. So a common name needs more beside it than a rare one. The
weights stand in
resources/names/evidence.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from mrc_app.casework.client_births import Birth
from mrc_app.casework.client_keys import Person, first_of_january
from mrc_app.casework.client_sounds import Unit, alike, units
from mrc_app.errors import Problem
from mrc_app.i18n import N_
from mrc_app.places import RESOURCES

# -- Words

SAME_NAME = N_("same name")
ALIKE = N_("the name sounds alike")
ONE_WORD = N_("one name agrees")
SWAPPED = N_("father's and given name are in the other order")
NATIVE = N_("the name in another script sounds alike")
SAME_DAY = N_("same day of birth")
FIRST_OF_JANUARY = N_("same year of birth; 1 January is often a guess")
EXCHANGED = N_("day and month of birth exchanged")
SAME_YEAR = N_("same year of birth")
YEAR_APART = N_("birth one year apart")
FEW_YEARS = N_("births {years} years apart")
ETHIOPIAN = N_("births {years} years apart: perhaps an Ethiopian year kept as a Gregorian one")
SAME_PHONE = N_("same phone")
SAME_PASSPORT = N_("same passport")
SAME_DISTRICT = N_("same district")
OTHER_SEX = N_("but the other sex")
OTHER_BIRTH = N_("but births {years} years apart")
OTHER_PASSPORT = N_("but another passport")

# -- Record


@dataclass(frozen=True)
class Agreement:
    """How two names agree. ``words`` are the places of the asked line that agree, with how alike; ``missing`` further
    words on both sides that do not."""

    line: int
    words: tuple[tuple[int, float], ...]
    missing: int
    swapped: bool
    native: bool


@dataclass(frozen=True)
class Weighed:
    """The chance (0 to 1) that two registrations are one person, and the reasons."""

    score: float
    reasons: tuple[Problem, ...]


# -- Rules

LATIN = 0x24F  # the last Latin letter of the great table
NEARLY, SURE = 0.4, 0.5  # from where two words are nearly, or certainly, of one sound


@lru_cache(maxsize=1)
def weights() -> dict[str, Any]:
    """The weights of this program."""
    return tomllib.loads((RESOURCES / "names" / "evidence.toml").read_text("utf-8"))


Others = Callable[[int, tuple[int, ...]], int]


def weigh(asked: Person, known: Person, others: Others) -> Weighed:
    """Weighs two registrations. ``others(line, units)`` is how many people of the file share these words of a name."""
    found = [(*_name(agreement, others), agreement) for agreement in agreements(asked, known)]
    weight, said = max(((weight, said) for weight, said, _ in found), default=(0.0, []), key=lambda one: one[0])
    weight = weight or float(weights()["no_word"])
    odds = float(weights()["prior"]) * weight
    for more, reason in (birth(asked.birth, known.birth), *_others(asked, known)):
        odds *= more
        said = [*said, *([reason] if reason else [])]
    return Weighed(odds / (1 + odds), tuple(said))


def agreements(asked: Person, known: Person) -> list[Agreement]:
    """How each line of names agrees with each line of the other, where any word does."""
    found = []
    for number, line in enumerate(asked.lines):
        mine = units(*line)
        same = [theirs for theirs in known.lines if _script(theirs) == _script(line)]
        for other in same or known.lines:
            agreement = _agree(number, mine, units(*other))
            if agreement.words:
                found.append(agreement)
    return found


def _script(line: tuple[str, ...]) -> int:
    """A number that is the same for letters of one script: where the first letter stands in the great table."""
    return ord(line[0][0]) >> 7 if ord(line[0][0]) > LATIN else 0


def _agree(line: int, mine: tuple[Unit, ...], theirs: tuple[Unit, ...]) -> Agreement:
    found = [(alike(a.heard, b.heard), i, j) for i, a in enumerate(mine) for j, b in enumerate(theirs)]
    ranked = sorted((-sim, len(mine[i].places | theirs[j].places), i, j) for sim, i, j in found if sim >= NEARLY)
    used: frozenset[int] = frozenset()
    taken: frozenset[int] = frozenset()
    words: list[tuple[int, float]] = []
    order: list[tuple[int, int]] = []
    for less, _, i, j in ranked:
        if not (used & mine[i].places or taken & theirs[j].places):
            used, taken = used | mine[i].places, taken | theirs[j].places
            words.append((i, -less))
            order.append((min(mine[i].places), min(theirs[j].places)))
    left = min(len(_places(mine) - used), len(_places(theirs) - taken))
    order.sort()
    swapped = any(before[1] > after[1] for before, after in pairwise(order))
    scripts = {unit.heard.whole for unit in (*mine, *theirs)}
    return Agreement(line, tuple(sorted(words)), left, swapped, len(scripts) > 1)


def _places(line: tuple[Unit, ...]) -> frozenset[int]:
    return frozenset(place for unit in line for place in unit.places)


def _name(agreement: Agreement, others: Others) -> tuple[float, list[Problem]]:
    """What the names say, and how to say it."""
    table = weights()
    sure = tuple(unit for unit, sim in agreement.words if sim >= SURE)
    near = len(agreement.words) - len(sure)
    expected = _expected(agreement.line, sure, others)
    weight = float(table["words"][min(len(sure), 3)])
    for _unit, sim in agreement.words:
        weight *= _sureness(sim) if sim >= SURE else table["nearly"] / table["nearly_word"]
    weight *= table["missing_word"] ** agreement.missing * (table["swapped"] if agreement.swapped else 1.0)
    weight *= table["other_script"] if agreement.native else 1.0
    if len(agreement.words) == 1:
        message = ONE_WORD
        weight *= table["family"] if agreement.missing else 1.0
    elif agreement.native:
        message = NATIVE
    else:
        message = SAME_NAME if not near and all(sim == 1.0 for _, sim in agreement.words) else ALIKE
    return weight / expected ** table["rarity"], [Problem(message), *([Problem(SWAPPED)] if agreement.swapped else [])]


def _expected(line: int, words: tuple[int, ...], others: Others) -> float:
    """How many strangers of the file to expect with these words; fewer than one where one of the words is rare."""
    table = weights()
    if not words:
        return float(table["one_word"])
    rarest = max(1, min(others(line, (word,)) for word in words))
    return float(max(others(line, words) - 1, 0) + table["fewest"] * min(1.0, rarest / table["no_longer_rare"]))


def _sureness(sim: float) -> float:
    """What a word of one skeleton says: more when spelt alike, next to nothing when only the consonants agree."""
    table = weights()
    if sim == 1.0:
        return float(table["same_spelling"])
    return float(max(table["consonants"], min(1.0, (sim - 0.65) / 0.25)) ** table["vowels"])


def birth(one: Birth | None, two: Birth | None) -> tuple[float, Problem | None]:
    """What two births say."""
    if one is None or two is None:
        return 1.0, None
    table = weights()["birth"]
    apart = max(one.first.year - two.last.year, two.first.year - one.last.year, 0)
    exact = one.first == one.last and two.first == two.last
    guess = first_of_january(one) or first_of_january(two)
    if exact and one.first == two.first:
        return (
            (table["same_first_of_january"], Problem(FIRST_OF_JANUARY))
            if guess
            else (table["same_day"], Problem(SAME_DAY))
        )
    if exact and apart == 0 and (one.first.month, one.first.day) == (two.first.day, two.first.month):
        return table["day_and_month_exchanged"], Problem(EXCHANGED)
    if apart == 0:
        weight = table["same_year_other_day"] if exact and not guess else table["same_year"]
        return weight, Problem(FIRST_OF_JANUARY if guess else SAME_YEAR)
    return _apart(apart, one.estimated or two.estimated)


def _apart(years: int, estimated: bool) -> tuple[float, Problem]:
    table = weights()["birth"]
    if years == 1:
        return table["year_apart"], Problem(YEAR_APART)
    if years in (7, 8):
        return table["ethiopian_year"], Problem(ETHIOPIAN, {"years": years})
    if years <= 3:
        return table["few_years_apart"], Problem(FEW_YEARS, {"years": years})
    weight = table["estimates_apart"] if estimated and years <= 6 else table["far_apart"]
    return weight, Problem(OTHER_BIRTH, {"years": years})


def _others(asked: Person, known: Person) -> list[tuple[float, Problem | None]]:
    table = weights()["other"]
    found: list[tuple[float, Problem | None]] = []
    for mine, theirs, name, same, other in (
        (asked.phone, known.phone, "phone", SAME_PHONE, None),
        (asked.passport, known.passport, "passport", SAME_PASSPORT, OTHER_PASSPORT),
        (asked.district, known.district, "district", SAME_DISTRICT, None),
        (_stated(asked.sex), _stated(known.sex), "sex", None, OTHER_SEX),
    ):
        if mine and theirs:
            message = same if mine == theirs else other
            weight = table[f"same_{name}" if mine == theirs else f"other_{name}"]
            found.append((weight, Problem(message) if message else None))
    return found


def _stated(sex: str) -> str:
    return sex if sex in ("female", "male") else ""
