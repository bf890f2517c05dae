"""Hand-overs rule by rule: consent × part, what is decided before anything is kept, what is refused and sent back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mrc_app import cli
from mrc_app.casework import (
    attachments,
    clients,
    consents,
    contracts,
    counselling,
    grievances,
    providers,
    referrals,
)
from mrc_app.casework.consents import Consent, How, Purpose, Said, State
from mrc_app.casework.grievance_words import Code
from mrc_app.errors import CannotRead, Invalid, MrcError
from mrc_app.exchange import (
    arriving,
    desk_keys,
    handovers,
    handovers_parts,
    handovers_sending,
    handovers_taking,
    ledgers,
    parcel_files,
    partners,
)
from mrc_app.exchange.arriving import Arrived
from mrc_app.exchange.handovers_arriving import Decisions
from mrc_app.exchange.handovers_deciding import Base, Beside, decide
from mrc_app.exchange.handovers_parts import Answers, Item, Origin, Part, Stays, case_stays, chosen, stays
from mrc_app.exchange.parcel_files import Header
from mrc_app.exchange.partners import PartnerKind
from mrc_app.store import restrictions
from mrc_app.store.centre import Store
from mrc_app.store.kinds import kinds
from mrc_app.store.records import new_uuid
from mrc_app.store.roles import Role
from tests.exchange.test_handovers_story import trust
from tests.make import LOGIN, PASSWORD, TODAY, YES, make_client, make_journey, new_store

NO, GIVEN = Said(State.REFUSED), Said(State.GIVEN, How.SIGNED, "am")

# -- consent × part


def said(purpose: Purpose, state: State = State.GIVEN, scope: str = "", **more: Any) -> Consent:
    return Consent(
        client="c", purpose=purpose, scope=scope, state=state, given_on=TODAY, asked_by="o", how=How.SIGNED, **more
    )


def answers(*given: Consent) -> Answers:
    return Answers(given, frozenset({"SENTRO", "age1sentro"}), TODAY)


def test_without_a_yes_to_the_hand_over_no_part_leaves() -> None:
    assert {stays(part, answers()) for part in Part} == {Stays.NOT_ASKED}
    refused = answers(said(Purpose.HAND_OVER), said(Purpose.HAND_OVER, State.REFUSED, "sentro"))
    assert stays(Part.CLAIM, refused) is Stays.REFUSED
    ended = answers(said(Purpose.HAND_OVER, expires_on=date(2026, 11, 1)))
    assert stays(Part.CLAIM, ended) is Stays.EXPIRED


def test_a_withdrawal_stops_every_part_whatever_else_she_said() -> None:
    for purpose in (Purpose.HAND_OVER, Purpose.RECORD):
        gone = answers(said(purpose, State.WITHDRAWN), said(Purpose.HAND_OVER, scope="claim"))
        assert stays(Part.CLAIM, gone) is Stays.WITHDRAWN


def test_a_yes_to_one_partner_or_to_one_part_is_a_yes_to_just_that() -> None:
    partner = answers(said(Purpose.HAND_OVER, scope="Sentro"))
    assert stays(Part.CLAIM, partner) is None and stays(Part.COUNSELLING, partner) is Stays.OWN_YES
    other = answers(said(Purpose.HAND_OVER, scope="PLU"))
    assert stays(Part.CLAIM, other) is Stays.NOT_ASKED
    part = answers(said(Purpose.HAND_OVER, scope="counselling"))
    assert stays(Part.COUNSELLING, part) is None and stays(Part.CLAIM, part) is Stays.NOT_ASKED
    not_this = answers(said(Purpose.HAND_OVER), said(Purpose.HAND_OVER, State.REFUSED, "contacts"))
    assert stays(Part.CONTACTS, not_this) is Stays.REFUSED and stays(Part.CLAIM, not_this) is None


def test_who_may_not_be_contacted_is_not_contacted_by_the_partner_either() -> None:
    quiet = answers(said(Purpose.HAND_OVER), said(Purpose.CONTACT, State.REFUSED))
    assert stays(Part.CONTACTS, quiet) is Stays.REFUSED and stays(Part.CLAIM, quiet) is None
    assert stays(Part.CLAIM, answers(said(Purpose.HAND_OVER), said(Purpose.COMPLAINT, State.REFUSED))) is Stays.REFUSED


def test_a_closed_case_and_a_case_of_violence_need_a_yes_of_their_own() -> None:
    general = answers(said(Purpose.HAND_OVER))
    about = {"identities": ("uuid", "BD1-2026-1-X")}
    assert case_stays(general, **about, closed=False, codes=[Code.E1]) is None
    assert case_stays(general, **about, closed=True, codes=[Code.E1]) is Stays.OWN_YES
    assert case_stays(general, **about, closed=False, codes=[Code.E14]) is Stays.OWN_YES
    asked = answers(said(Purpose.HAND_OVER), said(Purpose.HAND_OVER, scope="BD1-2026-1-X"))
    assert case_stays(asked, **about, closed=True, codes=[Code.E15]) is None
    refused = answers(said(Purpose.HAND_OVER), said(Purpose.HAND_OVER, State.REFUSED, "uuid"))
    assert case_stays(refused, **about, closed=False, codes=[Code.E1]) is Stays.REFUSED


def test_every_kind_about_a_person_stands_in_a_part_or_says_why_it_never_leaves() -> None:
    listed = {name for names in handovers_parts.KINDS.values() for name in names} | {"client", "journey"}
    about = {name for name, kind in kinds().items() if kind.subject}
    assert about - listed - handovers_parts.NEVER.keys() == set()
    assert not listed & handovers_parts.NEVER.keys()


@pytest.mark.parametrize(("typed", "field"), [("claim,secrets", "parts"), ("", "parts"), (" , ", "parts")])
def test_a_part_that_does_not_exist_is_refused_by_name(typed: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        chosen(typed)
    assert field in refused.value.problems


# -- deciding


PLU, HER = "plu", Origin("plu", "liza")


def person(**fields: Any) -> Item:
    return Item("client", HER, "person", {"father": "Peres", "phone": {"phone": "+1"}, **fields})


def plan(theirs: Item, ours: Item | None, base: Base | None = None, **choices: str) -> Any:
    beside = Beside({HER: ours} if ours else {}, {HER: "here"})
    named = {name.replace("__", "."): choice for name, choice in choices.items()}
    return decide([theirs], beside, base or Base(), named, known=["client"])


def test_what_is_not_here_is_new_and_what_says_the_same_is_the_same() -> None:
    assert (plan(person(), None).new, plan(person(), person()).same) == (1, 1)
    assert plan(person(father="PERES "), person()).conflicts == ()


def test_what_is_empty_here_is_filled_and_what_is_empty_there_overwrites_nothing() -> None:
    assert plan(person(), person(phone={"phone": ""})).changed == ("client.phone",)
    found = plan(person(phone={"phone": ""}), person())
    assert (found.same, found.steps) == (1, ())


def test_both_values_stand_until_an_officer_chose_one() -> None:
    found = plan(person(), person(father="Perez"))
    [one] = found.conflicts
    assert (one.id, one.ours, one.theirs, found.ready, found.steps) == ("client.father", "Perez", "Peres", False, ())
    theirs = plan(person(), person(father="Perez"), client__father="theirs")
    assert theirs.ready and theirs.steps[0].registers == ("father",)
    ours = plan(person(), person(father="Perez"), client__father="ours")
    assert ours.ready and ours.steps == ()


def test_what_the_giver_changed_since_the_last_time_and_nobody_here_is_taken_over() -> None:
    base = Base.of("salt", [person()])
    assert plan(person(phone={"phone": "+2"}), person(), base).changed == ("client.phone",)
    assert plan(person(), person(phone={"phone": "+9"}), base).same == 1
    both = plan(person(phone={"phone": "+2"}), person(phone={"phone": "+9"}), base)
    assert [one.id for one in both.conflicts] == ["client.phone"]


def test_a_name_is_never_taken_over_unasked() -> None:
    base = Base.of("salt", [person()])
    assert [one.id for one in plan(person(father="Santos"), person(), base).conflicts] == ["client.father"]


def test_what_the_giver_took_back_is_put_away_only_where_an_officer_says_so() -> None:
    claim = Item("claim", Origin(PLU, "claim"), "claim", {"head": "wage"})
    other = Item("claim", Origin(PLU, "other"), "claim", {"head": "ticket"})
    beside = Beside({HER: person(), claim.origin: claim}, {HER: "h", claim.origin: "c", other.origin: "o"})
    base = Base.of("s", [person(), claim])
    found = decide([person(), other], beside, base, {}, known=["client", "claim"])
    assert [(one.id, one.theirs) for one in found.conflicts] == [("claim.claim.gone", True)]


def test_a_choice_about_nothing_and_a_choice_that_is_none_are_refused_by_name() -> None:
    with pytest.raises(Invalid):
        plan(person(), person(father="Perez"), client__sex="theirs")
    with pytest.raises(Invalid):
        plan(person(), person(father="Perez"), client__father="mine")


def test_kinds_of_a_newer_version_wait_and_are_named() -> None:
    found = decide([person()], Beside({}, {HER: "h"}), Base(), {}, known=["journey"])
    assert (found.gaps, found.steps) == (("client",), ())


def test_digests_of_an_exchange_tell_no_value() -> None:
    text = Base.of("salt", [person()]).text()
    assert "Peres" not in text and Base.read(text).is_still(HER, "father", "Peres")


# -- two desks


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    folder = tmp_path_factory.mktemp("desks")
    for name in ("plu", "sentro"):
        (folder / name).mkdir()
    plu = new_store(folder / "plu", centre="PLU", country="HK", desk="One")
    sentro = new_store(folder / "sentro", centre="SENTRO", country="PH", desk="Two")
    with closing(plu), closing(sentro):
        trust(plu, sentro, "SENTRO")
        trust(sentro, plu, "PLU")
        yield plu, sentro


def somebody(plu: Store, name: str, *, agreed: Said | None = GIVEN, scope: str = "", **more: Any) -> tuple[str, str]:
    """A client with a case; her uuid and the case's."""
    with plu.change(by=plu.officer, do="demo") as session:
        her = make_client(
            session, desk_code=plu.desk_code, by=plu.officer, call_name=name, given=name, home="HK", **more
        )
        make_journey(session, her, origin="PH", destination="HK", by=plu.officer)
        case = grievances.lodge(
            session, desk_code=plu.desk_code, by=plu.officer, on=TODAY, people=[her.uuid], categories="E1",
            country="HK", step="destination", asylum="no",
        )  # fmt: skip
        if agreed is not None:
            ask(session, her.uuid, agreed, plu.officer, scope)
    return her.uuid, case.uuid


def ask(session: Any, client: str, what: Said, by: str, scope: str = "") -> None:
    consents.ask(session, client=client, purpose=Purpose.HAND_OVER, said=what, by=by, on=TODAY, scope=scope)


def send(
    store: Store, client: str, out: Path, parts: str = "claim", to: str = "SENTRO"
) -> handovers_sending.HandedOver:
    return handovers_sending.hand_over(store, client, to=to, parts=chosen(parts), out=out, today=TODAY)


def receive(store: Store, file: Path, decisions: Decisions | None = None) -> Arrived:
    if decisions is not None:
        return handovers_taking.decided(store, file, decisions, TODAY)
    return arriving.arrive(store, file, today=TODAY)


def lines(store: Store, file: Path) -> list[dict[str, Any]]:
    with parcel_files.opened(file, [desk_keys.own(store)]) as found:
        return list(found.lines)


def test_nothing_leaves_unasked_and_the_sentence_says_so(desks: tuple[Store, Store], tmp_path: Path) -> None:
    plu, _sentro = desks
    her, _case = somebody(plu, "Analyn", agreed=None)
    with pytest.raises(MrcError, match="she was not asked"):
        send(plu, her, tmp_path / "a.handover")
    with plu.change(by=plu.officer, do="ask") as session:
        ask(session, her, NO, plu.officer)
    with pytest.raises(MrcError, match="she refused"):
        send(plu, her, tmp_path / "a.handover")
    assert list(tmp_path.iterdir()) == []
    with plu.read() as session:
        assert handovers.left(session, her) == []


def test_a_part_of_which_nothing_is_kept_goes_along_and_never_alone(desks: tuple[Store, Store], tmp_path: Path) -> None:
    plu, _sentro = desks
    her, _case = somebody(plu, "Belen")
    with pytest.raises(MrcError, match="nothing is kept"):
        send(plu, her, tmp_path / "b.handover", "costs")
    seen = handovers_sending.offer(plu, her, to="SENTRO", parts=chosen("claim,costs"), today=TODAY).preview
    assert seen.parts == (Part.CLAIM, Part.COSTS) and "costs" not in seen.withheld


def test_a_hand_over_goes_to_no_ministry_and_not_to_ourselves(desks: tuple[Store, Store], tmp_path: Path) -> None:
    plu, _sentro = desks
    her, _case = somebody(plu, "Corazon")
    key = desk_keys.from_seed(b"m" * 32)
    with plu.change(by=plu.officer, do="trust") as session:
        for kind, name, recipient in (
            (PartnerKind.MINISTRY, "DMW", key.recipient),
            (PartnerKind.DESK, "Us", desk_keys.own(plu).recipient),
        ):
            partners.trust(session, kind=kind, name=name, recipient=recipient, by=plu.officer, on=TODAY)
    for to in ("DMW", "Us", "nobody"):
        with pytest.raises(Invalid):
            send(plu, her, tmp_path / "c.handover", to=to)


def test_the_safe_way_to_call_travels_with_the_phone_and_her_fear_with_everything(
    desks: tuple[Store, Store], tmp_path: Path
) -> None:
    plu, sentro = desks
    her, case = somebody(
        plu, "Divina", phone="+852 5555 0113", may_call="no", safe_hours="after 20:00", fears_own_state="yes",
        status="irregular", note="a note",
    )  # fmt: skip
    with plu.change(by=plu.officer, do="amend") as session:
        grievances.amend(session, grievances.by_uuid(session, case), changes={"asylum": "yes"})
        counselling.record(session, client=her, on=TODAY, officer=plu.officer, mode="centre", note="a word")
    sent = send(plu, her, tmp_path / "d.handover", "claim,contacts,counselling")
    assert sent.parts == ("claim", "contacts") and sent.withheld["counselling"] == "own_yes"
    said_ = str(lines(sentro, sent.file))
    assert "after 20:00" in said_ and "irregular" not in said_ and "a note" not in said_ and "a word" not in said_
    came = receive(sentro, sent.file)
    assert came.receipt is not None
    with sentro.read() as session:
        found = clients.by_number(session, came.told["client"])
        assert (found.may_call.value, found.fears_own_state.value, found.number) == ("no", "yes", came.told["client"])
        assert not grievances.origin_embassy_allowed(session, found.uuid)
        matrix = consents.matrix(session, found.uuid, TODAY)
        assert matrix[Purpose.RECORD].value == "given" and matrix[Purpose.STATISTICS].value == "not_asked"


def test_papers_go_with_their_part_and_get_a_new_key(desks: tuple[Store, Store], tmp_path: Path) -> None:
    plu, sentro = desks
    her, _case = somebody(plu, "Elena")
    with plu.change(by=plu.officer, do="papers") as session:
        for what, name, words in (
            ("passport", "passport.txt", b"P123\n" * 30_000), ("medical", "doctor.txt", b"what the doctor said\n"),
        ):  # fmt: skip
            attachments.add(
                session, centre=plu.path, client=her, what=what, name=name, content=words, on=TODAY, by=plu.officer
            )
    sent = send(plu, her, tmp_path / "e.handover", "documents,health")
    assert sent.withheld["health"] == "own_yes"
    assert b"doctor" not in str(lines(sentro, sent.file)).encode()
    came = receive(sentro, sent.file)
    with sentro.read() as session, plu.read() as there:
        [paper] = attachments.of_client(session, clients.by_number(session, came.told["client"]).uuid)
        mine = next(one for one in attachments.of_client(there, her) if one.what is attachments.What.PASSPORT)
        assert attachments.content(sentro.path, paper) == b"P123\n" * 30_000
        assert paper.key != mine.key and paper.sha256 == mine.sha256


def test_a_referral_brings_its_service_along_once(desks: tuple[Store, Store], tmp_path: Path) -> None:
    plu, sentro = desks
    for store in desks:
        with store.change(by=store.officer, do="providers") as session:
            providers.add(session, name="Shelter (invented)", kind="shelter", country="PH")
    her, _case = somebody(plu, "Fe")
    with plu.change(by=plu.officer, do="refer") as session:
        [shelter] = providers.by_name(session, "Shelter (invented)")
        legal = providers.add(session, name="Legal help (invented)", kind="legal_aid", country="PH")
        for one in (shelter, legal):
            referrals.make(
                session, client=her, provider=one.uuid, on=TODAY, by=plu.officer, service="bed", said=YES
            )  # fmt: skip
    came = receive(sentro, send(plu, her, tmp_path / "f.handover", "referrals").file)
    with sentro.read() as session:
        found = referrals.of_client(session, clients.by_number(session, came.told["client"]).uuid)
        assert {providers.by_uuid(session, one.provider).name for one in found} == {
            "Shelter (invented)", "Legal help (invented)",
        }  # fmt: skip
        assert len(providers.by_name(session, "Shelter (invented)")) == 1


def test_who_was_kept_from_others_there_is_kept_from_others_here(desks: tuple[Store, Store], tmp_path: Path) -> None:
    plu, sentro = desks
    her, case = somebody(plu, "Gloria")
    with plu.change(by=plu.officer, do="restrict") as session:
        restrictions.restrict(session, client=her, officers=[plu.officer], since="2026-11-20T08:00:00Z")
        restrictions.restrict(session, client=case, officers=[plu.officer], since="2026-11-20T08:00:00Z")
        ask(session, her, GIVEN, plu.officer, case)
    came = receive(sentro, send(plu, her, tmp_path / "g.handover").file)
    with sentro.read() as session:
        found = clients.by_number(session, came.told["client"])
        [taken] = grievances.of_client(session, found.uuid)
        assert restrictions.standing(session, found.uuid) and restrictions.standing(session, taken.uuid)


def test_what_is_sent_back_leaves_no_trace_and_the_giver_keeps_the_case(
    desks: tuple[Store, Store], tmp_path: Path
) -> None:
    plu, sentro = desks
    her, _case = somebody(plu, "Helen")
    with sentro.read() as session:
        before = len(ledgers.left(session))
    sent = send(plu, her, tmp_path / "h.handover")
    back = receive(sentro, sent.file, Decisions(accept=False, because="We do not know this trade."))
    assert back.receipt is not None and not back.told["kept"]
    receive(plu, back.receipt)
    with plu.read() as session:
        [row] = handovers.left(session, her)
        assert (row.state, row.because) == (handovers.Sent.REJECTED, "We do not know this trade.")
        assert handovers.owner(session, her).name == ""
    with sentro.read() as session:
        assert len(ledgers.left(session)) == before
        with pytest.raises(MrcError):
            clients.by_number(session, back.told["client"])
    again = send(plu, her, tmp_path / "h2.handover")
    assert (again.revision, again.moves, again.handover) == (2, True, sent.handover)


def test_until_the_receipt_comes_the_giver_sends_revisions_and_an_older_one_changes_nothing(
    desks: tuple[Store, Store], tmp_path: Path
) -> None:
    plu, sentro = desks
    her, case = somebody(plu, "Imelda")
    first = send(plu, her, tmp_path / "i1.handover")
    with plu.change(by=plu.officer, do="amend") as session:
        grievances.amend(session, grievances.by_uuid(session, case), changes={"title": "Wages"})
    second = send(plu, her, tmp_path / "i2.handover")
    assert (second.revision, second.moves) == (2, True)
    came = receive(sentro, second.file)
    late = receive(sentro, first.file)
    assert came.new > 0 and (late.new, late.conflicts) == (0, [])
    with sentro.read() as session:
        found = clients.by_number(session, came.told["client"])
        assert [one.title for one in grievances.of_client(session, found.uuid)] == ["Wages"]
        [taken] = grievances.of_client(session, found.uuid)
        assert handovers.origin_of(session, taken.uuid).record == case


def test_both_said_something_else_and_the_officer_of_the_later_revision_chooses(
    desks: tuple[Store, Store], tmp_path: Path
) -> None:
    plu, sentro = desks
    her, case = somebody(plu, "Jocelyn")
    came = receive(sentro, send(plu, her, tmp_path / "j1.handover").file)
    with plu.change(by=plu.officer, do="amend") as session:
        grievances.amend(session, grievances.by_uuid(session, case), changes={"title": "Pay"})
    with sentro.change(by=sentro.officer, do="amend") as session:
        [mine] = grievances.of_client(session, clients.by_number(session, came.told["client"]).uuid)
        grievances.amend(session, mine, changes={"title": "Wages"})
    later = send(plu, her, tmp_path / "j2.handover")
    [one] = receive(sentro, later.file).conflicts
    assert (one["ours"], one["theirs"]) == ("Wages", "Pay")
    with pytest.raises(MrcError):
        receive(sentro, later.file, Decisions())
    done = receive(sentro, later.file, Decisions(choices={one["id"]: "theirs"}))
    assert done.receipt is not None
    with sentro.read() as session:
        assert grievances.by_uuid(session, mine.uuid).title == "Pay"


def test_contracts_keep_their_journey_and_their_paper(desks: tuple[Store, Store], tmp_path: Path) -> None:
    from mrc_app.casework import journeys

    plu, sentro = desks
    her, _case = somebody(plu, "Karen")
    with plu.change(by=plu.officer, do="contracts") as session:
        [journey] = journeys.of_client(session, her)
        contracts.keep(
            session, journey, on=TODAY, by=plu.officer, stage="seen", seen_on=TODAY,
            terms={"wage": {"amount": 5100, "currency": "HKD", "per": "month"}},
        )  # fmt: skip
    came = receive(sentro, send(plu, her, tmp_path / "k.handover", "contracts").file)
    with sentro.read() as session:
        found = clients.by_number(session, came.told["client"]).uuid
        [kept] = contracts.of_client(session, found)
        assert kept.journey == journeys.of_client(session, found)[0].uuid
        assert kept.added_by == "PLU"


@pytest.mark.parametrize(
    "body",
    [
        [],
        [{"line": "handover", "id": "x"}],
        [{"line": "record", "kind": 3, "origin": ["a", "b"], "part": "claim", "fields": {}}],
        [{"line": "paper", "origin": ["a", "b"], "data": "no base64!"}],
    ],
)
def test_what_is_no_hand_over_inside_is_one_sentence_and_nothing_stays(
    desks: tuple[Store, Store], tmp_path: Path, body: list[dict[str, Any]]
) -> None:
    plu, sentro = desks
    file = tmp_path / "x.handover"
    header = Header("handover", new_uuid(), 1, "c", (desk_keys.own(sentro).recipient,), schema="handover/1")
    parcel_files.write(file, header, lambda: iter(body), desk_keys.own(plu))
    before = sentro.path.read_bytes()
    with pytest.raises(CannotRead):
        receive(sentro, file)
    assert sentro.path.read_bytes() == before and not list(tmp_path.glob("*.receipt"))


def forged(plu: Store, sentro: Store, file: Path, change: Any) -> Path:
    """A hand-over as a trusted partner with another program might write it."""
    whole = change(lines(sentro, file))
    out = file.with_name("forged.handover")
    header = Header("handover", new_uuid(), 9, "c", (desk_keys.own(sentro).recipient,), schema="handover/1")
    parcel_files.write(out, header, lambda: iter(whole), desk_keys.own(plu))
    return out


def test_no_partner_writes_into_a_record_it_was_never_given(desks: tuple[Store, Store], tmp_path: Path) -> None:
    plu, sentro = desks
    her, _case = somebody(plu, "Luz")
    file = send(plu, her, tmp_path / "l.handover").file
    other, theirs = somebody(sentro, "Nena")
    with sentro.read() as session:
        centre = handovers.here(session, other).centre

    def as_theirs(whole: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**one, "client": [centre, other]} if one["line"] == "handover" else one for one in whole]

    def into_a_case(whole: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**one, "origin": [centre, theirs]} if one.get("kind") == "grievance" else one for one in whole]

    for change, why in ((as_theirs, "never given"), (into_a_case, "somebody else")):
        bad = forged(plu, sentro, file, change)
        with pytest.raises(MrcError, match=why):
            receive(sentro, bad)
        bad.unlink()
        bad.with_name(bad.name + ".minisig").unlink()


def test_a_receipt_for_nothing_is_refused(desks: tuple[Store, Store], tmp_path: Path) -> None:
    plu, sentro = desks
    file = tmp_path / "x.receipt"
    line = {
        "line": "receipt", "handover": "h", "revision": 1, "parcel": "p", "accepted": True, "because": "",
        "on": "2026-11-20",
    }  # fmt: skip
    header = Header("receipt", new_uuid(), 1, "c", (desk_keys.own(plu).recipient,))
    parcel_files.write(file, header, lambda: iter([line]), desk_keys.own(sentro))
    with pytest.raises(MrcError, match="has not sent"):
        receive(plu, file)


@pytest.mark.parametrize(
    "typed", [{"person": 3}, {"people": "new"}, {"accept": "yes"}, {"choices": {"client.sex": "theirs"}}]
)
def test_decisions_that_say_nothing_are_refused_by_name(
    desks: tuple[Store, Store], tmp_path: Path, typed: dict[str, Any]
) -> None:
    plu, sentro = desks
    her, _case = somebody(plu, f"Nn{len(str(typed))}")
    file = send(plu, her, tmp_path / "n.handover").file
    with pytest.raises(Invalid):
        receive(sentro, file, Decisions.of(typed))


def test_the_commands_say_what_left_and_what_came(desks: tuple[Store, Store], tmp_path: Path) -> None:
    plu, sentro = desks
    her, _case = somebody(plu, "Olivia", phone="+852 5555 0119")
    with plu.read() as session:
        number = clients.by_uuid(session, her).number
    word = tmp_path / "password.txt"
    word.write_text(PASSWORD, "utf-8")

    def mrc(store: Store, *asked: str) -> Any:
        options = ["--centre", str(store.path), "--user", LOGIN, "--password-file", str(word), "--json"]
        found = CliRunner().invoke(cli.app, [*asked, *options])
        return json.loads(found.stdout) if found.exit_code == 0 else found

    asked = ["hand-over", "--client", number, "--to", "SENTRO", "--parts", "claim,contacts,costs"]
    seen = mrc(plu, *asked, "--preview")
    assert (seen["file"], seen["withheld"]) == (None, {"journey": "not_chosen"})
    made = mrc(plu, *asked, "--out", str(tmp_path / "o.handover"), "--today", "2026-11-20")
    assert (made["parts"], made["file"]) == (["claim", "contacts", "costs"], str(tmp_path / "o.handover"))
    came = mrc(sentro, "receive", made["file"])
    assert (came["kind"], came["conflicts"], came["gaps"]) == ("handover", [], []) and came["receipt"]
    assert mrc(sentro, "receive", made["file"])["new"] == 0
    mrc(plu, "receive", came["receipt"])
    left = mrc(plu, "left", "--client", number)
    assert left["owner"] == "SENTRO" and left["left"][0]["state"] == "accepted"
    assert mrc(plu, "hand-over", "--client", number, "--to", "SENTRO", "--parts", "claim").exit_code == 1


def test_who_only_counts_learns_which_cases_a_partner_counts(desks: tuple[Store, Store], tmp_path: Path) -> None:
    plu, sentro = desks
    her, case = somebody(plu, "Perla")
    came = receive(sentro, send(plu, her, tmp_path / "p.handover").file)
    assert came.receipt is not None
    before = plu.role
    for role, known in ((before, False), (before, True), (Role.DATA_OFFICER, True)):
        if known and role is before:
            receive(plu, came.receipt)
        plu.role = role
        try:
            with plu.read() as session:
                assert (case in handovers.passed_on(session)) is known
                assert handovers.origin_of(session, case).record == case
        finally:
            plu.role = before
