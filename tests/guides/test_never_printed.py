"""What may endanger the carrier is in no word, no title, no file name and no byte of a book."""

from __future__ import annotations

import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mrc_app.casework import client_words as w
from mrc_app.casework.clients import Client
from mrc_app.casework.journeys import Journey
from mrc_app.errors import MrcError
from mrc_app.guides import never_printed
from mrc_app.guides.making import in_words, make
from mrc_app.guides.records import facts_of
from mrc_app.guides.text_model import Edition, plain
from tests.guides.asking import CENTRE, HELPER, TODAY, copied, request, tigist

PRIVATE = [
    "number",
    "father",
    "grandfather",
    "native",
    "other_names",
    "phone",
    "phone_typed",
    "phone_whose",
    "who_may_answer",
    "safe_hours",
    "cover_text",
    "origin_admin1",
    "district",
    "place",
    "location_place",
    "occupation",
    "occupation_abroad",
    "id_last4",
    "passport",
    "union_name",
    "emergency_name",
    "emergency_phone",
    "emergency_relation",
    "note",
    "registered_by",
]
JOURNEY_PRIVATE = ("agency", "address", "airport", "note")


def sentinel(field: str) -> str:
    """A word found nowhere else."""
    return f"Zqx{field.replace('_', '').title()}7731"


def filled(**over: Any) -> tuple[Client, Journey]:
    """A client and her journey with every private field holding a sentinel."""
    secrets = {field: sentinel(field) for field in PRIVATE}
    client = Client(
        call_name="Tigist",
        sex=w.Sex.FEMALE,
        status=w.Status.IRREGULAR,
        fears_own_state=w.Answer.YES,
        union_member=w.Answer.YES,
        registered_on=TODAY,
        **{**secrets, **over},
    )
    journey = Journey(
        client=client.uuid,
        origin="ET",
        destination="SA",
        stage_on=TODAY,
        employer="Household Al-Harbi",
        **{field: sentinel(f"journey{field}") for field in JOURNEY_PRIVATE},
    )
    return client, journey


def every_stream(pdf: bytes) -> bytes:
    """The file's bytes, and those of every stream in it, opened."""
    found = [pdf]
    for part in pdf.split(b"stream")[1:]:
        try:
            found.append(zlib.decompressobj().decompress(part.lstrip(b"\r\n")))
        except zlib.error:
            continue
    return b"\n".join(found)


BESIDE = {"paper": "a4", "beside": "fr"}


def nothing_private(pdf: bytes, folder: Path) -> None:
    """No private field of hers stands in the pages or in any stream of the file."""
    opened = every_stream(pdf)
    text = copied(pdf, folder)
    for field in (*PRIVATE, *(f"journey{name}" for name in JOURNEY_PRIVATE)):
        secret = sentinel(field)
        for written in (secret.encode(), secret.encode("utf-16-be"), secret.encode("utf-16-be").hex().upper().encode()):
            assert written not in opened, field
        assert secret not in text, field


@pytest.mark.parametrize("edition", list(Edition))
@pytest.mark.parametrize("paper", ["a6", "one-sheet"])
def test_no_private_field_is_in_the_pages_or_the_bytes(edition: Edition, paper: str, tmp_path: Path) -> None:
    client, journey = filled()
    person = facts_of(client, journey, today=TODAY)
    guide = make(
        request(person=person, edition=edition, paper=paper, centre=CENTRE, services=(HELPER,), sentences=True)
    )
    assert "Tigist" in copied(guide.pdf, tmp_path)
    nothing_private(guide.pdf, tmp_path)
    assert guide.file_name.startswith(("notes-", "notebook-")) and "Tigist" not in guide.file_name


@pytest.mark.parametrize(
    "over", [{"paper": "card"}, *(pytest.param(one, marks=pytest.mark.long) for one in ({"paper": "script"}, BESIDE))]
)
def test_no_private_field_is_in_another_form_of_the_guide(over: dict[str, str], tmp_path: Path) -> None:
    client, journey = filled()
    person = facts_of(client, journey, today=TODAY)
    nothing_private(make(request(person=person, centre=CENTRE, services=(HELPER,), **over)).pdf, tmp_path)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from(PRIVATE), st.text("abcdefgWXYZ0123456789", min_size=12, max_size=30), min_size=1),
    st.sampled_from(list(Edition)),
)
def test_whatever_stands_in_her_private_fields_it_is_not_in_the_words(
    secrets: dict[str, str], edition: Edition
) -> None:
    client, journey = filled(**secrets)
    person = facts_of(client, journey, today=TODAY)
    text = plain(in_words(request(person=person, edition=edition, services=(HELPER,)))[1])
    assert not [field for field, secret in secrets.items() if secret in text]


def test_a_book_that_would_carry_something_private_is_not_made() -> None:
    leaking = tigist(meeting_person="EP1234567", private={"N7": ("EP1234567",)})
    shown = never_printed.shown_values(leaking)
    assert "EP1234567" in shown  # what she wants printed is taken out before looking …
    leaking = tigist(pay_day="", private={"N7": ("EP 123-4567",), "N4": ("BD1-2026-7-3",)})
    text = "My passport is EP1234567."
    found = never_printed.breaches(text, "My notebook", "notes-en-a6.pdf", leaking.private)
    assert [breach.rule for breach in found] == ["N7"]
    with pytest.raises(MrcError, match="N7"):
        never_printed.refuse(found)


def test_the_last_four_of_a_paper_are_looked_for_alone() -> None:
    private = {"N7": ("7731",)}
    assert never_printed.breaches("My paper ends in 7731.", "My notebook", "notes.pdf", private)
    assert never_printed.breaches("Call 9977312.", "My notebook", "notes.pdf", private) == []


def test_every_private_field_of_a_client_is_looked_for() -> None:
    looked_for = [secret for secrets in facts_of(*filled(), today=TODAY).private.values() for secret in secrets]
    not_looked_for = {"safe_hours", "occupation", "occupation_abroad", "registered_by"}
    assert {field for field in PRIVATE if sentinel(field) not in looked_for} == not_looked_for


def test_a_private_word_that_stands_in_everybodys_book_is_no_breach() -> None:
    private = {"N10": ("Bahir Dar",)}
    common = "We could not check this. Ask MIC Bahir Dar."
    assert never_printed.breaches(common, "My notebook", "notes.pdf", private, common) == []
    assert never_printed.breaches("She lives in Bahir Dar.", "My notebook", "notes.pdf", private)


@pytest.mark.parametrize("word", ["runaway", "forced labour", "Victim", "trafficking", "ILLEGAL", "abus", "اتجار"])
def test_a_title_or_a_file_name_that_labels_somebody_is_refused(word: str) -> None:
    assert never_printed.breaches("", f"Guide {word}", "x.pdf", {})
    assert never_printed.breaches("", "My notebook", f"{word}.pdf", {})


@pytest.mark.parametrize("language", ["en", "fr", "ar", "am"])
def test_titles_and_file_names_are_neutral_in_every_language(language: str) -> None:
    for edition in Edition:
        guide_request = request(language, edition=edition)
        model = in_words(guide_request)[1]
        assert never_printed.breaches("", model.title, "notes.pdf", {}) == []


def test_the_address_of_a_shelter_is_nowhere_and_only_the_last_four_of_a_number() -> None:
    from mrc_app.guides.values import Service

    shelter = Service("House of rest", "+966 11 555 0123", "destination", roles=frozenset({"shelter"}))
    assert not hasattr(shelter, "address")
    text = plain(in_words(request(person=tigist(policy_last4="998877665544"), services=(shelter,)))[1])
    assert "My policy: …5544." in text
    assert "99887766" not in text


def test_a_scanned_contact_holds_a_neutral_name_and_a_number_and_nothing_else() -> None:
    from mrc_app.guides.contacts import scannable, vcard

    assert vcard("+251 58 220 0000").split("\r\n")[2:5] == ["N:;M. Info;;;", "FN:M. Info", "TEL:+251582200000"]
    assert "http" not in vcard("1")
    of, _model = in_words(request(centre=CENTRE, person=tigist()))
    assert len(scannable(of)) == 1
    never_checked, _model = in_words(request(centre=type(CENTRE)("MIC", "+251 58 220 0000")))
    assert scannable(never_checked) == []
    long_ago, _model = in_words(request(centre=type(CENTRE)("MIC", "+251 58 220 0000", date(2026, 1, 1))))
    assert scannable(long_ago) == []


def test_the_status_the_fear_and_the_union_of_a_person_change_no_word_that_shows_them() -> None:
    client, journey = filled()
    hidden = facts_of(client, journey, today=TODAY)
    assert (hidden.irregular, hidden.fears_own_state) == (True, True)
    text = plain(in_words(request(person=hidden, services=(HELPER,)))[1]).casefold()
    for word in ("irregular", "asylum", "undocumented", "fears", sentinel("union_name").casefold()):
        assert word not in text
