"""Reference packs: shown as a difference, accepted by a supervisor, taken back; and everything hostile refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mrc_app.casework import assessments, contract_verdicts, contracts, providers
from mrc_app.corridors import accepted, catalogue, confirmations, overrides, reference_packs
from mrc_app.corridors.facts import Fact
from mrc_app.corridors.reference_packs import ItemKind, PackState
from mrc_app.errors import CannotRead, Invalid, MrcError, NotAllowed
from mrc_app.exchange import (
    arriving,
    desk_keys,
    parcel_files,
    partners,
    reference_differences,
    reference_files,
    reference_updates,
    settling,
)
from mrc_app.exchange import reference_making as making
from mrc_app.exchange.arriving import Arrived
from mrc_app.exchange.desk_keys import Own
from mrc_app.exchange.partners import PartnerKind
from mrc_app.guides import making as guides
from mrc_app.store import Store
from mrc_app.store.roles import Role
from tests.exchange import desks
from tests.make import OFFICER, TODAY, make_client, make_journey, make_store

MINISTRY = desk_keys.from_seed(b"m" * 32)
SHIPPED = (catalogue.FOLDER / "ZW-ZA.toml").read_text("utf-8")
RAISED = SHIPPED.replace("value = 28.79", "value = 30.23")
PROVIDERS = """
schema = "providers/1"
id = "embassies"
[[provider]]
id = "et-jo"
kind = "embassy"
name = "Embassy of Ethiopia in Amman"
country = "JO"
speaks_for = "ET"
phone = "{phone}"
source = "Ministry of Foreign Affairs, list of missions"
as_of = "2026-10"
confidence = "high"
"""
WORDS = """
schema = "words/1"
language = "am"
source = "Ministry, terminology committee"
as_of = "2026-11-01"
[texts]
"D1.1" = "{text}"
"""
SURVEY = """
schema = "instrument/1"
id = "ministry-index"
version = "1"
kind = "index"
minimum_answered = 0.5
needs_at_or_below = 0.25
source = "Ministry, 2026"
name = { en = "Ministry index" }
[[answer]]
code = "no"
value = 0
text = { en = "no" }
[[answer]]
code = "yes"
value = 1
text = { en = "yes" }
[[dimension]]
id = "income"
name = { en = "Income" }
[[dimension.question]]
id = "I1"
text = { en = "Is there an income?" }
"""


PAY = {"job": "domestic worker", "wage": {"amount": 29, "currency": "ZAR", "per": "hour"}}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "desk").mkdir()
    made = make_store(tmp_path / "desk")
    trust(made, MINISTRY, "Ministry of Labour", PartnerKind.MINISTRY)
    yield made
    made.close()


def trust(store: Store, own: Own, name: str, kind: PartnerKind) -> None:
    with store.change(by=store.officer, do="test") as session:
        partners.trust(session, kind=kind, name=name, recipient=own.recipient, by=store.officer, on=TODAY)


def pack(store: Store, version: int = 1, own: Own = MINISTRY, **files: str) -> Path:
    """A pack of files (name without .toml → text) for a desk."""
    folder = store.path.parent / f"made-{version}-{len(list(store.path.parent.iterdir()))}"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.toml").write_text(text, "utf-8")
    out = folder / "reference.parcel"
    making.make(own, [folder], out=out, to=[desk_keys.own(store).recipient], version=version, series="facts")
    return out


def receive(store: Store, file: Path) -> Arrived:
    return arriving.arrive(store, file, today=TODAY)


def decide(store: Store, what: str, version: int = 1, **more: Any) -> list[str]:
    """Accepts, rejects or reverts a version; what was said about it."""
    with store.change(by=store.officer, do=f"test.{what}") as session:
        one = reference_updates.by_name(session, f"facts {version}")
        told = getattr(reference_updates, what)(session, one, by=store.officer, on=TODAY, **more)
    return [said.text() for said in told or ()]


def wage(store: Store) -> Fact:
    with store.read() as session:
        facts = accepted.corridor(session, "ZW-ZA").facts
    return next(one for one in facts if one.key == "wage.minimum" and one.valid_from == "2025-03-01")


def told(arrived: Arrived) -> dict[str, dict[str, Any]]:
    return {one["what"]: one for one in arrived.told["changes"]}


# -- Corridors


def test_a_pack_is_shown_as_a_difference_and_changes_nothing_yet(desk: Store) -> None:
    came = receive(desk, pack(desk, ZW_ZA=RAISED))
    assert (came.kind, came.new, came.same) == ("reference", 1, 0)
    assert [gap.text() for gap in came.gaps] == [
        "Nothing has changed yet: a supervisor looks at the difference and accepts or rejects it."
    ]
    [one] = came.told["changes"]
    assert (one["how"], one["item"], one["what"]) == ("changed", "ZW-ZA", "wage.minimum · all · destination")
    assert (one["before"], one["after"]) == (
        "28.79 ZAR per hour (2025-03-01)",
        "30.23 ZAR per hour (2025-03-01)",
    )
    assert (one["as_of"], one["confidence"], one["review"]) == ("2025-02", "high", False)
    assert one["source"] and one["source_url"]
    assert str(wage(desk).value) == "28.79"


def test_the_same_pack_again_changes_nothing_and_says_what_was_decided(desk: Store) -> None:
    file = pack(desk, ZW_ZA=RAISED)
    receive(desk, file)
    decide(desk, "accept")
    again = receive(desk, file)
    assert (again.new, again.same, again.gaps, again.told["state"]) == (0, 1, [], "accepted")
    assert [one["after"] for one in again.told["changes"]] == ["30.23 ZAR per hour (2025-03-01)"]


def test_accepted_values_count_and_taken_back_the_former_ones_return(desk: Store) -> None:
    receive(desk, pack(desk, ZW_ZA=RAISED))
    decide(desk, "accept")
    assert str(wage(desk).value) == "30.23"
    receive(desk, pack(desk, 2, ZW_ZA=RAISED.replace("30.23", "31.00")))
    decide(desk, "accept", 2)
    assert str(wage(desk).value) == "31.00"
    with pytest.raises(MrcError, match="take it back first"):
        decide(desk, "revert", because="too early")
    decide(desk, "revert", 2, because="the gazette says otherwise")
    assert str(wage(desk).value) == "30.23"
    decide(desk, "revert", because="asked the ministry")
    assert str(wage(desk).value) == "28.79"
    decide(desk, "accept", 2)
    assert str(wage(desk).value) == "31.00", "and it can be accepted again"


def test_a_rejected_pack_changes_nothing_and_needs_a_reason(desk: Store) -> None:
    receive(desk, pack(desk, ZW_ZA=RAISED))
    with pytest.raises(Invalid, match="Write why"):
        decide(desk, "reject", because=" ")
    decide(desk, "reject", because="not the law")
    assert str(wage(desk).value) == "28.79"
    with pytest.raises(MrcError, match="decided on already"):
        decide(desk, "reject", because="again")
    with pytest.raises(MrcError, match="nothing to take back"):
        decide(desk, "revert", because="no")
    with desk.read() as session:
        [one] = reference_updates.listed(session, PackState.REJECTED)
    row = one.told()
    assert (row["state"], row["because"], row["items"]) == (
        "rejected", "not the law", [{"kind": "corridor", "item": "ZW-ZA"}],
    )  # fmt: skip


def test_a_contract_check_keeps_the_pack_and_the_values_it_used(desk: Store) -> None:
    receive(desk, pack(desk, ZW_ZA=RAISED))
    decide(desk, "accept")
    with desk.change(by=desk.officer, do="test") as session:
        who = make_client(session)
        way = make_journey(session, who, origin="ZW", destination="ZA")
        paper = contracts.keep(session, way, on=TODAY, by=OFFICER, stage="seen", terms=PAY)
        kept = contract_verdicts.check(session, paper, way, on=TODAY, by=OFFICER)
    assert ('"value":"30.23"' in kept.used, '"value":"28.79"' in kept.used) == (True, False)
    assert kept.pack.startswith("ZW-ZA ") and kept.pack.endswith(" · Ministry of Labour · facts · 1")
    decide(desk, "revert", because="wrong")
    with desk.read() as session:
        again = contract_verdicts.by_uuid(session, kept.uuid)
    assert (again.pack, again.used) == (kept.pack, kept.used)


def test_a_guide_and_the_list_of_corridors_use_what_was_accepted(desk: Store) -> None:
    new = SHIPPED.replace("ZW-ZA", "ZM-ZA").replace('origin = "ZW"', 'origin = "ZM"')
    came = receive(desk, pack(desk, ZM_ZA=new))
    assert {one["how"] for one in came.told["changes"]} == {"new"}
    decide(desk, "accept")
    with desk.read() as session:
        known = accepted.corridor(session, "ZM-ZA")
        assert "ZM-ZA" in [one.id for one in accepted.corridors(session)]
    assert known.known and known.pack == "Ministry of Labour · facts · 1"
    asked = guides.GuideRequest(language="en", corridor="ZM-ZA", today=TODAY, known=known)
    of, model = guides.in_words(asked)
    assert of.known != guides.particulars(guides.GuideRequest(language="en", corridor="ZM-ZA", today=TODAY)).known
    assert model.title


# -- What the centre has of its own


def test_what_the_centre_confirmed_or_wrote_over_comes_up_when_its_base_changes(desk: Store) -> None:
    base = wage(desk)
    with desk.change(by=desk.officer, do="test") as session:
        confirmations.confirm(session, subject=base, by=OFFICER, checked_on=TODAY, today=TODAY)
        kept = overrides.override(
            session, fact=base, value="29.50", source="Letter of the inspectorate", as_of="2026-09", by=OFFICER,
            because="told by the inspector", on=TODAY,
        )  # fmt: skip
        assert kept.uuid == base.uuid and kept.base == "28.79"
        assert accepted.to_review(session) == []
    assert (str(wage(desk).value), wage(desk).source.title) == ("29.50", "Letter of the inspectorate")
    assert [one["review"] for one in receive(desk, pack(desk, ZW_ZA=RAISED)).told["changes"]] == [True]
    decide(desk, "accept")
    assert str(wage(desk).value) == "29.50", "the centre's own value stands until a person decides"
    with desk.change(by=desk.officer, do="test") as session:
        over, seen = accepted.to_review(session)
        assert (over.own, over.base, over.now and over.now.value_text) == ("29.50", "28.79", "30.23")
        assert (seen.own, seen.now and seen.now.value_text, seen.override) == ("28.79", "30.23", None)
        assert over.override is not None and isinstance(over.now, Fact)
        overrides.keep(session, over.override, fact=over.now, by=OFFICER, on=TODAY)
    with desk.change(by=desk.officer, do="test") as session:
        assert [one.override for one in accepted.to_review(session)] == [None]
        [mine] = overrides.overrides(session)
        overrides.take_back(session, mine, by=OFFICER, on=TODAY)
    assert str(wage(desk).value) == "30.23"


def test_a_value_over_a_fact_needs_source_day_and_reason_and_fits_its_kind(desk: Store) -> None:
    base = wage(desk)
    typed: dict[str, Any] = {"value": "29", "source": "a", "as_of": "2026", "because": "b"}
    with desk.change(by=desk.officer, do="test") as session:
        for field, value in (("source", " "), ("as_of", ""), ("because", ""), ("value", "much"), ("as_of", "Monday")):
            with pytest.raises(Invalid) as refused:
                overrides.override(session, fact=base, by=OFFICER, on=TODAY, **{**typed, field: value})
            assert list(refused.value.problems) == [field]
    with pytest.raises(NotAllowed), as_caseworker(desk).change(by=OFFICER, do="test") as session:
        overrides.override(session, fact=base, by=OFFICER, on=TODAY, **typed)


def test_a_value_fits_the_kind_of_its_fact(desk: Store) -> None:
    with desk.read() as session:
        facts = [one for id in ("ET-SA", "PH-SA") for one in accepted.corridor(session, id).facts]
    yes = next(one for one in facts if isinstance(one.value, bool))
    words = next(one for one in facts if isinstance(one.value, str))
    money = next(one for one in facts if one.currency == "SAR")
    assert overrides.typed(yes, "false") is False and overrides.typed(words, " agency ") == "agency"
    for fact, value in ((yes, "perhaps"), (words, " "), (money, "1.005"), (money, "Infinity"), (money, "1e16")):
        with pytest.raises(Invalid, match="cannot stand here"):
            overrides.typed(fact, value)
    damaged = overrides.Override(
        uuid=yes.uuid, corridor="ET-SA", key=yes.key, value="perhaps", base="true", source="a", as_of="2026",
        because="b", written_on=TODAY, written_by=OFFICER,
    )  # fmt: skip
    assert overrides.applied(yes, damaged) is yes
    with desk.change(by=desk.officer, do="test") as session:
        for value in ("true", "false"):
            overrides.override(
                session, fact=yes, value=value, source="a", as_of="2026", because="b", by=OFFICER, on=TODAY
            )
        [kept] = overrides.overrides(session, yes.corridor)
        overrides.take_back(session, kept, by=OFFICER, on=TODAY)
    assert kept.value == "false"


def test_a_pack_only_a_newer_program_can_read_is_passed_over(desk: Store) -> None:
    receive(desk, pack(desk, ZW_ZA=RAISED, am=WORDS.format(text=guides.Words.load("en").find("D1.1").text)))
    decide(desk, "accept")
    with desk.change(by=desk.officer, do="test") as session:
        [one] = reference_updates.listed(session)
        for item in reference_packs.items(session, one.pack.uuid):
            item.text = item.text.replace("/1", "/9")
            session.add(item)
    assert str(wage(desk).value) == "28.79"
    with desk.read() as session:
        assert reference_differences.guide_texts(session) == {}
        with pytest.raises(CannotRead):
            reference_updates.shown(session, one.pack)


def as_caseworker(desk: Store) -> Store:
    desk.role = Role.CASEWORKER
    return desk


def test_only_a_supervisor_accepts(desk: Store) -> None:
    receive(desk, pack(desk, ZW_ZA=RAISED))
    desk.role = Role.CASEWORKER
    for what in ("accept", "reject", "revert"):
        with pytest.raises(NotAllowed):
            decide(desk, what)


# -- Services, instruments, words


def test_services_are_entered_and_brought_back_with_what_was_confirmed_of_them(desk: Store) -> None:
    with desk.change(by=desk.officer, do="test") as session:
        before = providers.add(
            session, kind="embassy", name="Embassy of Ethiopia in Amman", country="JO", speaks_for="ET", phone="111"
        )
        providers.confirm(session, before, by=OFFICER, today=TODAY)
    came = receive(desk, pack(desk, embassies=PROVIDERS.format(phone="222")))
    [one] = came.told["changes"]
    assert (one["what"], one["before"], one["after"]) == ("Embassy of Ethiopia in Amman: phone", "111", "222")
    decide(desk, "accept")
    assert embassy(desk) == ("222", None)
    assert decide(desk, "revert", because="wrong number") == []
    assert embassy(desk) == ("111", TODAY)


def test_a_service_changed_here_since_is_left_alone_and_a_new_one_goes_again(desk: Store) -> None:
    receive(desk, pack(desk, embassies=PROVIDERS.format(phone="222")))
    decide(desk, "accept")
    with desk.change(by=desk.officer, do="test") as session:
        [one] = providers.by_name(session, "Embassy of Ethiopia in Amman")
        providers.amend(session, one, changes={"phone": "333"})
    assert decide(desk, "revert", because="wrong") == [
        "Embassy of Ethiopia in Amman was changed here since; it stays as it is."
    ]
    assert embassy(desk) == ("333", None)
    with desk.change(by=desk.officer, do="test") as session:
        providers.amend(session, session.merge(one), changes={"phone": "222"})
    decide(desk, "accept")
    decide(desk, "revert", because="wrong")
    assert embassy(desk) == ("222", None)


def test_a_service_nobody_had_goes_when_the_pack_is_taken_back_and_comes_with_it_again(desk: Store) -> None:
    came = receive(desk, pack(desk, embassies=PROVIDERS.format(phone="222")))
    assert [one["how"] for one in came.told["changes"]] == ["new"]
    for _again in range(2):
        decide(desk, "accept")
        assert embassy(desk) == ("222", None)
        decide(desk, "revert", because="not yet open")
        assert embassy(desk) is None


def embassy(desk: Store) -> tuple[str, date | None] | None:
    with desk.read() as session:
        found = providers.by_name(session, "Embassy of Ethiopia in Amman")
    return (found[0].phone, found[0].confirmed_on) if found else None


def test_an_instrument_can_be_asked_and_stays_once_it_was_answered(desk: Store) -> None:
    came = receive(desk, pack(desk, index=SURVEY))
    assert told(came)["Ministry index"]["how"] == "new"
    decide(desk, "accept")
    assert receive(desk, pack(desk, 2, index=SURVEY)).told["changes"] == [], "this version is here"
    decide(desk, "accept", 2)
    decide(desk, "revert", 2, because="the same")
    with desk.read() as session:
        assert assessments.instrument_of(session, "ministry-index").version == "1"
    decide(desk, "revert", because="a mistake")
    with desk.read() as session, pytest.raises(Invalid):
        assessments.instrument_of(session, "ministry-index")
    decide(desk, "accept")
    with desk.change(by=desk.officer, do="test") as session:
        who = make_client(session)
        assessments.assess(
            session, client=who.uuid, instrument="ministry-index", on=TODAY,
            by=OFFICER, answers={"income": {"I1": "yes"}},
        )  # fmt: skip
    assert "answered already" in decide(desk, "revert", because="late")[0]


def test_words_of_the_guides_change_with_the_pack(desk: Store) -> None:
    english = guides.Words.load("en").find("D1.1").text
    came = receive(desk, pack(desk, am=WORDS.format(text=english.replace("\n", " ") + "!")))
    [one] = came.told["changes"]
    assert (one["kind"], one["item"], one["what"]) == ("words", "am", "D1.1")
    decide(desk, "accept")
    with desk.read() as session:
        texts = reference_differences.guide_texts(session)
    assert texts == {"am": {"D1.1": english + "!"}}
    for language in ("am", "fr"):
        words = guides.Words.load(language, texts)
        assert (words.find("D1.1").text == english + "!") is (language == "am")
    asked = guides.GuideRequest(language="am", corridor="ET-SA", today=TODAY, texts=texts)
    of, _model = guides.in_words(asked)
    assert of.words.own("D1.1") is not None and of.words.text("D1.1") == english + "!"
    decide(desk, "revert", because="not her word")
    with desk.read() as session:
        assert reference_differences.guide_texts(session) == {}


# -- Hostile until checked


def test_only_a_ministry_or_a_headquarters_renews_facts(desk: Store) -> None:
    other = desk_keys.from_seed(b"c" * 32)
    file = pack(desk, own=other, ZW_ZA=RAISED)
    with pytest.raises(MrcError, match="does not trust"):
        receive(desk, file)
    trust(desk, other, "MRC Harare", PartnerKind.CENTRE)
    with pytest.raises(MrcError, match="MRC Harare is not trusted as a ministry or a headquarters"):
        receive(desk, file)
    with pytest.raises(MrcError, match="not trusted as a ministry"):
        receive(desk, pack(desk, own=desk_keys.own(desk), ZW_ZA=RAISED))
    trust(desk, other, "Union", PartnerKind.HEADQUARTERS)
    receive(desk, file)
    with desk.change(by=desk.officer, do="test") as session:
        partners.revoke(session, partners.by_key(session, "Union"), by=OFFICER, on=TODAY)
    with pytest.raises(MrcError, match="not trusted as a ministry or a headquarters any more"):
        decide(desk, "accept")


def test_a_version_below_the_accepted_one_and_another_of_the_same_number_are_refused(desk: Store) -> None:
    receive(desk, pack(desk, 2, ZW_ZA=RAISED))
    receive(desk, pack(desk, 3, ZW_ZA=RAISED))
    with pytest.raises(CannotRead, match="another version 3"):
        receive(desk, pack(desk, 3, ZW_ZA=SHIPPED))
    decide(desk, "accept", 3)
    with pytest.raises(MrcError, match="was accepted already"):
        decide(desk, "accept", 3)
    with pytest.raises(MrcError, match="Version 3 of facts was accepted already"):
        decide(desk, "accept", 2)
    with pytest.raises(CannotRead, match="is version 1 of facts; version 3 was accepted already"):
        receive(desk, pack(desk, 1, ZW_ZA=SHIPPED))
    with pytest.raises(Invalid, match="no reference pack"), desk.read() as session:
        reference_updates.by_name(session, "rumours")
    with pytest.raises(Invalid, match="Several"), desk.read() as session:
        reference_updates.by_name(session, "facts")


BROKEN = {
    "fact nobody read on any day": ("ZW-ZA", SHIPPED.replace("seen =", "# seen =", 1), "seen is missing"),
    "fact without a source": ("ZW-ZA", SHIPPED.replace('source = "zaf25"', 'source = "nowhere"', 1), "not in the file"),
    "unknown field": ("ZW-ZA", SHIPPED.replace("[[fact]]\n", "[[fact]]\nopinion = 1\n", 1), "opinion is not a known"),
    "another corridor's name": ("ET-SA", SHIPPED, "does not fit the name"),
    "no TOML": ("ZW-ZA", "= = =", "not TOML"),
    "another schema": ("ZW-ZA", 'schema = "rumours/1"', "schema"),
    "too large": ("ZW-ZA", "#" * 1_000_001, "too large"),
    "a lone half of a sign": ("ZW-ZA", "# \ud800", "not TOML"),
    "a service without a source": (
        "list",
        PROVIDERS.replace('source = "Ministry of Foreign Affairs, list of missions"\n', ""),
        "provider 1.source is missing",
    ),
    "a service with something unknown": (
        "list",
        PROVIDERS + 'reward = "100"\n',
        "provider 1.reward is not a known field",
    ),
    "a service without a day": ("list", PROVIDERS.replace("2026-10", "soon"), "provider 1.as_of"),
    "a service sure of itself": ("list", PROVIDERS.replace('"high"', '"certain"'), "provider 1.confidence"),
    "a service turned round": ("list", PROVIDERS.replace("Embassy of", "Embassy \u202e of"), "provider 1.name"),
    "a shelter with an address": (
        "list",
        PROVIDERS.format(phone="1").replace('"embassy"', '"shelter"') + 'address = "Road 1"\n',
        "A shelter never carries",
    ),
    "a service twice": (
        "list",
        (PROVIDERS + PROVIDERS[PROVIDERS.index("[[") :]).format(phone="1"),
        "stands there twice",
    ),
    "no services": ("list", 'schema = "providers/1"\nid = "x"', "provider is missing"),
    "services of the wrong kind": ("list", 'schema = "providers/1"\nid = "x"\nprovider = ["a"]', "provider 1 has"),
    "a list without a good name": ("list", PROVIDERS.replace('"embassies"', '"../x"'), "id has a value"),
    "words for no line": ("am", WORDS.replace("D1.1", "Z9.9"), "texts.Z9.9 is not a known field"),
    "words that lose a value": ("am", WORDS.format(text="{iban}"), "other placeholders"),
    "empty words": ("am", WORDS.format(text=" "), "texts.D1.1 has a value"),
    "no words": ("am", WORDS.partition("[texts]")[0], "texts is missing"),
    "words of no language": ("am", WORDS.replace('"am"', '"zz"'), "language has a value"),
    "words without a day": ("am", WORDS.replace("2026-11-01", "now"), "as_of has a value"),
    "an instrument of ours": ("x", SURVEY.replace("ministry-index", "centre-reintegration-index-1"), "comes with"),
    "an instrument with something unknown": ("x", "spy = 1\n" + SURVEY, "spy is not a known field"),
    "an instrument without a source": ("x", SURVEY.replace("Ministry, 2026", " "), "source is missing"),
    "an instrument with a bad id": ("x", SURVEY.replace("ministry-index", "A B"), "id has a value"),
    "an instrument too large": ("x", SURVEY + "#" * 300_000, "too large"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_file_that_is_wrong_is_refused_with_a_sentence(what: str) -> None:
    name, text, said = BROKEN[what]
    with pytest.raises(CannotRead, match=said):
        reference_files.read(f"{name}.toml", text)


def test_a_name_that_climbs_is_refused() -> None:
    for name in ("../ZW-ZA.toml", "a/b.toml", "ZW-ZA.exe", ".toml"):
        with pytest.raises(CannotRead, match="not the name of a file"):
            reference_files.read(name, SHIPPED)


def raw(desk: Store, lines: list[dict[str, Any]], **over: Any) -> Path:
    """A signed parcel with anything inside."""
    out = desk.path.parent / f"raw-{len(list(desk.path.parent.iterdir()))}.parcel"
    told: dict[str, Any] = {
        "kind": "reference", "id": "r", "no": 1, "centre": "", "to": (desk_keys.own(desk).recipient,),
        "schema": making.SCHEMA, "more": {"series": "facts", "version": 1},
    }  # fmt: skip
    parcel_files.write(out, parcel_files.Header(**{**told, **over}), lambda: iter(lines), MINISTRY)
    return out


def test_what_a_signed_parcel_may_not_hold_is_refused_and_nothing_is_kept(desk: Store) -> None:
    good = {"line": "file", "name": "ZW-ZA.toml", "text": RAISED}
    wrong: list[tuple[list[dict[str, Any]], dict[str, Any], str]] = [
        ([{**good, "run": "this"}], {}, "line 1 has run"),
        ([{"line": "script", "name": "a", "text": "b"}], {}, "line 1 is not a file"),
        ([{"line": "file", "name": 3, "text": "b"}], {}, "line 1 is not a file"),
        ([good, good], {}, "corridor ZW-ZA stands in the pack twice"),
        ([], {}, "no file to send"),
        ([good], {"more": {}}, "names no series"),
        ([good], {"more": {"series": "x", "version": True}}, "names no series"),
        ([good], {"more": {"series": "a\nb", "version": 1}}, "names no series"),
        ([good], {"schema": "mrc-reference/9"}, "names no series"),
    ]
    for lines, over, said in wrong:
        with pytest.raises(CannotRead, match=said):
            receive(desk, raw(desk, lines, **over))
    with desk.read() as session:
        assert reference_updates.listed(session) == []


def test_a_pack_that_cannot_be_made_says_why(desk: Store, tmp_path: Path) -> None:
    out, mine = tmp_path / "x.parcel", desk_keys.own(desk).recipient
    (tmp_path / "empty").mkdir()
    (tmp_path / "latin.toml").write_bytes(b"# \xe9")
    for sources, more, said in (
        ([tmp_path / "empty"], {}, "no file to send"),
        ([tmp_path / "gone.toml"], {}, "cannot be read"),
        ([tmp_path / "latin.toml"], {}, "not TOML in UTF-8"),
        ([catalogue.FOLDER / "ZW-ZA.toml"], {"version": 0}, "The version is a number"),
        ([catalogue.FOLDER / "ZW-ZA.toml"], {"series": " "}, "short name"),
        ([catalogue.FOLDER / "ZW-ZA.toml"], {"to": []}, "for whom"),
        ([catalogue.FOLDER / "ZW-ZA.toml"], {"to": ["age1nobody"]}, "is not a key"),
    ):
        with pytest.raises(MrcError, match=said):
            making.make(MINISTRY, sources, **{"out": out, "to": [mine], "version": 1, **more})  # type: ignore[arg-type]
    assert not out.exists()
    many = [reference_files.Item(ItemKind.WORDS, str(number), "n", "", ()) for number in range(301)]
    with pytest.raises(CannotRead, match="300 files"):
        making.check_items(many)


# -- Desks of one centre


def test_other_desks_of_the_centre_get_the_pack_and_the_decision(tmp_path: Path) -> None:
    with desks.centre(tmp_path) as (one, other):
        trust(one, MINISTRY, "Ministry of Labour", PartnerKind.MINISTRY)
        receive(one, pack(one, ZW_ZA=RAISED))
        decide(one, "accept")
        desks.receive(other, desks.parcel(one, desk_keys.own(other).recipient))
        assert str(wage(other).value) == "30.23"
        trust(other, MINISTRY, "Ministry of Labour", PartnerKind.MINISTRY)
        again = receive(other, pack(other, ZW_ZA=RAISED))
        assert (again.new, again.same) == (0, 1), "what came through a colleague is known"
        decide(other, "revert", because="wrong")
        desks.receive(one, desks.parcel(other, desk_keys.own(one).recipient))
        assert str(wage(one).value) == "28.79"


def test_two_desks_that_take_in_the_same_pack_do_not_contradict_each_other(tmp_path: Path) -> None:
    with desks.centre(tmp_path) as both:
        for one in both:
            trust(one, MINISTRY, "Ministry of Labour", PartnerKind.MINISTRY)
            receive(one, pack(one, ZW_ZA=RAISED))
        decide(both[1], "accept")
        desks.meet(*both)
        for one in both:
            assert str(wage(one).value) == "30.23"
            assert [each for each in settling.listed(one) if "reference" in json.dumps(each)] == []
