"""A withdrawal stops what waits: letters, hand-overs without a receipt, files in the outbox; and at the moment of
sending whatever was withdrawn at another desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mrc_app.casework import consents, duplicates, grievances, letters_given, referral_withdrawals
from mrc_app.casework.consents import How, Purpose, Said, State
from mrc_app.casework.letters_given_words import Choice
from mrc_app.exchange import (
    desk_keys,
    destinations,
    handovers,
    handovers_sending,
    ledgers,
    outbox,
    parcel_files,
    partners,
    withdrawing,
)
from mrc_app.exchange.handovers import Sent
from mrc_app.exchange.handovers_parts import Part
from mrc_app.exchange.partners import PartnerKind
from mrc_app.exchange.withdrawing import Stopped
from mrc_app.store.centre import Store
from tests.make import TODAY, make_client, make_journey, make_store

SENTRO = desk_keys.from_seed(bytes(range(2, 34)))
SIGNED = Said(State.GIVEN, How.SIGNED, "am")
ASKED = {"still_under_control": "no", "has_passport": "yes", "family_safe": "yes"}
LETTER = {"kind": "complaint", "to_party": "House of Rami", "to_kind": "employer", "language": "en", "choice": "waits"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = make_store(tmp_path_factory.mktemp("withdrawing"))
    there = tmp_path_factory.mktemp("there")
    destinations.add(made, name="SENTRO", address=str(there))
    with made.change(by=made.officer, do="partners.trust") as session:
        partners.trust(
            session, kind=PartnerKind.CENTRE, name="SENTRO", recipient=SENTRO.recipient, by=made.officer, on=TODAY,
            fingerprint=SENTRO.fingerprint,
        )  # fmt: skip
    yield made
    made.close()


def somebody(desk: Store, *purposes: Purpose, scope: str = "") -> str:
    with desk.change(by=desk.officer, do="test") as session:
        her = make_client(session, given="Almaz")
        make_journey(session, her)
        for purpose in purposes:
            consents.ask(session, client=her.uuid, purpose=purpose, said=SIGNED, by=desk.officer, on=TODAY, scope=scope)
        return her.uuid


def sent(desk: Store, client: str, out: Path) -> outbox.Waiting:
    handovers_sending.hand_over(desk, client, to="SENTRO", parts=[Part.JOURNEY], out=out, today=TODAY)
    return outbox.queue(desk, out, "SENTRO")


def withdrawn(desk: Store, client: str, purpose: Purpose) -> Stopped:
    with desk.change(by=desk.officer, do="consents.withdraw") as session:
        done = referral_withdrawals.withdraw(session, client=client, purpose=purpose, on=TODAY, by=desk.officer)
        return withdrawing.stop(session, client, done.consents)


def test_a_hand_over_without_a_receipt_is_stopped_and_taken_out_of_the_outbox(desk: Store, tmp_path: Path) -> None:
    her, other = somebody(desk, Purpose.HAND_OVER), somebody(desk, Purpose.HAND_OVER)
    waits, stays = sent(desk, her, tmp_path / "a.mrc"), sent(desk, other, tmp_path / "b.mrc")
    done = withdrawn(desk, her, Purpose.HAND_OVER)
    assert [one.partner_name for one in done.handovers] == ["SENTRO"] and done.files == ["a.mrc"]
    assert (done.letters, done.exports) == ([], [])
    assert [one.id for one in outbox.listed(desk)] == [stays.id]
    outbox.tidy(desk)
    assert not (outbox.folder(desk.path) / waits.id).exists(), "the sealed copy is gone too"
    with desk.read() as session:
        (kept,) = handovers.sent_of(session, her)
    assert kept.state is Sent.STOPPED
    with desk.change(by=desk.officer, do="test") as session:
        handovers.note_answer(
            session, handover=kept.handover, revision=1, recipient=SENTRO.recipient, accepted=True, on=TODAY
        )
    with desk.read() as session:
        assert handovers.sent_of(session, her)[0].state is Sent.ACCEPTED, "what came to pass is kept as it is"
    assert withdrawn(desk, other, Purpose.HAND_OVER).files == ["b.mrc"]


def test_a_yes_to_one_partner_taken_back_stops_just_that_partner(desk: Store, tmp_path: Path) -> None:
    her = somebody(desk, Purpose.HAND_OVER, scope="sentro")
    sent(desk, her, tmp_path / "c.mrc")
    with desk.change(by=desk.officer, do="test") as session:
        consents.ask(
            session, client=her, purpose=Purpose.HAND_OVER, said=SIGNED, by=desk.officer, on=TODAY, scope="PLU"
        )
        plu = next(one for one in duplicates.consents_of(session, her) if one.scope == "PLU")
        done = referral_withdrawals.withdraw_one(session, plu, on=TODAY, by=desk.officer)
        assert withdrawing.stop(session, her, done.consents) == Stopped()
    assert withdrawn(desk, her, Purpose.HAND_OVER).files == ["c.mrc"]


def test_what_was_withdrawn_at_another_desk_is_refused_when_it_is_sent(desk: Store, tmp_path: Path) -> None:
    her = somebody(desk, Purpose.HAND_OVER)
    waits = sent(desk, her, tmp_path / "d.mrc")
    with desk.change(by=desk.officer, do="consents.withdraw") as session:
        (yes,) = [one for one in duplicates.consents_of(session, her) if one.purpose is Purpose.HAND_OVER]
        consents.withdraw(session, yes, on=TODAY, by=desk.officer)
    (after,) = outbox.send(desk, waits.id)
    assert after.state is outbox.State.QUEUED and "withdrew her consent" in after.trouble
    with desk.change(by=desk.officer, do="test") as session:
        consents.ask(session, client=her, purpose=Purpose.HAND_OVER, said=SIGNED, by=desk.officer, on=TODAY)
    (after,) = outbox.send(desk, waits.id)
    assert after.state is outbox.State.SENT, "she agreed again"


def test_a_named_export_she_stands_in_is_listed_and_taken_out(desk: Store, tmp_path: Path) -> None:
    her = somebody(desk, Purpose.MINISTRY, Purpose.STATISTICS)
    file = tmp_path / "link.zip.age"
    file.write_bytes(outbox.SEALED + b"x" * 99)
    with desk.change(by=desk.officer, do="test") as session:
        ledgers.note_left(
            session, client=her, parcel="p", parts={"ministry-link": 1}, to="BOLSA", recipient="age1bolsa",
            by=desk.officer, at="2026-11-20T09:00:00Z", sha256=parcel_files.digest_of(file),
        )  # fmt: skip
    outbox.queue(desk, file, "SENTRO")
    assert withdrawn(desk, her, Purpose.STATISTICS) == Stopped(), "the linkage keys do not leave under this one"
    (waits,) = (one for one in outbox.listed(desk) if one.name == file.name)
    done = withdrawn(desk, her, Purpose.MINISTRY)
    assert [(one.to, one.part) for one in done.exports] == [("BOLSA", "ministry-link")]
    assert done.files == [file.name] and waits.id not in {one.id for one in outbox.listed(desk)}
    again = outbox.queue(desk, file, "SENTRO")
    (after,) = outbox.send(desk, again.id)
    assert "withdrew her consent" in after.trouble
    outbox.drop(desk, again.id)


def test_letters_that_wait_are_stopped_case_by_case_and_all_of_them_with_the_record(desk: Store) -> None:
    her = somebody(desk, Purpose.RECORD)
    with desk.change(by=desk.officer, do="test") as session:
        cases = [
            grievances.lodge(
                session, desk_code="BD1", by=desk.officer, on=TODAY, people=[her], categories=["E1"],
                step="destination", country="LB",
            ).uuid
            for _number in range(2)
        ]  # fmt: skip
        for case in cases:
            consents.ask(
                session, client=her, purpose=Purpose.COMPLAINT, said=SIGNED, by=desk.officer, on=TODAY, scope=case
            )
            letters_given.keep(session, client=her, grievance=case, on=TODAY, by=desk.officer, **LETTER, **ASKED)
        first = next(one for one in duplicates.consents_of(session, her) if one.scope == cases[0])
        done = referral_withdrawals.withdraw_one(session, first, on=TODAY, by=desk.officer)
        stopped = withdrawing.stop(session, her, done.consents)
        assert [one.grievance for one in stopped.letters] == [cases[0]]
    assert [one.choice for one in withdrawn(desk, her, Purpose.RECORD).letters] == [Choice.STOPPED]
