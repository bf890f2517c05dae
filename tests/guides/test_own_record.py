"""Her own record: everything kept about her, in her language, without what is never printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from mrc_app.casework import (
    agenda,
    attachments,
    claims,
    consents,
    contract_files,
    contract_verdicts,
    contracts,
    counselling,
    duplicates,
    grievance_cases,
    grievances,
    households,
    providers,
    referrals,
    requests,
    unions,
)
from mrc_app.casework.consents import Purpose, Said, State
from mrc_app.errors import Invalid, MrcError, NotAllowed
from mrc_app.guides import own_record
from mrc_app.guides.own_record_columns import AMOUNTS, AS, MONEY, OFFICERS, SECTIONS, label_of, printed_as
from mrc_app.guides.own_record_rest import APART, REST
from mrc_app.guides.words import Words
from mrc_app.i18n import Catalog
from mrc_app.money import Money
from mrc_app.store import officers
from mrc_app.store.centre import Store
from mrc_app.store.kinds import kinds
from mrc_app.store.roles import Role
from tests.make import LOGIN, PASSWORD, TODAY, YES, make_client, make_journey, make_store


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    made = make_store(tmp_path)
    yield made
    made.close()


@pytest.fixture
def number(desk: Store) -> str:
    """Tigist, with something in every section."""
    with desk.change(by=desk.officer, do="test") as session:
        her = make_client(
            session, call_name="Tigist", given="Tigist", native="ትግስት", phone="0911550134", nationality="ET",
            speaks="am,en", birth={"year": "1995", "calendar": "ethiopian", "estimated": True}, fears_own_state="yes",
            cover_text="Meseret calls", sex="F",
        )  # fmt: skip
        by = desk.officer
        make_journey(session, her, employer="SOTUHUILE s.a.r.l.", wage=Money(100_000, "SAR"), wage_per="month")
        counselling.record(session, client=her.uuid, on=TODAY, officer=by, topics="contract", result="do not sign yet")
        counselling.hand_out(
            session, client=her.uuid, on=TODAY, by=by, what="departure_guide", safe_to_carry="yes", language="am"
        )
        home = households.found(session, client=her.uuid)
        households.join(session, home, relation="child", called="Abel")
        agenda.add(session, due=TODAY, text="call in 7 days", on=TODAY, by=by, client=her.uuid)
        attachments.add(
            session, centre=desk.path, client=her.uuid, what="contract", name="contract.txt", content=b"SAR 1,000",
            on=TODAY, by=by,
        )  # fmt: skip
        asked = requests.note(
            session, by=by, on=TODAY, client=her.uuid, authority="Labour court", asked="her contract", in_writing="yes"
        )
        requests.decide(session, asked, decision="given", reason="court order", on=TODAY, by=by)
        requests.give(session, asked, given="a copy of the contract", on=TODAY, by=by)
        twin = make_client(session, call_name="Tigest")
        duplicates.merge(session, one=her, other=twin, by=by, on=TODAY)
        return her.number


def made(desk: Store, number: str, language: str) -> tuple[own_record.OwnRecord, own_record.Printed, str]:
    with desk.read() as session:
        found = own_record.of(session, number)
    printed = own_record.make(found, language=language, centre="MIC Bahir Dar", today=TODAY)
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(printed.pdf)).pages)
    return found, printed, text


def test_the_pdf_says_everything_in_words(desk: Store, number: str) -> None:
    _, printed, text = made(desk, number, "en")
    assert printed.language == "en" and printed.untranslated == 0
    assert text.index("Number") < text.index("Name we call you by") < text.index("Sex") < text.index("Phone"), "as kept"
    for said in (
        "My record", "Tigist", "Meseret calls", "SOTUHUILE", "do not sign yet", "departure guide", "Abel",
        "call in 7 days", "contract.txt", "Labour court", "a copy of the contract", "Ethiopia", "Meseret", "female",
        "SAR", "Tigest", "English",
    ):  # fmt: skip
        assert said in text, said


def test_what_is_never_printed_is_in_neither_form(desk: Store, number: str) -> None:
    found, _, text = made(desk, number, "en")
    data = own_record.document(found, TODAY)
    told = json.dumps(data, ensure_ascii=False)
    assert "fears_own_state" not in told and "fears" not in text
    assert "Some answers are never written on paper" in text
    assert '"key"' not in told
    assert found.sections["papers"][0].key not in told
    assert data["person"][0]["native"] == "ትግስት" and data["papers"][0]["name"] == "contract.txt"
    assert len(data["person"]) == 2 and data["requests"][0]["given"] == "a copy of the contract"


@pytest.mark.parametrize("language", ["am", "ar", "fr"])
def test_every_label_is_in_her_language(desk: Store, number: str, language: str) -> None:
    _, printed, _ = made(desk, number, language)
    assert printed.language == language
    own = Words.load(language)
    english = Catalog.load("en", "guides")
    ids = {line for line in _ids() if english.find(line)}
    assert len(ids) > 100
    assert [line for line in ids if own.own(line) is None] == []


def _ids() -> list[str]:
    text = Path("locales/en/LC_MESSAGES/guides.po").read_text("utf-8")
    return [line[7:-1] for line in text.splitlines() if line.startswith('msgid "X.own.')]


def test_a_language_without_a_translation_falls_back_and_says_how_much(desk: Store, number: str) -> None:
    _, printed, text = made(desk, number, "sm")
    assert printed.untranslated > 20
    assert "My record" in text and "[en]" in text, "never silently English"


OLDER = {
    *("client", "consent", "journey", "contact", "handout", "membership", "task", "attachment", "request"),
    *("cost", "loan", "income", "letter", "referral", "referralevent", "unionmembership", "unionevent"),
    *("contract", "contractstamp", "contractcheck", "approvalitem"),
}
"""The kinds that a question of their own noun brings into a section."""


def test_no_kind_is_forgotten() -> None:
    told = {kind for names in REST.values() for kind in names} | OLDER
    about = {name for name, kind in kinds().items() if kind.subject}
    assert about == told | APART.keys(), "what is kept about a person stands in a section, or a reason why not"
    assert not told & APART.keys() and all(APART.values())
    assert REST.keys() <= set(SECTIONS)


def test_no_column_is_forgotten() -> None:
    english = Catalog.load("en", "guides")
    for kind in (name for name, known in kinds().items() if known.subject and name not in APART):
        for column in kinds()[kind].columns:
            label = printed_as(kind, column)
            assert not label or english.find(f"X.own.f.{label}"), (kind, column)
        assert AS.get(kind, {}).keys() <= set(kinds()[kind].columns), kind
    for section in SECTIONS:
        assert english.find(f"X.own.section.{section}"), section
    assert {label_of(column) for column in OFFICERS} == {"officer"}
    amounts = {AMOUNTS.get(name, name) for names in MONEY.values() for name in names}
    for label in amounts | {"composite", "scores", "stands"}:
        assert english.find(f"X.own.f.{label}"), label


def test_an_empty_record_says_that_nothing_is_kept(desk: Store) -> None:
    with desk.change(by=desk.officer, do="test") as session:
        bare = make_client(session, call_name="Hana").number
    _, _, text = made(desk, bare, "en")
    assert text.count("Nothing is kept here.") == 1
    assert "Your complaints" in text[text.index("Nothing is kept here.") :]


def test_nobody_elses_number_and_no_unknown_language(desk: Store, number: str) -> None:
    with desk.read() as session, pytest.raises(MrcError):
        own_record.of(session, "XX-2026-1-0")
    with pytest.raises(Invalid):
        made(desk, number, "xx-none")


def test_a_data_officer_gives_no_record(desk: Store, number: str) -> None:
    with desk.read() as session, pytest.raises(NotAllowed):
        session.info["role"] = Role.DATA_OFFICER
        own_record.of(session, number)


def test_the_command_writes_both_and_remembers_where(
    desk: Store, number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from mrc_app.cli import run
    from mrc_app.store import saved_files

    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)
    at = ["--centre", str(desk.path), "--user", LOGIN, "--today", "2026-11-20"]
    assert run(["own-record", number, *at, "--language", "am", "--out", str(tmp_path / "out"), "--json"]) == 0
    told = capsys.readouterr()
    said = json.loads(told.out)
    assert Path(said["pdf"]).read_bytes().startswith(b"%PDF") and said["language"] == "am"
    assert json.loads(Path(said["file"]).read_text())["number"] == number
    assert "hers alone" in told.err
    assert {one.path for one in saved_files.listed(desk)} == {said["pdf"], said["file"]}

    assert run(["erase", number, *at, "--confirm"]) == 1
    assert "waits to be erased" in capsys.readouterr().err
    assert run(["erase", number, *at]) == 0
    assert run(["erasures", *at[:4], "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out.split("--confirm.\n")[1])["waiting"]) == 2
    assert run(["erase", number, *at, "--confirm", "--json"]) == 0
    assert not Path(said["pdf"]).exists()


def test_contracts_checks_and_papers_of_her_file_are_told_in_words(desk: Store) -> None:
    with desk.change(by=desk.officer, do="test") as session:
        her = make_client(session, call_name="Tigist")
        journey = make_journey(session, her, sector="domestic")
        typed = {"job": "housemaid", "wage": {"amount": 1000, "currency": "SAR"}, "passport_kept_by": "employer",
                 "insurance": {"policy": "", "seen": False}, "agency": {"valid_to": "2027-06-30"},
                 "deductions": [{"for": "food", "amount": 50, "currency": "SAR"}]}  # fmt: skip
        told: dict[str, Any] = {"on": TODAY, "by": desk.officer}
        contract = contracts.keep(session, journey, stage="seen", terms=typed, **told)
        contracts.stamp(session, contract, authority="Embassy in Riyadh", **told)
        check = contract_verdicts.check(session, contract, journey, **told)
        contract_verdicts.decide(session, check, verdict="do_not_sign_yet", **told)
        contract_verdicts.her_decision(session, check, decision="waits", note="asks her brother", **told)
        contract_files.item(session, journey, checklist="ET-agency", item="passport", state="seen", **told)
    found, printed, text = made(desk, her.number, "en")
    text = " ".join(text.split())
    for said in (
        "housemaid", "1000", "passport: employer", "policy seen: no", "food SAR 50", "Embassy in Riyadh",
        "Passport stays with her", "do not sign yet", "she waits", "asks her brother", "Passport, original and copy",
    ):  # fmt: skip
        assert said in text, said
    assert printed.untranslated == 0
    kept = own_record.document(found, TODAY)
    assert kept["contract_checks"][0]["verdict"] == "do_not_sign_yet" and kept["approval"][0]["item"] == "passport"


def test_consents_are_among_what_is_told(desk: Store, number: str) -> None:
    found, _, text = made(desk, number, "en")
    assert all(isinstance(one, consents.Consent) for one in found.sections["consents"])
    assert "keep my record here" in text


def test_a_case_of_two_tells_each_her_own_part(desk: Store) -> None:
    told: dict[str, Any] = {"by": desk.officer, "on": TODAY}
    with desk.change(by=desk.officer, do="test") as session:
        her = make_client(session, call_name="Almaz", given="Almaz", father="Bekele")
        hirut = make_client(session, call_name="Hirut", given="Hirut", father="Bekele", native="ሂሩት")
        case = grievances.lodge(
            session, desk_code="AA1", people=[her.uuid, hirut.uuid], title="Wages", categories=["E1"], asylum="yes",
            note="Hirut Bekele and ሂሩት wrote it", lodged_through="representative", lodger="Hirut", **told,
        )  # fmt: skip
        grievance_cases.bring(session, case, what="witness", client=hirut.uuid, note="told at night", **told)
        grievance_cases.bring(session, case, what="witness", note="hirut saw it", **told)
        for one, amount in ((her, 40_000), (hirut, 87_654)):
            claims.add(session, client=one.uuid, grievance=case.uuid, head="wage", amount=Money(amount, "USD"), **told)
    found, printed, text = made(desk, her.number, "en")
    text = " ".join(text.split())
    for said in ("Your complaints", "Wages", "wages not paid", "… Bekele and … wrote it", "still open", "USD 400.00"):
        assert said in text, said
    assert printed.untranslated == 0
    data = json.dumps(own_record.document(found, TODAY), ensure_ascii=False)
    for theirs in ("irut", "ሂሩት", hirut.uuid, "87654", "876.54", "told at night", "asylum"):
        assert theirs not in data and theirs not in text, theirs
    assert "… saw it" in data and case.number in data


def test_of_a_case_kept_from_the_officer_nothing_tells(desk: Store) -> None:
    with desk.change(by=desk.officer, do="test") as session:
        number = (her := make_client(session, call_name="Almaz")).number
        third = officers.add(session, name="Abebe", login="abebe").uuid
        officers.add(session, name="Chala", login="chala")
    chala = Store(desk.path, desk.key, "chala", "this computer")
    before = made(chala, number, "en")[0]
    with desk.change(by=desk.officer, do="test") as session:
        case = grievances.lodge(
            session, desk_code="AA1", people=[her.uuid], categories=["E15"], officers=[desk.officer, third],
            since="2026-11-20T08:00:00Z", by=desk.officer, on=TODAY,
        )  # fmt: skip
        agenda.add(
            session, due=TODAY, text="ask the court", on=TODAY, by=desk.officer, client=her.uuid, about=case.uuid
        )
    after = made(chala, number, "en")[0]
    chala.close()
    assert own_record.document(after, TODAY) == own_record.document(before, TODAY)
    pages = [own_record.make(one, language="en", centre="MIC", today=TODAY) for one in (before, after)]
    texts = [[page.extract_text() for page in PdfReader(BytesIO(one.pdf)).pages] for one in pages]
    assert texts[0] == texts[1]
    kept = own_record.document(made(desk, number, "en")[0], TODAY)
    assert len(kept["grievances"]) == 3 and len(kept["tasks"]) == 1


def test_referrals_and_unions_are_told_by_name(desk: Store) -> None:
    told: dict[str, Any] = {"today": TODAY, "by": desk.officer}
    with desk.change(by=desk.officer, do="test") as session:
        her = make_client(session, call_name="Almaz", by=desk.officer)
        legal = providers.add(session, kind="legal_aid", name="Lawyers of Addis", country="ET")
        sent = referrals.make(
            session, client=her.uuid, provider=legal.uuid, service="wage claim", said=YES, on=TODAY, by=desk.officer
        )
        referrals.send(session, sent, **told)
        referrals.ask(session, client=her.uuid, provider=legal.uuid, said=YES, on=TODAY, by=desk.officer)
        no: dict[str, Any] = {"client": her.uuid, "purpose": Purpose.REFERRAL, "said": Said(State.REFUSED)}
        consents.ask(session, **no, scope="police", on=TODAY, by=desk.officer)
        union = unions.begin(session, client=her.uuid, union="CETU", step="joined", **told)
        unions.step(session, union, step="dues", paid_to=date(2027, 3, 31), **told)
    _, printed, text = made(desk, her.number, "en")
    text = " ".join(text.split())
    for said in (
        "Where we referred you", "Lawyers of Addis: wage claim", "What was told about you", "Your union", "CETU",
        "Dues paid up to", "police or anti-trafficking unit",
    ):  # fmt: skip
        assert said in text, said
    assert printed.untranslated == 0 and sent.uuid not in text and legal.uuid not in text
