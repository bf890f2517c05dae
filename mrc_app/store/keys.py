"""The key file beside the centre file: one slot per officer and one for the recovery sheet, each wrapping the
same random key.

A password slot is Argon2id (64 MiB, three passes) around XChaCha20-Poly1305; the recovery sheet carries 125
random bits, so a quick BLAKE2b is enough for it. The whole file is sealed by a code made with the key itself,
and its generation is repeated inside the centre file, so that an older key file put back is noticed.
"""

from __future__ import annotations

import hmac
import json
import os
import re
import secrets
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from mrc_app.errors import CannotRead, Invalid, MrcError, NotAllowed, Problem
from mrc_app.i18n import N_

FORMAT = "mrc-keys"
KEY = 32
SHORTEST = 10
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = CROCKFORD + "*~$=U"
SHEET_LETTERS = 25

WRONG = N_("The name or the password is not right.")
WRONG_SHEET = N_("This recovery sheet does not open this centre file.")
LOCKED_DOWN = N_("This centre file is locked down: only a supervisor's password or the recovery sheet opens it.")
BROKEN = N_("The key file “{file}” is damaged. Put back the copy kept with the last backup.")
OLD = N_("The key file “{file}” is an older copy. Put back the newest one.")


@dataclass(frozen=True)
class Cost:
    """What a password guess costs: passes and bytes of memory of Argon2id."""

    ops: int
    mem: int


FLOOR, CEILING = Cost(2, 19 * 1024 * 1024), Cost(12, 1024 * 1024 * 1024)
COST = Cost(3, 64 * 1024 * 1024)


@dataclass(frozen=True)
class Slot:
    """One way to the key. ``kind`` is "password" or "recovery"; ``tag`` finds a login without naming it.

    ``personal``: nonce and box of the officer's own private key, under the same password; empty for a sheet.
    """

    slot: str
    kind: str
    tag: str
    salt: str
    ops: int
    mem: int
    nonce: str
    box: str
    personal: str = ""


@dataclass(frozen=True)
class Keys:
    """The content of a key file. ``id`` is the centre file's salt, ``generation`` grows with every change.

    ``lockdown``: during a lockdown the slots that were taken out, sealed under the file's own key; else empty.
    """

    id: str
    generation: int = 1
    slots: tuple[Slot, ...] = field(default_factory=tuple)
    lockdown: str = ""


def beside(path: Path) -> Path:
    """Where the key file of a centre file lies."""
    return path.with_name(path.name + ".keys.json") if not path.suffix else path.with_suffix(".keys.json")


def password_problem(password: str) -> Problem | None:
    """What is wrong with a new password, if anything."""
    text = _normal(password)
    if len(text) < SHORTEST:
        return Problem(N_("A password needs at least {n} characters; several words are best."), {"n": SHORTEST})
    if len(set(text)) < 4:
        return Problem(N_("This password repeats the same few characters."))
    return None


def new_password(password: str) -> str:
    """The password, checked and normalised. Raises Invalid(password=…)."""
    if problem := password_problem(password):
        raise Invalid(password=problem)
    return _normal(password)


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password)


def tag_of(db: str, login: str) -> str:
    """What stands in a slot for a login."""
    name = unicodedata.normalize("NFC", login).strip().casefold()
    return blake2b(name.encode(), key=bytes.fromhex(db), digest_size=16, person=b"mrc login").hexdigest()


def knows(keys: Keys, login: str) -> bool:
    """Whether a key file has a password slot for a login."""
    return any(slot.kind == "password" and slot.tag == tag_of(keys.id, login) for slot in keys.slots)


def _stretch(slot: Slot, secret: str) -> bytes:
    if slot.kind == "recovery":
        return blake2b(
            secret.encode(), salt=bytes.fromhex(slot.salt)[:16], digest_size=KEY, person=b"mrc sheet"
        ).digest()
    from nacl import pwhash

    return pwhash.argon2id.kdf(
        KEY, _normal(secret).encode(), bytes.fromhex(slot.salt), opslimit=slot.ops, memlimit=slot.mem
    )


def _aad(db: str, slot: Slot) -> bytes:
    return f"{FORMAT}:{db}:{slot.slot}:{slot.kind}:{slot.tag}:{slot.ops}:{slot.mem}".encode()


def make_slot(
    db: str, key: bytes, kind: str, login: str, secret: str, cost: Cost | None = None, personal: bytes = b""
) -> Slot:
    """A slot that opens with ``secret``: an officer's password, or the letters of a recovery sheet. ``personal`` is the
    officer's own private key, if she has one."""
    from nacl import bindings

    use = Cost(0, 0) if kind == "recovery" else (cost or COST)
    nonce = secrets.token_bytes(bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    slot = Slot(secrets.token_hex(8), kind, tag_of(db, login), secrets.token_hex(16), use.ops, use.mem, nonce.hex(), "")
    under = _stretch(slot, secret)
    box = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(key, _aad(db, slot), nonce, under)
    if not personal:
        return replace(slot, box=box.hex())
    other = secrets.token_bytes(len(nonce))
    own = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(personal, _aad(db, slot) + b":personal", other, under)
    return replace(slot, box=box.hex(), personal=(other + own).hex())


def _open_slot(db: str, slot: Slot, secret: str) -> tuple[bytes, bytes] | None:
    """The file's key and the officer's own private key (empty without one)."""
    from nacl import bindings, exceptions

    decrypt = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt
    under, own = _stretch(slot, secret), bytes.fromhex(slot.personal)
    try:
        key = decrypt(bytes.fromhex(slot.box), _aad(db, slot), bytes.fromhex(slot.nonce), under)
        return key, decrypt(own[24:], _aad(db, slot) + b":personal", own[:24], under) if own else b""
    except exceptions.CryptoError:
        return None


def unlock(path: Path, keys: Keys, mac: str, login: str, password: str) -> bytes:
    """The key of the centre file. Raises NotAllowed for a wrong name or password, CannotRead for a key file
    tampered with."""
    return unlock_both(path, keys, mac, login, password)[0]


def unlock_both(path: Path, keys: Keys, mac: str, login: str, password: str) -> tuple[bytes, bytes]:
    """The key of the centre file and the officer's own private key (empty without one). Raises as ``unlock``."""
    tag = tag_of(keys.id, login)
    for slot in keys.slots:
        if slot.kind == "password" and hmac.compare_digest(slot.tag, tag):
            found = _open_slot(keys.id, slot, password)
            if found is not None:
                return _sealed(path, keys, mac, found[0]), found[1]
    if keys.lockdown and not has_slot(keys, login):
        raise NotAllowed(LOCKED_DOWN)
    raise NotAllowed(WRONG)


def has_slot(keys: Keys, login: str) -> bool:
    """Whether a login has a password slot."""
    wanted = tag_of(keys.id, login)
    return any(slot.kind == "password" and slot.tag == wanted for slot in keys.slots)


def check(path: Path, key: bytes) -> Keys:
    """The key file's content, its seal checked with the key. Raises CannotRead."""
    keys, mac = read(path)
    _sealed(path, keys, mac, key)
    return keys


def recover(path: Path, keys: Keys, mac: str, sheet: str) -> bytes:
    """The key of the centre file from a recovery sheet. Raises Invalid for a mistyped sheet, NotAllowed for
    another centre's."""
    secret = read_sheet(sheet)
    for slot in keys.slots:
        if slot.kind == "recovery":
            found = _open_slot(keys.id, slot, secret)
            if found is not None:
                return _sealed(path, keys, mac, found[0])
    raise NotAllowed(WRONG_SHEET)


def _sealed(path: Path, keys: Keys, mac: str, key: bytes) -> bytes:
    if len(key) != KEY or not hmac.compare_digest(_mac(keys, key), mac):
        raise CannotRead(BROKEN, file=path.name)
    return key


def fits(keys: Keys, mac: str, key: bytes) -> bool:
    """Whether a key file was written with this key."""
    return hmac.compare_digest(_mac(keys, key), mac)


def _mac(keys: Keys, key: bytes) -> str:
    return blake2b(_text(_plain(keys)), key=key, digest_size=32, person=b"mrc key file").hexdigest()


def _plain(keys: Keys) -> dict[str, Any]:
    plain = {
        "format": FORMAT,
        "v": 1,
        "id": keys.id,
        "generation": keys.generation,
        "slots": [_slot_plain(slot) for slot in keys.slots],
    }
    return {**plain, "lockdown": keys.lockdown} if keys.lockdown else plain


def _slot_plain(slot: Slot) -> dict[str, Any]:
    return {name: value for name, value in vars(slot).items() if value or name != "personal"}


def _text(data: dict[str, Any]) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def read(path: Path) -> tuple[Keys, str]:
    """The key file's content and its seal. Raises CannotRead when it is missing, damaged, newer, or asks for
    absurd work."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise CannotRead(
            N_("The key file “{file}” is missing. Put back the copy kept with the last backup."), file=path.name
        ) from None
    except OSError as trouble:
        raise CannotRead(N_("“{file}” cannot be read: {reason}."), file=path.name, reason=trouble.strerror) from None
    try:
        data = json.loads(raw)
        if data["format"] == FORMAT and isinstance(data["v"], int) and data["v"] > 1:
            raise CannotRead(N_("“{file}” was written by a newer version of this program."), file=path.name)
        mac = data.pop("mac")
        slots = tuple(Slot(**slot) for slot in data["slots"])
        keys = Keys(data["id"], data["generation"], slots, data.get("lockdown", ""))
        whole = raw == _text({**_plain(keys), "mac": mac}) and _shaped(keys, mac)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        whole = False
    if not whole:
        raise CannotRead(BROKEN, file=path.name)
    return keys, mac


def _hex(text: object, size: int) -> bool:
    return isinstance(text, str) and re.fullmatch(f"[0-9a-f]{{{2 * size}}}", text) is not None


def _shaped(keys: Keys, mac: str) -> bool:
    return (
        _hex(mac, 32)
        and _hex(keys.id, 16)
        and type(keys.generation) is int
        and 1 <= keys.generation < 2**53
        and all(_slot_shaped(slot) for slot in keys.slots)
        and re.fullmatch(r"(([0-9a-f]{2}){40,})?", keys.lockdown) is not None
    )


def _slot_shaped(slot: Slot) -> bool:
    sizes = (
        _hex(slot.slot, 8)
        and _hex(slot.tag, 16)
        and _hex(slot.salt, 16)
        and _hex(slot.nonce, 24)
        and _hex(slot.box, KEY + 16)
        and (slot.personal == "" or _hex(slot.personal, 24 + KEY + 16))
    )
    if not sizes or type(slot.ops) is not int or type(slot.mem) is not int:
        return False
    if slot.kind == "recovery":
        return (slot.ops, slot.mem) == (0, 0)
    return slot.kind == "password" and FLOOR.ops <= slot.ops <= CEILING.ops and FLOOR.mem <= slot.mem <= CEILING.mem


def write(path: Path, keys: Keys, key: bytes) -> None:
    """Writes the key file so that a crash leaves the old or the new one, whole. No copy of the old one stays."""
    put(path, written(keys, key))


def written(keys: Keys, key: bytes) -> bytes:
    """The bytes of a key file, with its seal."""
    return _text({**_plain(keys), "mac": _mac(keys, key)})


def put(path: Path, content: bytes) -> None:
    """Puts the bytes of a key file in the place of the old one, which is written over where the system lets us. Raises
    MrcError when the disk refuses."""
    new = path.with_name(path.name + ".new")
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        old = path.open("r+b") if os.name == "posix" and path.exists() else None
        new.replace(path)
        sync_folder(path.parent)
    except OSError as trouble:
        new.unlink(missing_ok=True)
        raise MrcError(
            N_("The key file “{file}” could not be written: {reason}."), file=path.name, reason=trouble.strerror
        ) from None
    if old is not None:
        with suppress(OSError), old:
            old.write(bytes(os.fstat(old.fileno()).st_size))


def sync_folder(folder: Path) -> None:
    """Makes a folder remember its names, where the system knows how."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def with_slot(keys: Keys, slot: Slot) -> Keys:
    """The key file's content with a slot added, in place of every slot with the same tag and kind."""
    kept = tuple(s for s in keys.slots if not (s.kind == slot.kind and s.tag == slot.tag))
    return replace(keys, generation=keys.generation + 1, slots=(*kept, slot))


def without(keys: Keys, login: str) -> Keys:
    """The key file's content without an officer's slot. Raises Invalid when it would leave nobody to open the
    file."""
    tag = tag_of(keys.id, login)
    kept = tuple(slot for slot in keys.slots if not (slot.kind == "password" and slot.tag == tag))
    if len(kept) == len(keys.slots):
        raise Invalid(login=Problem(N_("Nobody here signs in as “{login}”."), {"login": login}))
    if not any(slot.kind == "password" for slot in kept):
        raise Invalid(login=Problem(N_("This is the last person who can open the centre file.")))
    return replace(keys, generation=keys.generation + 1, slots=kept)


def new_sheet() -> str:
    """A recovery sheet: 125 random bits as 25 letters and a check letter, in groups of five and a last one
    alone."""
    while True:
        letters = "".join(secrets.choice(CROCKFORD) for _ in range(SHEET_LETTERS))
        whole = letters + _check(letters)
        if whole[-1] in CROCKFORD:
            break
    return "-".join([whole[at : at + 5] for at in range(0, SHEET_LETTERS, 5)] + [whole[SHEET_LETTERS:]])


def read_sheet(typed: str) -> str:
    """The letters of a typed sheet without its check letter; O, I and L are read as they are meant. Raises
    Invalid(sheet=…)."""
    text = unicodedata.normalize("NFKC", typed).upper()
    text = re.sub(r"[\s\-–—_.]", "", text)
    text = text.translate(str.maketrans("OIL", "011"))
    if len(text) != SHEET_LETTERS + 1:
        raise Invalid(
            sheet=Problem(
                N_("The recovery sheet has {n} characters; {typed} were typed."),
                {"n": SHEET_LETTERS + 1, "typed": len(text)},
            )
        )
    letters = text[:SHEET_LETTERS]
    if any(letter not in CROCKFORD for letter in letters) or _check(letters) != text[SHEET_LETTERS]:
        raise Invalid(sheet=Problem(N_("A character of the recovery sheet was mistyped.")))
    return letters


def _check(letters: str) -> str:
    value = 0
    for letter in letters:
        value = (value * 32 + CROCKFORD.index(letter)) % 37
    return CHECKS[value]
