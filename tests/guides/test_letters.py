"""Letters: five languages, nothing private, sums to the last digit, and nothing goes before it was asked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from mrc_app.casework import claims, consents, contract_verdicts, contracts, grievance_people, grievances, letters_given
from mrc_app.casework.claim_months import paid_in_full, whole_months
from mrc_app.casework.contract_terms import read
from mrc_app.casework.letters_given_words import LetterKind, To
from mrc_app.cli import app
from mrc_app.errors import Invalid, MrcError
from mrc_app.guides import difference_sheet, letters, letters_records, letters_tables
from mrc_app.guides.letters_facts import (
    ClaimLine,
    Contact,
    Event,
    Excess,
    Law,
    LetterFacts,
    Paper,
    Party,
    Referral,
    Version,
)
from mrc_app.guides.letters_words import LetterWords
from mrc_app.i18n import Catalog
from mrc_app.money import Money
from mrc_app.store.centre import Store
from tests.make import LOGIN, PASSWORD, TODAY, YES, make_client, make_journey, make_store

LANGUAGES = ("en", "fr", "ar", "am", "ne")
ON = date(2026, 11, 21)
CENTRE = Party("UGTT Sfax", "Rue Habib Bourguiba\nSfax")
EMPLOYER = "SOTUHUILE s.a.r.l."
OWED = {"Koffi D.": "450.000", "Mamadou B.": "210.000", "Yao K.": "96.250", "Sekou C.": "300.000", "Ali T.": "75.500"}
WORKED = (date(2026, 9, 1), date(2026, 9, 24))
RUN = CliRunner()


def five() -> tuple[ClaimLine, ...]:
    return tuple(
        ClaimLine(name, Money.of(due, "TND"), Money.of("120.500" if name == "Koffi D." else 0, "TND"), "wage", *WORKED)
        for name, due in OWED.items()
    )


def claim(**over: Any) -> LetterFacts:
    facts = LetterFacts(
        LetterKind.CLAIM, CENTRE, Party(EMPLOYER, "Route de Tunis"), To.EMPLOYER, tuple(OWED), ON, "Salma",
        "SF1-2026-4",
        respondent=EMPLOYER, claims=five(), evidence=(Paper("carnet", "photo"),),
    )  # fmt: skip
    return replace(facts, **over)


def said(facts: LetterFacts, language: str) -> str:
    """Everything on the page in the order of reading, without marks that only turn lines."""
    found = letters.blocks(facts, letters.template(facts.kind), LetterWords.load(language))
    return re.sub("[\u2066-\u2069]", "", "\n".join(letters.texts(found))).replace("\u00a0", " ")


def ids(code: str) -> dict[str, str]:
    english = Path("locales/en/LC_MESSAGES/letters.po").read_text("utf-8")
    catalog = Catalog.load(code, "letters")
    return {name: catalog.find(name) or "" for name in re.findall(r'^msgid "([A-Z].+)"$', english, re.M)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence_with_the_same_places_to_fill(language: str) -> None:
    english, own = ids("en"), ids(language)
    assert len(english) > 340 and [name for name, text in own.items() if not text] == []
    for name, text in own.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", english[name])), name
    assert LetterWords.load(language).draft is (language != "en")


def test_what_she_reads_is_short() -> None:
    for name, text in ids("en").items():
        if re.match(r"R\.\d+\.(missing|worse|should)", name):
            assert all(len(part.split()) <= 12 for part in text.split(". ")), name


def test_every_template_names_forms_and_sentences_that_exist() -> None:
    english = ids("en")
    assert set(letters.templates()) == set(LetterKind)
    for chosen in letters.templates().values():
        assert chosen.subject in english
        assert {part.text for part in chosen.parts if part.text} <= set(english)


def test_a_kind_without_a_template_and_a_language_without_a_translation_are_refused() -> None:
    with pytest.raises(Invalid, match="no template for a letter of the kind “poem”"):
        letters.template("poem")
    with pytest.raises(MrcError, match="no approved translation of this paper in Samoan"):
        letters.make(claim(), language="sm")
    with pytest.raises(MrcError, match="no approved translation"):
        letters.make(claim(), language="en", copy="bi")
    with pytest.raises(Invalid):
        letters.make(claim(), language="xx-none")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_claim_of_five_has_three_decimals_and_one_total(language: str) -> None:
    text = said(claim(), language)
    for amount in ("450.000", "120.500", "329.500", "1,011.250", "75.500"):
        wanted = amount.replace(".", "·").replace(",", "\u202f").replace("·", ",") if language == "fr" else amount
        assert wanted.replace("\u202f", " ") in text, (language, amount)
    assert EMPLOYER in text and text.count("Koffi D.") >= 2


def test_arabic_pages_keep_latin_names_and_amounts_in_order() -> None:
    made = letters.make(claim(), language="ar")
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(made.pdf)).pages).replace("\u00a0", " ")
    assert "s.a.r.l" in text and "1,011.250" in text and "329.500" in text
    assert made.draft and made.pages == 1
    page = next(letters.blocks(claim(), letters.template("claim"), LetterWords.load("ar")))
    assert "لم يراجعها" in page.text  # type: ignore[union-attr]


def test_days_are_in_both_calendars_where_readers_use_their_own() -> None:
    assert "2019" in said(claim(), "am") and "2026" in said(claim(), "am")
    nepali = said(replace(claim(), kind=LetterKind.COMPLAINT_SHEET), "ne")
    assert "2083" in nepali and "2026" in nepali


def test_titles_names_of_files_and_restricted_letters_say_nothing() -> None:
    made = letters.make(claim(restricted=True), language="fr", copy="ar")
    assert (made.file_name, made.title) == ("letter-fr.pdf", "Lettre") and made.draft
    reader = PdfReader(BytesIO(made.pdf))
    assert reader.metadata is not None and reader.metadata.title == "Lettre" and len(reader.pages) == made.pages == 2
    assert "Paiement de salaires" not in said(claim(restricted=True), "fr")
    assert "Paiement de salaires" in said(claim(), "fr")


def test_the_same_facts_give_the_same_bytes() -> None:
    assert letters.make(claim(), language="am").pdf == letters.make(claim(), language="am").pdf


def test_a_month_table_adds_up() -> None:
    rows = paid_in_full(whole_months(date(2025, 8, 6), 14, Money.of(200, "USD")), 6)
    lines = tuple(ClaimLine("Almaz T.", row.due, row.paid, "wage", row.first, row.last) for row in rows)
    due, paid, owed = letters_tables.totals(lines)["USD"]
    assert (str(due.amount), str(paid.amount), str(owed.amount)) == ("2800.00", "1200.00", "1600.00")
    text = said(claim(names=("Almaz T.",), claims=lines), "en")
    assert "USD 1,600.00" in text and "This is still owed to each person" not in text
    assert "6 Aug 2025 – 5 Sept 2025" in text


def test_two_currencies_and_several_heads_stand_apart() -> None:
    lines = (
        ClaimLine("Liza P.", Money.of(5100, "HKD"), Money.of(0, "HKD"), "wage"),
        ClaimLine("Liza P.", Money.of(2800, "HKD"), Money.of(0, "HKD"), "ticket"),
        ClaimLine("Liza P.", Money.of(400, "XOF"), Money.of(0, "XOF"), "made_up"),
    )
    text = said(claim(names=("Liza P.",), claims=lines, evidence=(), answer_by=date(2026, 12, 1)), "en")
    for wanted in ("HKD 7,900.00", "XOF 400", "ticket home", "other", "never added", "by 1 December 2026"):
        assert wanted in text, wanted
    assert "Papers that support this" not in text


def test_the_nepali_sheet_shows_each_side_and_says_who_names_the_law() -> None:
    paid, told = Money.of(120_000, "NPR"), {"wage": {"amount": 1500, "currency": "QAR", "per": "month"}}
    facts = LetterFacts(
        LetterKind.COMPLAINT_SHEET, Party("GEFONT"), Party(""), To.AUTHORITY, ("Ramesh B. K.",), ON, "Sita",
        respondent="Himal Shine", matters=("R1", "R4", "Z9"), words=("They changed it.",),
        events=(Event(ON, "returned"),),
        versions=(Version("advert", read({**told, "food": {"allowance": 300}}), ON), Version("signed_at_destination",
            read({"wage": {**told["wage"], "amount": 1000}, "food": ""}))),
        excess=(Excess(paid, Money.of(10_000, "NPR"), "Act", "origin", "low"), Excess(paid, Money.of(0, "NPR"))),
        laws=(Law("Foreign Employment Act s.53", "accountabilityhub.org", "2007"),), asked=("refund", "zzz"),
    )  # fmt: skip
    text = said(facts, "ne")
    for wanted in (
        "NPR 1,10,000.00", "NPR 1,20,000.00", "s.53", "जाँच गरिएको छैन", "QAR 1,500.00 प्रति महिना", "QAR 300.00",
        "करार फेरबदल", "शुल्क फिर्ता गर्ने", "उजुरी फाराम",
    ):  # fmt: skip
        assert wanted in text, wanted
    assert letters.make(facts, language="ne").pages <= 2


def test_a_referral_says_only_what_she_allowed() -> None:
    told = Referral(("legal advice",), ("claim table",), ON, Contact("+251911000000", "after 17:00", "Hana", "course"))
    facts = LetterFacts(
        LetterKind.REFERRAL, CENTRE, Party("Legal aid"), To.SERVICE, ("Almaz T.",), ON, number="1", referral=told
    )
    text = said(facts, "en")
    assert "+251911000000" in text and "Send no messages" in text and "no finding about anybody" in text
    silent = said(replace(facts, referral=replace(told, contact=Contact(), consented_on=None)), "en")
    assert "only through our office" in silent and "+251" not in silent


def test_a_residence_status_or_her_phone_stops_a_letter() -> None:
    for words in ("he has no residence card", "elle est sans papiers", "مهاجر غير نظامي", "አንድ ሰነድ የሌለው"):
        with pytest.raises(MrcError, match="residence status"):
            letters.make(replace(claim(), kind=LetterKind.COMPLAINT, words=(words,)), language="en")
    told = claim(kind=LetterKind.COMPLAINT, words=("call +216 20 123 456",), private=("+21620123456",))
    with pytest.raises(MrcError, match="private to her"):
        letters.make(told, language="en")
    letters.make(claim(private=(EMPLOYER, "x")), language="en")


def test_no_letter_goes_to_an_embassy_she_fears() -> None:
    with pytest.raises(MrcError, match="embassy of her own country"):
        letters.make(claim(to=To.ORIGIN_EMBASSY, fears_own_state=True), language="en")


def test_versions_side_by_side_with_the_money_lost() -> None:
    from mrc_app.casework.contract_differences import loss

    before = read(
        {"isco": "7112", "wage": {"amount": 1500, "currency": "QAR", "per": "month"}, "food": {"allowance": 300}}
    )
    after = read(
        {"isco": "9313", "wage": {"amount": 1000, "currency": "QAR", "per": "month"}, "food": {"provided": False}}
    )
    versions = (Version("lodged", before, ON), Version("signed_at_destination", after))
    for language in LANGUAGES:
        made = difference_sheet.make(
            versions, language=language, today=ON, loss=loss(before, after, 11), centre="GEFONT"
        )
        assert made.pages == 1 and made.file_name == f"versions-{language}.pdf"
    found = difference_sheet.blocks(versions, LetterWords.load("en"), ON, loss(before, after, 11), "")
    text = re.sub("[\u2066-\u2069]", "", "\n".join(letters.texts(found))).replace("\u00a0", " ")
    assert "QAR 8,800.00" in text and "7112" in text
    same = difference_sheet.blocks((versions[0], versions[0]), LetterWords.load("en"), ON, None, "")
    assert "There is no difference." in "\n".join(letters.texts(same))
    unlike = read({"wage": {"amount": 1000, "currency": "USD", "per": "month"}})
    told = difference_sheet.blocks(versions, LetterWords.load("en"), ON, loss(before, unlike, 11), "")
    assert "We cannot say what was lost" in "\n".join(letters.texts(told))


# -- from the desk's records


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = make_store(tmp_path_factory.mktemp("letters"))
    yield made
    made.close()


def agree(session: Any, desk: Store, client: str) -> None:
    consents.ask(session, client=client, purpose=consents.Purpose.COMPLAINT, said=YES, by=desk.officer, on=TODAY)


@pytest.fixture(scope="module")
def numbers(desk: Store) -> dict[str, str]:
    """Tigist with a checked contract, and a case of two people of whom one agreed."""
    with desk.change(by=desk.officer, do="test") as session:
        her = make_client(session, given="Tigist", phone="0911550134", cover_text="Meseret calls")
        agree(session, desk, her.uuid)
        way = make_journey(session, her, agency="Ethio Star", sector="domestic")
        wage = {"currency": "SAR", "per": "month"}
        offer = contracts.keep(
            session, way, on=TODAY, by=desk.officer, stage="offer", terms={"wage": {**wage, "amount": 1200}}
        )
        paper = contracts.keep(
            session, way, on=TODAY, by=desk.officer, stage="seen",
            terms={"wage": {**wage, "amount": 1000}, "passport_kept_by": "employer", "insurance": {"policy": ""}},
        )  # fmt: skip
        contract_verdicts.check(session, paper, way, on=TODAY, by=desk.officer, against=offer)
        him, quiet = make_client(session, given="Koffi"), make_client(session, given="Yao")
        agree(session, desk, him.uuid)
        grievance = grievances.lodge(
            session, desk_code="BD1", by=desk.officer, on=TODAY, people=[him.uuid, quiet.uuid], categories="E1,T1"
        )
        grievance_people.against(session, grievance, name=EMPLOYER, against="employer", country="TN")
        for one in (him, quiet):
            wages = claims.add(
                session,
                client=one.uuid,
                grievance=grievance.uuid,
                head="wage",
                currency="TND",
                on=TODAY,
                by=desk.officer,
            )
            claims.write_months(
                session, wages, whole_months(date(2026, 8, 1), 2, Money.of("210.000", "TND")), on=TODAY, by=desk.officer
            )
        return {"her": her.number, "case": grievance.number, "him": him.uuid, "quiet": quiet.number}


def run(desk: Store, tmp_path: Path, *options: str) -> Any:
    (tmp_path / "password.txt").write_text(PASSWORD)
    given = ("--centre", str(desk.path), "--user", LOGIN, "--password-file", str(tmp_path / "password.txt"))
    return RUN.invoke(
        app, ["letter", *options, *given, "--out", str(tmp_path / "out.pdf"), "--today", str(TODAY), "--json"]
    )


def test_the_agency_is_told_what_to_correct(desk: Store, numbers: dict[str, str], tmp_path: Path) -> None:
    asked = ("--control", "no", "--passport", "yes", "--family", "yes")
    done = run(desk, tmp_path, "agency", "--case", numbers["her"], "--language", "en", "--copy", "am", *asked)
    told = json.loads(done.output)
    assert told["language"] == "en" and told["draft"] and told["warnings"] == []
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "out.pdf").pages)
    for wanted in (
        "Ethio Star",
        "The employer would keep the passport.",
        "The passport stays with the worker.",
        "1,200",
    ):
        assert wanted in text, wanted
    assert "550134" not in text and "Meseret calls" not in text
    with desk.read() as session:
        from mrc_app.casework import clients

        (kept,) = letters_given.of_client(session, clients.by_number(session, numbers["her"]).uuid)
        assert (kept.to_party, kept.copy_language, len(kept.sha256)) == ("Ethio Star", "am", 64)


def test_nothing_is_written_before_it_was_asked_and_decided(
    desk: Store, numbers: dict[str, str], tmp_path: Path
) -> None:
    base = ("claim", "--case", numbers["case"], "--language", "fr")
    assert "Is her family safe?" in str(run(desk, tmp_path, *base, "--control", "yes", "--passport", "no").exception)
    danger = (*base, "--control", "yes", "--passport", "not-known", "--family", "no")
    refused = str(run(desk, tmp_path, *danger).exception)
    assert "under their control" in refused and "--go-on" in refused
    assert not (tmp_path / "out.pdf").exists()
    with desk.read() as session:
        before = {one.uuid for one in letters_given.of_client(session, numbers["him"])}
    told = json.loads(run(desk, tmp_path, *danger, "--go-on").output)
    assert len(told["warnings"]) == 3 and told["pages"] == 1
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "out.pdf").pages)
    assert "420,000" in text and "Koffi" in text and "Yao" not in text, "who did not agree is not named"
    with desk.read() as session:
        (kept,) = (one for one in letters_given.of_client(session, numbers["him"]) if one.uuid not in before)
        assert (kept.still_under_control.value, kept.to_party, kept.choice.value) == ("yes", EMPLOYER, "goes")


def test_where_nobody_said_anything_the_letter_is_kept_as_not_known_with_a_warning(
    desk: Store, numbers: dict[str, str], tmp_path: Path
) -> None:
    with desk.read() as session:
        before = {one.uuid for one in letters_given.of_client(session, numbers["him"])}
    told = json.loads(run(desk, tmp_path, "claim", "--case", numbers["case"], "--language", "fr").output)
    assert told["warnings"][0].startswith("Nobody said whether she is under their control")
    with desk.read() as session:
        (kept,) = (one for one in letters_given.of_client(session, numbers["him"]) if one.uuid not in before)
        assert (kept.still_under_control.value, kept.has_passport.value) == ("not_known", "not_known")


def test_a_complaint_and_a_sheet_of_a_case(desk: Store, numbers: dict[str, str], tmp_path: Path) -> None:
    asked = ("--control", "no", "--passport", "yes", "--family", "yes")
    for kind in ("complaint", "complaint-sheet"):
        done = run(desk, tmp_path, kind, "--case", numbers["case"], "--language", "en", "--to", "Labour office", *asked)
        assert json.loads(done.output)["language"] == "en", kind
        text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "out.pdf").pages)
        assert "Ticket home not paid" in text and "pay the ticket home" in text and "Yao" not in text


def test_what_cannot_be_written_is_said(desk: Store, numbers: dict[str, str], tmp_path: Path) -> None:
    asked = ("--control", "no", "--passport", "yes", "--family", "yes")
    for options, sentence in (
        (("agency", "--case", numbers["quiet"], "--language", "en", *asked), "consent P4"),
        (("referral", "--case", numbers["her"], "--language", "en"), "which service"),
        (("referral", "--case", numbers["her"], "--language", "en", "--to", "Legal aid"), "consent P3"),
        (("poem", "--case", "1", "--language", "en"), "no template"),
        (("claim", "--case", numbers["case"], "--language", "sm", *asked), "no approved translation"),
        (("claim", "--case", "XX-1", "--language", "en", *asked), "no case with the number"),
        (("claim", "--case", numbers["case"], "--language", "en", "--control", "maybe"), "not one of the known words"),
    ):  # fmt: skip
        assert sentence in str(run(desk, tmp_path, *options).exception), options
        assert not (tmp_path / "out.pdf").exists()


def test_the_contact_of_a_referral_follows_her_rule(desk: Store) -> None:
    with desk.change(by=desk.officer, do="test") as session:
        may = make_client(session, phone="0911550134", may_call="yes", cover_text="Hana calls", may_message="no")
        may_not = make_client(session, phone="0911550135")
        told = letters_records.contact_of(may)
        assert (told.phone, told.say, told.messages) == ("+251911550134", "Hana calls", False)
        assert letters_records.contact_of(may_not) == Contact()
