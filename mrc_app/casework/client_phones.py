"""A phone number as typed, and as every desk writes it (E.164), checked offline.

A number of possible length is kept even where its range is unknown here: new ranges open faster than programs
are renewed.
"""

from __future__ import annotations

from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_

# -- Rules


def international(typed: str, country: str = "", field: str = "phone") -> str:
    """The number in E.164 ("+251911234567"). ``country`` (ISO alpha-2) is where a number without "+" belongs.

    Raises Invalid when it cannot be a phone number, or when it has no country.
    """
    import phonenumbers

    text = typed.strip()
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        raise _not_a_number(text, field) from None
    if not phonenumbers.is_possible_number(number):
        raise _not_a_number(text, field)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _not_a_number(typed: str, field: str) -> Invalid:
    message = N_("“{phone}” is not a phone number. Write it with its country code, for example +251 911 234 567.")
    return Invalid(**{field: Problem(message, {"phone": typed})})
