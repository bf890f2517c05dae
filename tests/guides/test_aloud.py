"""What is said aloud, copied by hand, and asked before printing."""

from __future__ import annotations

from mrc_app.casework import client_words as w
from mrc_app.casework.clients import Client
from mrc_app.casework.journeys import Journey
from mrc_app.guides import by_hand, script
from mrc_app.guides.conditions import Circumstances, read_first
from mrc_app.guides.making import in_words, particulars
from mrc_app.guides.readiness import before_printing
from mrc_app.guides.text_model import Edition
from mrc_app.guides.words import Words
from tests.guides.asking import CENTRE, HELPER, TODAY, moussa, request, tigist


def test_the_ten_lines_come_in_their_order() -> None:
    of = particulars(request(person=moussa(), corridor="SN-MR", services=(HELPER,), centre=CENTRE))
    found = by_hand.ten_lines(of)
    assert [reminder.said[0].id for reminder in found] == [
        "D16.10", "D3.4", "D2.2", "D6.12", "D4.1", "D7.3", "D10.2", "D14.5", "D11.1", "D8.3",
    ]  # fmt: skip
    assert [said.id for said in found[7].said] == ["D14.5", "D14.8"]
    assert not any(reminder.aloud for reminder in found)


def test_the_ninth_line_is_said_and_not_written_where_writing_would_betray_her() -> None:
    of = particulars(request(person=tigist(irregular=True), services=(HELPER,)))
    ninth = next(reminder for reminder in by_hand.ten_lines(of) if reminder.number == 9)
    assert ninth.aloud and ninth.said[0].id == "D17.5"
    copied = by_hand.copy_by_hand(of)
    assert "immigration" not in copied
    assert by_hand.ninth(Circumstances(outdoor=False, woman=True)) == (("D11.12",), True)
    assert by_hand.ninth(Circumstances(outdoor=True)) == (("D11.1",), False)


def test_the_lines_to_copy_by_hand_are_plain_text() -> None:
    text = by_hand.copy_by_hand(particulars(request(person=moussa(), corridor="SN-MR", centre=CENTRE)))
    assert text.startswith("Ten things to remember\n\n1. Learn one number by heart:")
    assert len([row for row in text.splitlines() if row[:1].isdigit()]) == 10


def test_in_the_discreet_edition_the_hidden_sections_are_only_said() -> None:
    text = by_hand.copy_by_hand(particulars(request(edition=Edition.DISCREET, person=moussa())))
    assert "72 hours" not in text


def test_the_script_has_fourteen_steps_and_says_what_to_read_first() -> None:
    of, model = in_words(request("fr", "SN-MR", person=moussa(fears_own_state=True)))
    text = script.read_aloud(model, of, Words.load("en"), "Awa")
    assert "14. Thumb or signature" in text
    assert "explained to me in French by \u2068Awa\u2069" in text.replace("\u2068French\u2069", "French")
    assert "   – D16 " in text
    steps = script.steps(model, of, Words.load("en"))
    assert [step.id for step in steps] == [f"S{number}" for number in range(1, 15)]
    dangers = next(step for step in steps if step.id == "S11")
    assert [said.id for said in dangers.lines[:5]] == ["Z1", "Z2", "Z3", "Z4", "Z5"]


def test_what_is_read_first_depends_on_the_person() -> None:
    assert read_first(Circumstances(fears_own_state=True))[0] == "D16"
    assert read_first(Circumstances(irregular=True))[0] == "D17"
    assert read_first(Circumstances(woman=True))[0] == "D14"
    assert read_first(Circumstances(outdoor=True))[0] == "D11"
    assert all(len(read_first(known)) == 5 for known in (Circumstances(), Circumstances(woman=True, outdoor=True)))


def test_before_printing_names_what_is_missing_and_asks_whether_it_is_safe() -> None:
    client = Client(call_name="Tigist", number="BD1-2026-1-9", registered_on=TODAY, registered_by="x", sex=w.Sex.FEMALE)
    journey = Journey(client=client.uuid, origin="ET", destination="SA", stage_on=TODAY, town="Riyadh")
    ready = before_printing(client, journey, request())
    assert "employer" in ready.missing and "town" not in ready.missing
    assert set(ready.questions) == {"safe_to_carry", "phone_private"}
    assert ready.read_first[0] == "D14"
    assert ready.lines > 150 and ready.untranslated == 0
    assert not ready.complete
    client.phone_private = w.Answer.YES
    assert set(before_printing(client, journey, request()).questions) == {"safe_to_carry"}
