"""Keys as text: age recipients and identities (bech32), a fingerprint in digits, and words for a bad line.

The digits are the same in every language; the words follow the public proquint scheme (one syllable pair for sixteen
bits), so that no list of words has to be translated.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_SUMS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
RECIPIENT, IDENTITY = "age", "age-secret-key-"
GROUPS, DIGITS = 6, 5
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aiou"


def recipient(public: bytes) -> str:
    """An X25519 public key as age writes it: ``age1…``."""
    return _encode(RECIPIENT, public)


def identity(private: bytes) -> str:
    """An X25519 private key as age writes it: ``AGE-SECRET-KEY-1…``."""
    return _encode(IDENTITY, private).upper()


def public_of(text: str) -> bytes | None:
    """The key of a recipient; None for text that is none."""
    return _decode(RECIPIENT, text.strip())


def private_of(text: str) -> bytes | None:
    """The key of an identity; None for text that is none."""
    return _decode(IDENTITY, text.strip())


def fingerprint(public: bytes) -> str:
    """Thirty digits in groups of five, to be compared by phone or on paper."""
    number = int.from_bytes(_digest(public), "big") % 10 ** (GROUPS * DIGITS)
    written = f"{number:0{GROUPS * DIGITS}d}"
    return " ".join(written[at : at + DIGITS] for at in range(0, len(written), DIGITS))


def words(public: bytes) -> str:
    """Six invented words, to be compared where digits are hard to hear."""
    digest = _digest(public)
    return " ".join(_word(int.from_bytes(digest[at : at + 2], "big")) for at in range(0, 12, 2))


def _digest(public: bytes) -> bytes:
    return sha256(b"mrc fingerprint\x00" + public).digest()


def _word(number: int) -> str:
    """Sixteen bits as consonant, vowel, consonant, vowel, consonant."""
    places = ((12, _CONSONANTS), (10, _VOWELS), (6, _CONSONANTS), (4, _VOWELS), (0, _CONSONANTS))
    return "".join(letters[number >> shift & len(letters) - 1] for shift, letters in places)


# -- bech32 (BIP 173)


def _check(values: Iterable[int]) -> int:
    sum_ = 1
    for value in values:
        top, sum_ = sum_ >> 25, (sum_ & 0x1FFFFFF) << 5 ^ value
        for bit, part in enumerate(_SUMS):
            sum_ ^= part if top >> bit & 1 else 0
    return sum_


def _spread(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _bits(data: Iterable[int], have: int, want: int, fill: bool) -> list[int] | None:
    """Regroups bits. None where bits are left over that should not be."""
    number = count = 0
    found = []
    for value in data:
        number, count = (number << have | value) & 0xFFFF, count + have
        while count >= want:
            count -= want
            found.append(number >> count & (1 << want) - 1)
    left = number & (1 << count) - 1
    if fill:
        return [*found, left << want - count] if count else found
    return None if count >= have or left else found


def _encode(prefix: str, data: bytes) -> str:
    values = _bits(data, 8, 5, True) or []
    sum_ = _check([*_spread(prefix), *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [sum_ >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{prefix}1{''.join(_LETTERS[value] for value in values)}"


def _decode(prefix: str, text: str) -> bytes | None:
    if text not in (text.lower(), text.upper()) or len(text) > 120:
        return None
    head, _, tail = text.lower().rpartition("1")
    if head != prefix or len(tail) < 6 or not set(tail) <= set(_LETTERS):
        return None
    values = [_LETTERS.index(letter) for letter in tail]
    data = _bits(values[:-6], 5, 8, False) if _check([*_spread(prefix), *values]) == 1 else None
    return bytes(data) if data is not None and len(data) == 32 else None
