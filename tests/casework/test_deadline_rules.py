"""Time limits, reckoned: months that end earlier, days never moved, the missing half asked for, none called lapsed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mrc_app.casework import deadline_rules as rules
from mrc_app.casework.deadline_rules import Clock, Reckoned, last_day, reckon, said, standing
from mrc_app.casework.deadline_words import Ask, Event, Other, Purpose, RestDay, State, Unit, days_left, written
from mrc_app.corridors import catalogue
from mrc_app.corridors.confirmations import Confirmation
from mrc_app.errors import Problem
from mrc_app.i18n import Catalog

SUNDAY = date(2026, 11, 22)
DISMISSED = date(2026, 11, 10)
HONG_KONG = Clock(14, Unit.DAYS, DISMISSED, Other.STAY)


def bare(problem: Problem, language: str = "en") -> str:
    return written(problem, language).translate(dict.fromkeys(range(0x2066, 0x206A)))


@pytest.mark.parametrize(
    ("start", "number", "unit", "last"),
    [
        (date(2026, 11, 10), 2, Unit.WEEKS, date(2026, 11, 24)),
        (date(2026, 11, 10), 14, Unit.DAYS, date(2026, 11, 24)),
        (date(2027, 1, 31), 1, Unit.MONTHS, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, Unit.MONTHS, date(2028, 2, 29)),
        (date(2026, 3, 31), 6, Unit.MONTHS, date(2026, 9, 30)),
        (date(2024, 2, 29), 1, Unit.YEARS, date(2025, 2, 28)),
        (date(2024, 2, 29), 36, Unit.MONTHS, date(2027, 2, 28)),
        (date(2026, 2, 28), 1, Unit.MONTHS, date(2026, 3, 28)),
        (date(2026, 11, 22), 0, Unit.DAYS, date(2026, 11, 22)),
    ],
)
def test_a_limit_ends_where_its_month_ends_and_is_never_moved(start: date, number: int, unit: Unit, last: date) -> None:
    assert last_day(start, number, unit) == last


def test_working_days_leave_out_only_the_rest_days_named() -> None:
    friday = date(2026, 11, 20)
    assert last_day(friday, 3, Unit.WORKING_DAYS, (RestDay.SATURDAY, RestDay.SUNDAY)) == date(2026, 11, 25)
    assert last_day(friday, 3, Unit.WORKING_DAYS, (RestDay.FRIDAY, RestDay.SATURDAY)) == date(2026, 11, 24)
    assert last_day(friday, 3, Unit.WORKING_DAYS) == date(2026, 11, 23)


def test_two_weeks_or_the_visa_asks_for_the_visa_and_says_at_the_latest() -> None:
    found = standing(HONG_KONG, SUNDAY)
    assert (found.due, found.days_left, found.at_latest, found.asks) == (date(2026, 11, 24), 2, True, (Ask.STAY,))
    assert found.state is State.RUNNING
    assert found.urgent
    sentence = bare(said(found))
    assert sentence.endswith(" at the latest: 2 days left; earlier if the visa ends earlier.")


@pytest.mark.parametrize(
    ("visa", "due"), [(date(2026, 11, 23), date(2026, 11, 23)), (date(2027, 5, 1), date(2026, 11, 24))]
)
def test_with_the_visa_the_earlier_day_counts(visa: date, due: date) -> None:
    found = standing(replace(HONG_KONG, other_on=visa), SUNDAY)
    assert (found.due, found.at_latest, found.asks) == (due, False, ())
    assert "earlier" not in bare(said(found))


def test_one_day_left_and_the_last_day_are_said_as_such() -> None:
    clock = Clock(14, Unit.DAYS, DISMISSED)
    assert "1 day left." in bare(said(standing(clock, date(2026, 11, 23))))
    last = standing(clock, date(2026, 11, 24))
    assert (last.state, last.days_left) == (State.LAST_DAY, 0)
    assert bare(said(last)).startswith("Today, ")
    assert "earlier if the visa" in bare(said(standing(HONG_KONG, date(2026, 11, 24))))


def test_a_passed_day_asks_for_a_lawyer_and_is_never_called_lapsed() -> None:
    found = standing(HONG_KONG, date(2026, 11, 25))
    assert (found.state, found.days_left, found.urgent) == (State.PASSED, -1, True)
    text = bare(said(found))
    assert "has passed; ask a lawyer" in text
    assert "lapsed" not in text


def test_what_is_not_known_has_no_countdown() -> None:
    found = standing(Clock(12, Unit.MONTHS, None), SUNDAY)
    assert (found.state, found.due, found.days_left, found.asks) == (State.UNKNOWN, None, None, (Ask.START,))
    assert "not known" in bare(said(found))
    assert not found.urgent
    assert reckon(Clock(None, None, DISMISSED)) == Reckoned(None, False, (Ask.LENGTH,))
    assert reckon(Clock(None, None, None, Other.STAY)).asks == (Ask.START, Ask.LENGTH, Ask.STAY)
    assert not reckon(Clock(None, None, None, Other.STAY)).at_latest


def test_where_only_the_visa_is_known_the_other_limit_may_still_be_earlier() -> None:
    found = standing(Clock(14, Unit.DAYS, None, Other.STAY, date(2026, 12, 20)), SUNDAY)
    assert (found.due, found.at_latest, found.asks) == (date(2026, 12, 20), True, (Ask.START,))
    assert "the other limit, not known yet" in bare(said(found))


def test_done_and_dropped_limits_count_no_days() -> None:
    assert standing(HONG_KONG, SUNDAY, done=True).state is State.DONE
    dropped = standing(HONG_KONG, SUNDAY, dropped=True)
    assert dropped.state is State.DROPPED
    assert not dropped.urgent


def test_a_last_day_on_which_offices_are_shut_is_named_and_stays() -> None:
    told = rules.falls_on(SUNDAY)
    assert told is not None
    assert "Sunday" in bare(told)
    assert rules.falls_on(date(2026, 11, 24)) is None
    assert rules.falls_on(None) is None


def test_a_hearing_after_the_last_day_is_named() -> None:
    due, hearings = date(2026, 11, 24), [date(2026, 12, 3), date(2026, 11, 24), date(2026, 11, 20)]
    assert [problem.values["hearing"] for problem in rules.hearings_after(due, hearings)] == [date(2026, 12, 3)]
    assert rules.hearings_after(None, hearings) == []


def test_a_rule_nobody_looked_at_for_a_year_is_marked() -> None:
    assert not rules.is_stale(date(2025, 11, 22), None, SUNDAY)
    assert rules.is_stale(date(2025, 11, 21), None, SUNDAY)
    assert not rules.is_stale(date(2020, 1, 1), date(2026, 11, 21), SUNDAY)
    assert rules.is_stale(None, None, SUNDAY)


def told(**over: object) -> list[str]:
    given = {"checked_on": None, "checked_by": "", "read_on": None, "typed_by": "", "today": SUNDAY, **over}
    return [bare(one) for one in rules.provenance(**given)]  # type: ignore[arg-type]


def test_a_rule_says_who_typed_and_who_checked_it() -> None:
    assert [line.split()[0] for line in told(typed_by="Meseret")] == ["Written", "Nobody"]
    assert told(checked_on=SUNDAY, checked_by="Meseret")[0].endswith("by Meseret.")
    assert "not yet confirmed" in told(read_on=SUNDAY)[0]
    assert "more than 12 months ago" in told(read_on=date(2024, 1, 1))[1]


def facts(corridor: str, key: str) -> list[rules.KnownRule]:
    found = catalogue.corridor(corridor).answer(key, None, SUNDAY).facts
    return [rule for rule in map(rules.from_fact, found) if rule is not None]


def test_a_corridors_file_gives_its_limits_with_source_and_start() -> None:
    [stay] = facts("PH-HK", rules.STAY)
    assert (stay.number, stay.unit, stay.other, stay.purpose) == (14, Unit.DAYS, Other.STAY, Purpose.LEAVE_OR_EXTEND)
    [recruiter] = facts("PH-HK", rules.TIME_LIMIT)
    assert (recruiter.event, recruiter.purpose) == (Event.NOT_STATED, Purpose.REPORT_RECRUITER)
    by_side = {rule.side.value: rule for rule in facts("ET-SA", rules.TIME_LIMIT)}
    assert (by_side["destination"].event, by_side["destination"].number) == (Event.END_OF_WORK, 12)
    assert (by_side["origin"].event, by_side["origin"].number) == (Event.WRONG, 36)
    assert by_side["origin"].legal_basis == "923/2016 Art. 73"
    assert all(rule.source and rule.read_on for rule in by_side.values())
    assert facts("NP-AE", "complaint.procedure") == []


def test_a_fact_confirmed_at_the_desk_says_when_and_by_whom() -> None:
    [fact] = catalogue.corridor("PH-HK").answer(rules.STAY, None, SUNDAY).facts
    checked = Confirmation(
        fact=fact.uuid, value="14", checked_on=SUNDAY, checked_by="Lin", recheck_on=SUNDAY + timedelta(days=180)
    )
    rule = rules.from_fact(replace(fact, source=replace(fact.source, seen="2026")), checked)
    assert rule is not None
    assert (rule.checked_on, rule.checked_by, rule.read_on) == (SUNDAY, "Lin", None)
    for wrong in ({"value": "two weeks"}, {"unit": "moons"}, {"value": True}, {"key": "wage.minimum"}):
        assert rules.from_fact(replace(fact, **wrong)) is None  # type: ignore[arg-type]


def test_a_day_named_in_a_stamp_is_that_day() -> None:
    rule = rules.fixed_day(Purpose.LEAVE_OR_EXTEND, Event.PERMIT_END, "stamp in the passport", "Lin")
    assert reckon(Clock(rule.number, rule.unit, date(2026, 12, 20))).due == date(2026, 12, 20)


def test_days_left_have_the_plural_of_the_language() -> None:
    assert [days_left(n, Catalog.load("en", "mrc_app")) for n in (1, 2)] == ["1 day left", "2 days left"]


def test_a_sentence_is_said_in_the_readers_calendar() -> None:
    assert "2019" in bare(said(standing(HONG_KONG, SUNDAY)), "am")
