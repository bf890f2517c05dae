"""The list of languages on the screen: how far each is, who read it and when."""

from __future__ import annotations

import pytest

from ui.pages.about import read_by
from ui.pages.guide_options import completeness_words

ROW = {"translated": 10, "total": 10, "signed": 0, "reviewed": False, "reviewed_by": [], "reviewed_on": ""}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**ROW, "status": "draft"}, "not yet read by a speaker"),
        ({**ROW, "status": "source"}, "read by a speaker"),
        ({**ROW, "status": "draft", "signed": 3}, "\u20683\u2069 lines read by a speaker"),
        (
            {**ROW, "status": "reviewed", "signed": 10, "reviewed": True, "reviewed_by": ["interpreter"],
             "reviewed_on": "2026-11-20"},
            "read by: \u2068interpreter\u2069, \u206820 November 2026\u2069",
        ),
    ],
)  # fmt: skip
def test_who_read_a_language_stands_beside_it(row: dict[str, object], said: str) -> None:
    assert read_by(row)[0] == said


def test_a_reviewed_guide_says_who_read_it_and_a_draft_that_it_is_one() -> None:
    read = {**ROW, "status": "reviewed", "reviewed": True, "reviewed_by": ["nurse"], "reviewed_on": "2026-11-20"}
    assert completeness_words(read) == "Every line is there. read by: \u2068nurse\u2069, \u206820 November 2026\u2069"
    assert completeness_words({**ROW, "status": "draft"}).endswith("A draft: no speaker has signed it yet.")
