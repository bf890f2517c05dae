"""A phone number as typed, and as every desk writes it (E.164), checked offline.

A number of possible length is kept even where its range is unknown here: new ranges open faster than programs
are renewed.
"""

from __future__ import annotations

import re
from functools import cache

from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_

# -- Rules


def international(typed: str, country: str = "", field: str = "phone") -> str:
    """The number in E.164 ("+251911234567"). ``country`` (ISO alpha-2) is where a number without "+" belongs.

    Raises Invalid when it cannot be a phone number, or when it has no country.
    """
    import phonenumbers

    text = typed.strip()
    if _whole(text):
        return text
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        raise _not_a_number(text, field) from None
    if not phonenumbers.is_possible_number(number):
        raise _not_a_number(text, field)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _whole(text: str) -> bool:
    """Whether a number is written as every desk writes it already, of possible length, and with no prefix to take
    off: the answer the full reading would give, many times faster."""
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}", text):
        return False
    return any(
        lengths and len(text) - 1 - size in lengths and not (prefix and prefix.match(text, 1 + size))
        for size in (1, 2, 3)
        for lengths, prefix in (_plan(text[1 : 1 + size]),)
    )


@cache
def _plan(code: str) -> tuple[frozenset[int], re.Pattern[str] | None]:
    """The lengths a country's numbers may have, and what is taken off their front; nothing for a code of none."""
    import phonenumbers

    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code), ())
    known = phonenumbers.PhoneMetadata.metadata_for_region(regions[0]) if regions and regions[0] != "001" else None
    if known is None or known.general_desc is None:
        return frozenset(), None
    prefix = known.national_prefix_for_parsing
    return frozenset(known.general_desc.possible_length), re.compile(prefix) if prefix else None


def _not_a_number(typed: str, field: str) -> Invalid:
    message = N_("“{phone}” is not a phone number. Write it with its country code, for example +251 911 234 567.")
    return Invalid(**{field: Problem(message, {"phone": typed})})
