"""One key pair a desk: stock programs read it, the fingerprint is compared, a revoked key stays revoked."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from mrc_app.errors import CannotRead, Invalid, MrcError
from mrc_app.exchange import desk_keys, key_text, minisigs, partners
from mrc_app.exchange.partners import PartnerKind
from tests.make import TODAY, make_store


def program(name: str) -> str:
    """A stock program's path; the test is skipped where it is not installed."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"the program {name} is not installed here")
    return found


def test_the_recipient_follows_from_the_signing_key_and_back(tmp_path: Path) -> None:
    import pyrage

    made = desk_keys.write_identity_file(tmp_path / "id.txt", "2026-11-22")
    assert str(pyrage.x25519.Identity.from_str(made.identity).to_public()) == made.recipient
    assert desk_keys.recipient_of(made.verify_key) == made.recipient
    assert desk_keys.from_identity_file(tmp_path / "id.txt") == made
    assert desk_keys.signed_by(made.verify_key, b"said", made.sign(b"said"))
    assert not desk_keys.signed_by(made.verify_key, b"sad", made.sign(b"said"))
    assert made.private.hex() not in repr(made)
    with pytest.raises(MrcError):
        desk_keys.write_identity_file(tmp_path / "id.txt", "2026-11-22")


def test_a_desk_has_one_key_pair_and_it_lasts(tmp_path: Path) -> None:
    desk = make_store(tmp_path)
    assert desk_keys.own(desk).recipient == desk_keys.own(desk).recipient
    desk.close()


def test_a_stock_identity_reads_and_does_not_sign(tmp_path: Path) -> None:
    import pyrage

    stock = pyrage.x25519.Identity.generate()
    (tmp_path / "age.txt").write_text(f"# created: today\n# public key: x\n{stock}\n")
    found = desk_keys.from_identity_file(tmp_path / "age.txt")
    assert (found.identity, found.recipient) == (str(stock), str(stock.to_public()))
    with pytest.raises(MrcError):
        found.sign(b"said")
    (tmp_path / "none.txt").write_text("nothing")
    with pytest.raises(CannotRead):
        desk_keys.from_identity_file(tmp_path / "none.txt")


def test_a_key_is_refused_when_a_letter_is_wrong() -> None:
    key = desk_keys.from_seed(bytes(32)).recipient
    assert key_text.public_of(key.upper()) is not None
    for wrong in (key[:-1] + ("q" if key[-1] != "q" else "p"), key[:-1], key.swapcase()[:9] + key[9:], "age1", "", "é"):
        assert key_text.public_of(wrong) is None


def test_the_fingerprint_is_thirty_digits_and_six_words() -> None:
    made = desk_keys.from_seed(bytes(32))
    assert [len(group) for group in made.fingerprint.split()] == [5] * 6
    assert made.fingerprint.replace(" ", "").isascii() and made.fingerprint.replace(" ", "").isdigit()
    assert [len(word) for word in made.words.split()] == [5] * 6
    assert desk_keys.from_seed(b"1" * 32).fingerprint != made.fingerprint


def test_a_signature_is_refused_when_file_comment_or_key_differ(tmp_path: Path) -> None:
    made, file = desk_keys.from_seed(bytes(32)), tmp_path / "parcel"
    file.write_bytes(b"hello" * 1000)
    made.minisign(file, "parcel 14")
    assert minisigs.verify(file, made.verify_key) == "parcel 14"
    with pytest.raises(CannotRead):
        minisigs.verify(file, desk_keys.from_seed(b"1" * 32).verify_key)
    beside = minisigs.beside(file)
    for text in (beside.read_text().replace("14", "15"), "", "\n\n\n\n"):
        beside.write_text(text)
        with pytest.raises(CannotRead):
            minisigs.verify(file, made.verify_key)
    made.minisign(file)
    file.write_bytes(b"hellO" * 1000)
    with pytest.raises(CannotRead):
        minisigs.verify(file, made.verify_key)


def test_the_minisign_program_accepts_our_signature(tmp_path: Path) -> None:
    minisign = program("minisign")
    made, file = desk_keys.from_seed(bytes(32)), tmp_path / "parcel"
    file.write_bytes(b"hello")
    made.minisign(file, "parcel 14")
    (tmp_path / "key.pub").write_text(made.minisign_public)
    asked = [minisign, "-V", "-p", str(tmp_path / "key.pub"), "-m", str(file)]
    assert "parcel 14" in subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    file.write_bytes(b"hellO")
    assert subprocess.run(asked, capture_output=True, check=False).returncode != 0


def test_a_partner_is_trusted_by_its_digits_and_found_by_key_digits_or_name(tmp_path: Path) -> None:
    desk, key = make_store(tmp_path), desk_keys.from_seed(b"2" * 32)
    told = {"kind": PartnerKind.CENTRE, "name": "SENTRO", "recipient": key.recipient, "by": desk.officer, "on": TODAY}
    with desk.change(by=desk.officer, do="partners.trust") as session:
        with pytest.raises(Invalid) as refused:
            partners.trust(session, **told, fingerprint="00000 00000 00000 00000 00000 00000")
        assert list(refused.value.problems) == ["fingerprint"]
        with pytest.raises(Invalid):
            partners.trust(session, **{**told, "recipient": "age1nonsense"})
        with pytest.raises(Invalid):
            partners.trust(session, **{**told, "name": " "})
        made = partners.trust(session, **told, fingerprint=key.fingerprint.replace(" ", "-"))
        assert (made.compared, made.fingerprint, made.words) == (True, key.fingerprint, key.words)
        again = partners.trust(session, **told)
        assert again.compared and again.uuid == made.uuid
    with desk.read() as session:
        for text in (key.recipient, key.fingerprint, "sentro"):
            assert partners.by_key(session, text).recipient == key.recipient
        assert partners.by_recipient(session, key.recipient) is not None
        assert partners.by_recipient(session, None) is None
        with pytest.raises(Invalid):
            partners.by_key(session, "sentro", PartnerKind.MINISTRY)
        with pytest.raises(Invalid):
            partners.by_key(session, "nobody")
    desk.close()


def test_a_revoked_key_is_no_partner_any_more_and_two_of_one_name_are_asked_for(tmp_path: Path) -> None:
    desk = make_store(tmp_path)
    with desk.change(by=desk.officer, do="partners.trust") as session:
        for seed in (b"2", b"3"):
            key = desk_keys.from_seed(seed * 32).recipient
            partners.trust(session, kind=PartnerKind.DESK, name="Desk 2", recipient=key, by=desk.officer, on=TODAY)
        with pytest.raises(Invalid):
            partners.by_key(session, "desk 2")
        first, second = partners.partners(session, PartnerKind.DESK)
        partners.seat(session, second, officers=[desk.officer])
        partners.revoke(session, first, by=desk.officer, on=TODAY)
    with desk.change(by=desk.officer, do="partners.trust") as session:
        assert partners.by_key(session, "desk 2").officers == [desk.officer]
        assert [one.uuid for one in partners.partners(session)] == [second.uuid]
        assert partners.by_recipient(session, first.recipient) is None
        with pytest.raises(Invalid):
            partners.by_key(session, first.recipient)
        with pytest.raises(Invalid):
            partners.trust(
                session, kind=PartnerKind.DESK, name="x", recipient=first.recipient, by=desk.officer, on=TODAY
            )
    desk.close()
