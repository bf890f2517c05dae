"""What follows a count: a mean goes with its number, and neither can be worked out from the others."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from mrc_app.figures import releasing_merges
from mrc_app.figures.indicators_figures import Counted, Spread, rounded
from mrc_app.figures.releasing import Earlier, Released, released
from mrc_app.figures.releasing_stands import QUARTILES, Stands
from mrc_app.figures.report_words import ReportWords
from mrc_app.figures.tables import parts_of

DAYS = (date(2026, 7, 1), date(2026, 9, 30))


def spread(by: str, member: str, n: int, mean: int = 2, over: int = 5) -> Spread:
    value = Fraction(mean)
    return Spread(by, member, n, value, value, value, value, over)


def told(made: Released) -> dict[tuple[str, str], int | None]:
    return {(one.by, one.member): None if one.hidden else one.n for one in made.spreads}


def document(made: Released) -> dict[str, Any]:
    spreads = [
        {"by": one.by, "member": one.member, "n": one.n, "over_one": one.over_one, "hidden": one.hidden}
        | {name: rounded(getattr(one, name), 2) for name in QUARTILES}
        for one in made.spreads
    ]
    return {"tables": [], "figures": [], "spreads": spreads, "withheld": {}}


def test_the_mean_of_three_men_is_not_worked_out_from_the_women_and_all() -> None:
    spreads = (spread("", "", 63), spread("sex", "female", 40), spread("sex", "male", 3), spread("sex", "other", 20))
    made = told(released(Counted((), (), spreads), 5))
    assert made["sex", "male"] is None
    assert [made["", ""], made["sex", "female"], made["sex", "other"]].count(None) >= 1
    assert told(released(Counted((), (), (spread("", "", 4),)), 5)) == {("", ""): None}


def test_a_distribution_that_one_person_corrected_stands_as_it_was() -> None:
    first = released(Counted((), (), (spread("", "", 20),)), 5, DAYS)
    assert first.issue is not None
    before = Earlier(((first.issue,),), Stands.read(document(first)))
    one_more = released(Counted((), (), (spread("", "", 21, mean=3),)), 5, DAYS, before)
    assert told(one_more) == {("", ""): 20} and rounded(one_more.spreads[0].mean, 2) == "2.00"
    other_mean = released(Counted((), (), (spread("", "", 20, mean=3),)), 5, DAYS, before)
    assert rounded(other_mean.spreads[0].mean, 2) == "2.00"
    many = released(Counted((), (), (spread("", "", 30, mean=3),)), 5, DAYS, before)
    assert told(many) == {("", ""): 30} and rounded(many.spreads[0].mean, 2) == "3.00"
    quarter_and_two = released(
        Counted((), (), (spread("", "", 22),)), 5, (DAYS[0], date(2026, 12, 31)), Earlier(((first.issue,),))
    )
    assert told(quarter_and_two) == {("", ""): None}


def test_a_band_that_ends_with_a_plus_is_one_member_and_can_be_merged() -> None:
    words = ReportWords.load("en")
    assert words.member("age", "50+") == "50 and over"
    assert words.member("age", "35-49+50+") == "35–49 / 50 and over"
    assert parts_of("50+") == ("50+",) and parts_of("50++not_stated") == ("50+", "not_stated")
    assert releasing_merges.read("A2.age=35-49+50+").members == ("35-49", "50+")
