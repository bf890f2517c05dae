"""The parcel file: read as a stream, refused with one sentence when anything at all was changed, opened by stock
programs."""

from __future__ import annotations

import base64
import io
import json
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest

from mrc_app.errors import CannotRead, Invalid, MrcError
from mrc_app.exchange import desk_keys, minisigs, parcel_files
from mrc_app.exchange.desk_keys import Own
from mrc_app.exchange.parcel_files import Header

HERE, THERE, OTHER = (desk_keys.from_seed(letter * 32) for letter in (b"h", b"t", b"o"))
CONTENT = [{"row": ["n", number, "ትግስት" * 5]} for number in range(40)]


def header(*to: Own, **over: Any) -> Header:
    """A header of an invented kind."""
    told: dict[str, Any] = {"kind": "desk", "id": "f" * 32, "no": 14, "centre": "c" * 32, "schema": "0002"}
    return Header(to=tuple(one.recipient for one in to), **{**told, **over})


def said(content: list[dict[str, Any]] = CONTENT) -> Callable[[], Iterator[dict[str, Any]]]:
    """The lines of a parcel, as often as they are asked for."""
    return lambda: iter(content)


def parcel(folder: Path, *, by: Own = HERE, to: tuple[Own, ...] = (THERE,), **over: Any) -> Path:
    """A parcel from one desk to another."""
    path = folder / "one.parcel"
    parcel_files.write(path, header(*to, **over), said(), by)
    return path


def read(path: Path, own: Own = THERE) -> list[dict[str, Any]]:
    """Every line of a parcel."""
    with parcel_files.opened(path, [own]) as found:
        lines = list(found.lines)
        assert found.whole
    return lines


def inside(path: Path, own: Own = THERE) -> bytes:
    """What lies in the sealing, unpacked."""
    packed = io.BytesIO()
    pyrage.decrypt_io(io.BytesIO(path.read_bytes()), packed, [pyrage.x25519.Identity.from_str(own.identity)])
    return bytes(parcel_files._zstd().decompress(packed.getvalue()))


def sealed(path: Path, content: bytes, own: Own = THERE, *, packed: bool = True) -> Path:
    """Content sealed for a desk by somebody who knows its public key only."""
    content = parcel_files._zstd().compress(content) if packed else content
    key = pyrage.x25519.Recipient.from_str(own.recipient)
    with path.open("wb") as file:
        pyrage.encrypt_io(io.BytesIO(content), file, [key])
    return path


def test_what_was_written_is_read_and_the_header_is_known_before(tmp_path: Path) -> None:
    path = parcel(tmp_path, more={"have": {"n": 4}, "a key of a newer program": 1})
    with parcel_files.opened(path, [OTHER, THERE]) as found:
        assert (found.header.sender, found.header.no, found.header.more["have"]) == (HERE.recipient, 14, {"n": 4})
        assert not found.whole
        assert list(found.lines) == CONTENT and found.whole
    assert minisigs.verify(path, HERE.verify_key).startswith("desk parcel 14")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["one.parcel", "one.parcel.minisig"]


def test_a_parcel_never_takes_the_place_of_another_file_and_a_stop_leaves_nothing(tmp_path: Path) -> None:
    path = parcel(tmp_path)
    with pytest.raises(MrcError):
        parcel(tmp_path)
    path.unlink()
    minisigs.beside(path).unlink()

    def stop(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        parcel_files.write(path, header(THERE), said(), HERE, step=stop)
    with pytest.raises(Invalid):
        parcel_files.write(path, _to("age1wrong"), said(), HERE)
    with pytest.raises(MrcError):
        parcel_files.write(tmp_path / "no" / "folder", header(THERE), said(), HERE)
    assert list(tmp_path.iterdir()) == []


def _to(recipient: str) -> Header:
    return Header("desk", "i", 1, "c", (recipient,))


def test_what_is_sealed_for_somebody_else_or_no_parcel_is_refused(tmp_path: Path) -> None:
    path = parcel(tmp_path)
    assert refused(path, OTHER) == parcel_files.NOT_FOR_US
    path.write_bytes(b"hello")
    assert refused(path) == parcel_files.NOT_PARCEL
    assert refused(sealed(path, b"hello", packed=False)) == parcel_files.DAMAGED
    assert refused(sealed(path, b"[]\n[]\n")) == parcel_files.NOT_PARCEL
    assert refused(tmp_path / "none") == parcel_files.GONE


def test_a_parcel_for_somebody_else_that_was_sealed_again_is_refused(tmp_path: Path) -> None:
    path = parcel(tmp_path, to=(OTHER,))
    assert refused(sealed(tmp_path / "again", inside(path, OTHER))) == parcel_files.RELAYED


def test_a_forged_header_signature_or_signer_is_refused(tmp_path: Path) -> None:
    content = inside(parcel(tmp_path))
    top, _signature, body = content.split(b"\n", 2)
    told = json.loads(top)
    for change in ({"no": 15}, {"signer": OTHER.verify_key.hex()}, {"signer": "00" * 32}, {"signer": "x"}):
        forged = json.dumps({**told, **change}).encode()
        assert refused(sealed(tmp_path / "f", forged + b"\n" + _signature + b"\n" + body)) == parcel_files.FORGED
    assert refused(sealed(tmp_path / "f", top + b'\n{"signature":"!"}\n' + body)) == parcel_files.FORGED
    by_another = base64.b64encode(OTHER.sign(parcel_files.SIGNED + top)).decode()
    again = top + b"\n" + json.dumps({"signature": by_another}).encode() + b"\n" + body
    assert refused(sealed(tmp_path / "f", again)) == parcel_files.FORGED


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"format": "mrc-parcel/2"}, parcel_files.NEWER),
        ({"format": "something"}, parcel_files.NOT_PARCEL),
        ({"no": "14"}, parcel_files.NOT_PARCEL),
        ({"to": [1]}, parcel_files.NOT_PARCEL),
        ({"bytes": True}, parcel_files.NOT_PARCEL),
    ],
)
def test_a_header_of_another_shape_is_refused_by_its_sentence(tmp_path: Path, change: Any, why: str) -> None:
    top, rest = inside(parcel(tmp_path)).split(b"\n", 1)
    other = json.dumps({**json.loads(top), **change}).encode()
    assert refused(sealed(tmp_path / "f", other + b"\n" + rest)) == why


def test_lines_that_were_changed_added_or_left_out_are_refused(tmp_path: Path) -> None:
    content = inside(parcel(tmp_path))
    lines = content.split(b"\n")
    changed = {
        "a word": content.replace(b'["n",7,', b'["n",8,'),
        "a line less": b"\n".join(lines[:5] + lines[6:]),
        "a line more": b"\n".join([*lines[:5], lines[5], *lines[5:]]),
        "no end": b"\n".join([*lines[:-2], b""]),
        "more after the end": content + b"{}\n",
        "no JSON": content.replace(b'{"row":["n",7,', b'["row":["n",7,'),
        "cut": content[:-1],
    }
    for name, other in changed.items():
        assert refused(sealed(tmp_path / "f", other)) == parcel_files.DAMAGED, name
    packed = parcel_files._zstd().compress(content)
    for name, other in {"behind": packed + b"x", "twice": packed * 2, "short": packed[:-3]}.items():
        assert refused(sealed(tmp_path / "f", other, packed=False)) == parcel_files.DAMAGED, name


def test_a_bomb_is_never_unpacked_beyond_what_was_signed(tmp_path: Path) -> None:
    zeros = parcel_files._zstd().compress(bytes(80 << 20))
    assert len(zeros) < 1 << 20
    assert refused(sealed(tmp_path / "f", zeros, packed=False)) == parcel_files.DAMAGED
    top = b"\n".join(inside(parcel(tmp_path)).split(b"\n")[:2]) + b"\n"
    bomb = parcel_files._zstd().compress(top + bytes(80 << 20))
    unpacked = 0
    with pytest.raises(CannotRead), parcel_files.opened(sealed(tmp_path / "f", bomb, packed=False), [THERE]) as found:
        for line in found.lines:
            unpacked += len(line)
    assert unpacked == 0


def test_a_header_that_claims_a_smaller_length_is_not_read_further(tmp_path: Path) -> None:
    content = inside(parcel(tmp_path))
    top, _signature, body = content.split(b"\n", 2)
    told = json.loads(top) | {"bytes": 60, "signer": OTHER.verify_key.hex()}
    short = json.dumps(told).encode()
    signature = json.dumps({"signature": base64.b64encode(OTHER.sign(parcel_files.SIGNED + short)).decode()}).encode()
    path = sealed(tmp_path / "f", short + b"\n" + signature + b"\n" + body)
    with pytest.raises(CannotRead), parcel_files.opened(path, [THERE]) as found:
        assert found.header.sender == OTHER.recipient
        list(found.lines)


def refused(path: Path, own: Own = THERE) -> str:
    """The message id of the sentence with which a file is refused."""
    with pytest.raises(CannotRead) as met:
        read(path, own)
    return met.value.problem.message


def mutated(content: bytes, chance: random.Random) -> bytes:
    """A copy in which something is different."""
    at = chance.randrange(len(content))
    kind = chance.randrange(5)
    if kind == 0:
        return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]
    if kind == 1:
        return content[:at]
    if kind == 2:
        return content + chance.randbytes(chance.randrange(1, 40))
    if kind == 3:
        return content[:at] + chance.randbytes(1) + content[at:]
    return content[:at] + content[at + chance.randrange(1, 30) :]


def mutate(folder: Path, count: int, seed: int) -> None:
    """Mutates the sealed file and its content."""
    chance = random.Random(seed)
    path = parcel(folder)
    content, whole = inside(path), path.read_bytes()
    for _number in range(count):
        other = mutated(whole, chance)
        if other != whole:
            (folder / "m").write_bytes(other)
            refused(folder / "m")
        other = mutated(content, chance)
        if other != content:
            refused(sealed(folder / "m", other))
    assert sorted(one.name for one in folder.iterdir()) == ["m", "one.parcel", "one.parcel.minisig"]


def test_mutated_parcels_are_refused(tmp_path: Path) -> None:
    mutate(tmp_path, 60, 1)


@pytest.mark.long
def test_thousands_of_mutated_parcels_are_refused(tmp_path: Path) -> None:
    mutate(tmp_path, 4000, 2)


def test_the_stock_programs_open_a_parcel(tmp_path: Path) -> None:
    age, zstd = shutil.which("age"), shutil.which("zstd")
    if age is None or zstd is None:
        pytest.skip("the programs age and zstd are not installed here")
    made = desk_keys.write_identity_file(tmp_path / "id.txt", "2026-11-22")
    path = parcel(tmp_path, to=(THERE, made))
    packed = subprocess.run([age, "-d", "-i", str(tmp_path / "id.txt"), str(path)], capture_output=True, check=True)
    shown = subprocess.run([zstd, "-d"], input=packed.stdout, capture_output=True, check=True).stdout
    assert shown == inside(path)
    assert [json.loads(line) for line in shown.splitlines()[2:-1]] == CONTENT
