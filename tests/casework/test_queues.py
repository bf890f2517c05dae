"""The queue of a clinic day: tickets, the order, what is left to finish, and the figures of the evening."""

from __future__ import annotations

import json
from datetime import date

from mrc_app.casework import queues
from mrc_app.casework.queues import Place, Queue, Stand

SUNDAY, NEXT_SUNDAY = date(2026, 11, 22), date(2026, 11, 29)


def three() -> Queue:
    queue = queues.join((), SUNDAY, name="  Liza   P. ", nationality="PH", language="fil")
    queue = queues.join(queue, SUNDAY)
    return queues.join(queue, SUNDAY, name="Siti", nationality="ID", language="id")


def test_tickets_count_from_one_and_the_ticket_alone_is_enough() -> None:
    assert [(one.ticket, one.name) for one in three()] == [(1, "Liza P."), (2, ""), (3, "Siti")]


def test_every_day_begins_with_one() -> None:
    assert queues.next_ticket(three(), NEXT_SUNDAY) == 1


def test_no_number_is_given_twice_when_somebody_went_away() -> None:
    queue = queues.left(three(), f"{SUNDAY}:3")
    assert queue[-1] == Place(3, SUNDAY, stand=Stand.LEFT)
    assert queues.next_ticket(queue, SUNDAY) == 4


def test_the_next_is_who_has_waited_longest() -> None:
    queue = three()
    first = queues.next_one(queue)
    assert first is not None
    queue = queues.take(queue, first.key)
    second = queues.next_one(queue)
    assert second is not None
    assert (first.ticket, second.ticket) == (1, 2)
    assert queues.next_one(()) is None


def test_whoever_sat_at_the_table_is_finished_later_when_the_next_comes() -> None:
    queue = queues.take(queues.take(three(), f"{SUNDAY}:1"), f"{SUNDAY}:2")
    assert [(one.ticket, one.stand) for one in queues.in_order(queue)] == [
        (2, Stand.NOW),
        (3, Stand.WAITING),
        (1, Stand.LATER),
    ]


def test_who_was_served_leaves_only_a_number() -> None:
    queue = queues.served(queues.later(three(), f"{SUNDAY}:1", {"call_name": "Liza", "result": "wage"}), f"{SUNDAY}:1")
    assert queue[0] == Place(1, SUNDAY, stand=Stand.DONE)
    assert "Liza" not in json.dumps(queues.as_data(queue))


def test_a_form_to_finish_is_found_under_the_name_typed_into_it() -> None:
    queue = queues.later(three(), f"{SUNDAY}:2", {"call_name": "Maria", "nationality": "PH", "language": None})
    assert (queue[1].name, queue[1].nationality, queue[1].language) == ("Maria", "PH", "")
    assert queue[1].typed["call_name"] == "Maria"


def test_another_day_keeps_only_the_forms_to_finish() -> None:
    queue = queues.served(three(), f"{SUNDAY}:3")
    queue = queues.later(queue, f"{SUNDAY}:1", {"call_name": "Liza"})
    queue = queues.join(queue, NEXT_SUNDAY)
    assert [one.key for one in queues.of_day(queue, NEXT_SUNDAY)] == ["2026-11-22:1", "2026-11-29:1"]
    assert queues.of_day(queue, SUNDAY)[:3] == queue[:3]


def test_a_form_left_open_at_the_table_is_to_finish_on_another_day() -> None:
    queue = queues.take(queues.later(three(), f"{SUNDAY}:1", {"call_name": "Liza"}), f"{SUNDAY}:1")
    (kept,) = queues.of_day(queue, NEXT_SUNDAY)
    assert (kept.ticket, kept.stand) == (1, Stand.LATER)


def test_a_queue_comes_back_from_its_draft_as_it_was() -> None:
    queue = queues.take(queues.later(three(), f"{SUNDAY}:1", {"topics": ["wages"]}), f"{SUNDAY}:2")
    assert queues.from_data(json.loads(json.dumps(queues.as_data(queue)))) == queue
    assert queues.from_data({}) == ()


def test_the_evening_counts_the_most_first_and_the_unsaid_last() -> None:
    assert list(queues.by_nationality(["", "", "", "ID", "PH", "PH"]).items()) == [("PH", 2), ("ID", 1), ("", 3)]


def test_few_of_a_nationality_are_merged_for_outside() -> None:
    assert queues.for_outside({"PH": 20, "ID": 5, "NP": 4, "TH": 2}) == {"PH": 20, "ID": 5, "": 6}


def test_a_single_small_number_takes_the_next_smallest_with_it() -> None:
    assert queues.for_outside({"PH": 22, "ID": 7, "NP": 2}) == {"PH": 22, "": 9}
    assert queues.for_outside({"PH": 5, "ID": 2}) == {"": 7}


def test_too_few_together_are_not_broken_down_at_all() -> None:
    assert queues.for_outside({"PH": 3, "": 1}) == {}
    assert queues.for_outside({}) == {}
    assert queues.for_outside({"PH": 6}) == {"PH": 6}


def test_fewer_than_five_is_said_only_of_one_to_four() -> None:
    assert [queues.too_few(n) for n in (0, 1, 4, 5)] == [False, True, True, False]


def test_two_tables_work_on_one_queue_and_nobody_is_called_twice() -> None:
    queue = queues.take(three(), f"{SUNDAY}:1", "hana")
    assert queues.take(queue, f"{SUNDAY}:1", "salma") == queue
    queue = queues.take(queue, f"{SUNDAY}:2", "salma")
    hers, others = queues.at_table(queue, "hana"), queues.at_table(queue, "salma")
    assert hers is not None and others is not None
    assert (hers.ticket, others.ticket) == (1, 2)
    queue = queues.take(queue, f"{SUNDAY}:3", "hana")
    assert [(one.ticket, one.stand, one.officer) for one in queues.in_order(queue)] == [
        (2, Stand.NOW, "salma"),
        (3, Stand.NOW, "hana"),
        (1, Stand.LATER, "hana"),
    ]
    assert not queues.mine(queue[0], "salma")


def test_a_form_is_unfinished_for_the_officer_who_began_it_and_for_everybody_on_another_day() -> None:
    queue = queues.later(queues.take(three(), f"{SUNDAY}:1", "hana"), f"{SUNDAY}:1", {"call_name": "Liza"})
    assert queues.unfinished(queue, "hana") and not queues.unfinished(queue, "salma")
    assert queues.unfinished(queues.of_day(queue, NEXT_SUNDAY), "salma")


def test_who_was_served_is_not_called_again() -> None:
    queue = queues.served(three(), f"{SUNDAY}:1")
    assert queues.take(queue, f"{SUNDAY}:1", "hana") == queue
