"""What a typed field may hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrc_app.casework import client_words, counselling_words, fields, journey_words
from mrc_app.casework.client_words import Answer, Marital
from mrc_app.casework.counselling_words import Topic
from mrc_app.errors import Invalid
from mrc_app.i18n import Labelled


@pytest.mark.parametrize(
    ("check", "typed", "kept"),
    [
        (fields.text, None, ""),
        (fields.text, "  e\u0301te\u0301 ", "été"),
        (fields.word(Marital, optional=True), "", None),
        (fields.word(Answer), Answer.YES, Answer.YES),
        (fields.word(Answer), "", Answer.NOT_ASKED),
        (fields.word(client_words.Kind), None, client_words.Kind.NOT_STATED),
        (fields.country, "", ""),
        (fields.country, "sa", "SA"),
        (fields.language_code, "", ""),
        (fields.language_code, "zh-Hant", "zh-Hant"),
        (fields.language_codes, "am, fr,am,", ("am", "fr")),
        (fields.language_codes, None, ()),
        (fields.day, "", None),
        (fields.day, " 2026-11-20 ", date(2026, 11, 20)),
        (fields.day, date(2026, 11, 20), date(2026, 11, 20)),
        (fields.whole(0, 9), "", None),
        (fields.whole(0, 9), "٧", 7),
        (fields.hours, "", ""),
        (fields.hours, "10,50", "10.5"),
        (fields.hours, 8, "8"),
        (fields.words(Topic), "contract,agency", (Topic.CONTRACT, Topic.AGENCY)),
        (fields.texts, ["a\nb", "", "a b"], ("a b",)),
        (fields.isco, "", ""),
        (fields.isco, "9111", "9111"),
        (fields.last4, "a12b", "A12B"),
    ],
)
def test_what_is_typed_is_kept_in_one_form(check: fields.Check, typed: Any, kept: Any) -> None:
    assert check("field", typed) == kept


@given(st.text())
def test_any_text_is_kept_once_and_for_all_or_refused(typed: str) -> None:
    try:
        kept = fields.text("name", typed)
    except Invalid as refused:
        assert set(refused.problems) == {"name"} and ("\x00" in typed or len(typed) > fields.SHORT // 4)
    else:
        assert fields.text("name", kept) == kept and "\x00" not in kept


def test_the_problem_of_every_field_is_said_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        fields.checked({"a": fields.day, "b": fields.text}, {"a": "x", "b": "y", "c": 1})
    assert set(refused.value.problems) == {"a", "c"}


def test_a_list_without_a_neutral_word_needs_an_answer() -> None:
    with pytest.raises(Invalid):
        fields.word(counselling_words.Mode)("mode", "")


def test_every_word_of_every_list_has_a_label_of_its_own() -> None:
    lists = [
        found
        for module in (client_words, counselling_words, journey_words)
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, Labelled) and found is not Labelled
    ]
    assert len(lists) == 23
    for words in lists:
        labels = [word.label for word in words]
        assert all(labels) and len(set(labels)) == len(labels)
        assert [words(word.value) for word in words] == list(words)
