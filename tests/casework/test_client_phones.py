"""Phone numbers: the quick way and the full reading give the same answer."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mrc_app.casework import client_phones
from mrc_app.errors import Invalid

CODES = sorted(map(str, phonenumbers.COUNTRY_CODE_TO_REGION_CODE))


@given(code=st.sampled_from([*CODES, "210", "999"]), rest=st.text("0123456789", min_size=3, max_size=14))
@settings(max_examples=400, deadline=None)
def test_a_number_written_whole_reads_as_it_always_did(code: str, rest: str) -> None:
    typed = f"+{code}{rest}"
    try:
        number = phonenumbers.parse(typed, None)
        possible = phonenumbers.is_possible_number(number)
    except phonenumbers.NumberParseException:
        possible = False
    if possible:
        expected = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        assert client_phones.international(typed) == expected
    else:
        with pytest.raises(Invalid):
            client_phones.international(typed)


def test_spaces_and_a_country_are_read_in_full() -> None:
    assert client_phones.international("0911 223 344", "ET") == "+251911223344"
    assert client_phones.international("+251 911 223 344") == "+251911223344"
    assert client_phones.international("+251911223344") == "+251911223344"
    assert client_phones.international("+800 1234 5678") == "+80012345678"
    with pytest.raises(Invalid):
        client_phones.international("0911 223 344")
