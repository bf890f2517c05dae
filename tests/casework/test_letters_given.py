"""Letters given out: what is asked first, what is warned of, and what was chosen."""

from __future__ import annotations

from itertools import product

import pytest
from sqlmodel import Session

from mrc_app.casework import consent_shares, letters_given
from mrc_app.casework.consents import Purpose
from mrc_app.casework.letters_given_words import Choice, Known, LetterKind, To
from mrc_app.errors import Invalid, MrcError
from tests.make import OFFICER, TODAY, make_client

DIGEST = "a" * 64
SAFE = {"still_under_control": "no", "has_passport": "yes", "family_safe": "yes"}
LETTER = {"kind": "agency", "to_party": "Ethio Star", "to_kind": "agency", "language": "en", "choice": "goes"}


def test_a_letter_is_kept_with_its_answers_and_its_digest(session: Session) -> None:
    client = make_client(session).uuid
    first = letters_given.keep(
        session, client=client, on=TODAY, by=OFFICER, **LETTER, **SAFE, copy_language="am", sha256=DIGEST
    )
    waits = letters_given.keep(
        session, client=client, on=TODAY, by=OFFICER, **{**LETTER, "choice": "waits"},
        still_under_control="yes", has_passport="not_known", family_safe="no",
    )  # fmt: skip
    assert letters_given.of_client(session, client) == [waits, first]
    assert letters_given.by_uuid(session, first.uuid) is first
    assert (first.kind, first.to_kind, first.choice) == (LetterKind.AGENCY, To.AGENCY, Choice.GOES)
    assert (waits.choice, waits.sha256, waits.has_passport) == (Choice.WAITS, "", Known.NOT_KNOWN)
    (left,) = consent_shares.of_client(session, client)
    assert (left.to, left.purpose, left.fields) == ("Ethio Star", Purpose.COMPLAINT, ("agency",)), "only what went"
    with pytest.raises(MrcError, match="not on this desk"):
        letters_given.by_uuid(session, "0" * 32)


def test_no_letter_leaves_before_the_three_questions(session: Session) -> None:
    client = make_client(session).uuid
    with pytest.raises(Invalid) as refused:
        letters_given.keep(session, client=client, on=TODAY, by=OFFICER, **LETTER, sha256=DIGEST, has_passport="yes")
    assert set(refused.value.problems) == {"still_under_control", "family_safe"}
    assert "Is her family safe?" in str(refused.value)


def test_a_referral_goes_to_somebody_who_helps_and_is_not_asked_about(session: Session) -> None:
    client = make_client(session).uuid
    kept = letters_given.keep(
        session, client=client, on=TODAY, by=OFFICER, kind="referral", to_party="Legal aid", to_kind="service",
        language="en", choice="goes", sha256=DIGEST,
    )  # fmt: skip
    assert kept.still_under_control is Known.NOT_ASKED
    assert [one.purpose for one in consent_shares.of_client(session, client)] == [Purpose.REFERRAL]


def test_what_is_missing_or_wrong_is_named(session: Session) -> None:
    client = make_client(session).uuid
    with pytest.raises(Invalid) as refused:
        letters_given.keep(session, client=client, on=TODAY, by=OFFICER)
    assert set(refused.value.problems) == {"kind", "choice"}
    with pytest.raises(Invalid) as refused:
        letters_given.keep(session, client=client, on=TODAY, by=OFFICER, kind="agency", choice="goes", **SAFE)
    assert set(refused.value.problems) == {"to_party", "language", "choice"}
    with pytest.raises(Invalid) as refused:
        letters_given.keep(session, client=client, on=TODAY, by=OFFICER, **LETTER, **SAFE, sha256="short")
    assert set(refused.value.problems) == {"sha256"}
    with pytest.raises(Invalid, match="mood"):
        letters_given.keep(session, client=client, on=TODAY, by=OFFICER, **LETTER, **SAFE, mood="x")
    assert letters_given.of_client(session, client) == []


def test_not_known_counts_as_danger_and_nothing_is_ever_blocked() -> None:
    for control, passport, family in product(Known, repeat=3):
        warned = {problem.message for problem in letters_given.warnings(control, passport, family)}
        assert (letters_given.UNDER_CONTROL in warned) is (control in (Known.YES, Known.NOT_KNOWN))
        assert (letters_given.NO_PASSPORT in warned) is (passport in (Known.NO, Known.NOT_KNOWN))
        assert (letters_given.FAMILY in warned) is (family in (Known.NO, Known.NOT_KNOWN))
        asked = letters_given.unanswered(control, passport, family)
        assert len(asked) == [control, passport, family].count(Known.NOT_ASKED)


def test_no_letter_goes_to_the_embassy_of_a_state_she_fears() -> None:
    stop = letters_given.may_go(To.ORIGIN_EMBASSY, fears_own_state=True)
    assert stop is not None and "embassy of her own country" in stop.message
    assert letters_given.may_go(To.ORIGIN_EMBASSY, fears_own_state=False) is None
    assert letters_given.may_go(To.EMPLOYER, fears_own_state=True) is None


def test_a_letter_that_waits_is_stopped_with_the_consent_it_would_leave_under(session: Session) -> None:
    client = make_client(session).uuid
    waits = letters_given.keep(session, client=client, on=TODAY, by=OFFICER, **{**LETTER, "choice": "waits"}, **SAFE)
    went = letters_given.keep(session, client=client, on=TODAY, by=OFFICER, **LETTER, **SAFE, sha256=DIGEST)
    assert letters_given.stop(session, client=client, purposes={Purpose.REFERRAL}) == []
    assert letters_given.stop(session, client=client, purposes={Purpose.COMPLAINT}) == [waits]
    assert (waits.choice, went.choice) == (Choice.STOPPED, Choice.GOES)
    assert letters_given.of_grievance(session, "0" * 32) == []
    with pytest.raises(Invalid) as refused:
        letters_given.keep(session, client=client, on=TODAY, by=OFFICER, **{**LETTER, "choice": "stopped"}, **SAFE)
    assert set(refused.value.problems) == {"choice"}
