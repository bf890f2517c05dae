"""What is printed about the centre, and when somebody checked it."""

from __future__ import annotations

from datetime import date

import pytest

from mrc_app.casework import centres
from mrc_app.errors import Invalid, MrcError
from mrc_app.store.centre import Store
from tests.make import TODAY


def test_the_centres_facts_are_changed_and_read_again(centre: Store) -> None:
    with centre.change(by=centre.officer, do="centres.amend") as session:
        changes = {"phone": "058 220 0134", "phone_checked": TODAY, "languages": ("am", "ar"), "name": "MIC Bahir Dar"}
        centres.amend(session, changes=changes, today=TODAY)
    facts = centre.centre()
    assert facts.phone == "+251582200134"
    assert facts.phone_checked == TODAY.isoformat()
    assert facts.languages == ("am", "ar")


def test_how_long_and_how_large_are_chosen_and_taken_back(centre: Store) -> None:
    with centre.change(by=centre.officer, do="centres.amend") as session:
        centres.amend(session, changes={"review_months": "12", "attachment_mb": 20}, today=TODAY)
    assert centre.centre().settings == {"review_months": 12, "attachment_mb": 20}
    with centre.change(by=centre.officer, do="centres.amend") as session:
        centres.amend(session, changes={"review_months": ""}, today=TODAY)
    assert centre.centre().settings == {"attachment_mb": 20}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"review_months": 0}, "review_months"),
        ({"attachment_mb": "41"}, "attachment_mb"),
        ({"name": ""}, "name"),
        ({"phone": "", "phone_checked": TODAY}, "phone"),
        ({"address_checked": date(2030, 1, 1)}, "address_checked"),
        ({"phone": "twelve"}, "phone"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(changes: dict[str, object], field: str, centre: Store) -> None:
    with pytest.raises(Invalid) as refused, centre.change(by=centre.officer, do="centres.amend") as session:
        centres.amend(session, changes=changes, today=TODAY)
    assert field in refused.value.problems


def test_a_check_of_what_is_kept_already_stands_alone(centre: Store) -> None:
    with centre.change(by=centre.officer, do="centres.amend") as session:
        kept = centres.amend(session, changes={"address_checked": TODAY}, today=TODAY)
    assert kept.address_checked == TODAY


def test_a_file_without_a_centre_says_so(centre: Store) -> None:
    with centre.change(by=centre.officer, do="centres.remove") as session:
        kept = centres.the_centre(session)
        kept.gone = True
        session.add(kept)
    with centre.read() as session, pytest.raises(MrcError):
        centres.the_centre(session)


def test_drafts_are_printed_unless_the_centre_says_no(centre: Store) -> None:
    assert centres.drafts_allowed(centre.centre().settings)
    for said, allowed in (("no", False), (True, True), ("", True)):
        with centre.change(by=centre.officer, do="centres.amend") as session:
            centres.amend(session, changes={"print_drafts": said}, today=TODAY)
        assert centres.drafts_allowed(centre.centre().settings) is allowed
    with pytest.raises(Invalid) as refused, centre.change(by=centre.officer, do="centres.amend") as session:
        centres.amend(session, changes={"print_drafts": "perhaps"}, today=TODAY)
    assert "print_drafts" in refused.value.problems


def test_digits_are_western_unless_the_centre_wants_those_of_the_language(centre: Store) -> None:
    assert not centres.own_digits(centre.centre().settings)
    for said, wanted in (("yes", True), ("", False)):
        with centre.change(by=centre.officer, do="centres.amend") as session:
            centres.amend(session, changes={"own_digits": said}, today=TODAY)
        assert centres.own_digits(centre.centre().settings) is wanted
