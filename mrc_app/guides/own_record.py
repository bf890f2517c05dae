"""Her own record, as one PDF in her language: everything the centre keeps about her, in words she can read.

Also as plain data for one open file. What is never printed (whether she fears her own state) is in neither; the page
says that it is told by word of mouth. Records linked as one person with her come with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from mrc_app.calendars import both
from mrc_app.casework import (
    agenda,
    assessments,
    attachments,
    clients,
    consents,
    contract_files,
    contract_points,
    contract_terms,
    contract_verdicts,
    contract_words,
    contracts,
    costs,
    counselling,
    deadlines,
    dossier,
    duplicates,
    follow_ups,
    grievance_screening,
    grievances,
    households,
    instruments,
    journeys,
    letters_given,
    providers,
    recruiter_reviews,
    referrals,
    requests,
    unions,
)
from mrc_app.casework.client_words import Answer
from mrc_app.casework.recruiter_words import Question
from mrc_app.corridors import case_checklists
from mrc_app.corridors.checklists import checklists
from mrc_app.errors import Invalid
from mrc_app.guides import own_record_rest
from mrc_app.guides.card import language_name
from mrc_app.guides.own_record_columns import (
    AMOUNTS,
    CALLED,
    CONTRACT,
    COUNTRIES,
    KINDS,
    LANGUAGES,
    MONEY,
    NEVER,
    OFFICERS,
    SECTIONS,
    SHORT,
    UUID,
    printed_as,
)
from mrc_app.guides.words import Words
from mrc_app.i18n import Catalog, Labelled, isolate, languages, ltr
from mrc_app.money import Money, written
from mrc_app.store import officers
from mrc_app.store.records import Record
from mrc_app.store.roles import May, needs
from mrc_app.typesetting import blocks as b

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True)
class OwnRecord:
    """What is kept about one person: by section, the records of it; who her officers are; what she was asked."""

    number: str
    sections: dict[str, list[Any]]
    officers: dict[str, str]
    asked: dict[str, instruments.Instrument]


@dataclass(frozen=True)
class Printed:
    """The PDF, its pages and language, and the ids that stand in another language."""

    pdf: bytes
    pages: int
    language: str
    untranslated: int


# -- reading


@needs(May.GIVE_RECORD)
def of(session: Session, number: str) -> OwnRecord:
    """Everything kept about the client with a number, and about records linked with hers. Raises MrcError."""
    client = clients.by_number(session, number)
    found: dict[str, list[Any]] = {section: [] for section in SECTIONS}
    linked = [uuid for uuid in duplicates.members(session, client.uuid) if uuid != client.uuid]
    for uuid in (client.uuid, *linked):
        found["person"].append(clients.by_uuid(session, uuid))
        found["consents"] += consents.of_client(session, uuid)
        found["journeys"] += journeys.of_client(session, uuid)
        found["contacts"] += counselling.of_client(session, uuid)
        found["handouts"] += counselling.handouts(session, uuid)
        home = households.of_client(session, uuid)
        found["household"] += households.members(session, home) if home else []
        found["tasks"] += agenda.history(session, uuid)
        found["papers"] += attachments.of_client(session, uuid)
        for one in contracts.of_client(session, uuid):
            found["contracts"] += [one, *contracts.stamps(session, one)]
        found["contract_checks"] += contract_verdicts.of_client(session, uuid)
        found["approval"] += contract_files.of_client(session, uuid)
        found["costs"] += costs.of_client(session, uuid)
        found["loans"] += costs.loans(session, uuid)
        found["incomes"] += costs.incomes(session, uuid)
        found["letters"] += letters_given.of_client(session, uuid)
        found["requests"] += [one for one in requests.about(session, uuid) if one.given_on is not None]
    for sent in referrals.of_client(session, client.uuid):
        found["referrals"] += [sent, *referrals.events(session, sent.uuid)]
    for held in unions.of_client(session, client.uuid):
        found["unions"] += [held, *unions.events(session, held.uuid)]
    for section, records in own_record_rest.of(session, (client.uuid, *linked)).items():
        found[section] += records
    names = {officer.uuid: officer.name for officer in officers.officers(session)}
    names |= _called(session, found) | own_record_rest.called(session, found)
    return OwnRecord(client.number, found, names, _asked(session, found["assessments"]))


def _asked(session: Session, sheets: list[Any]) -> dict[str, instruments.Instrument]:
    """The questionnaires of these answer sheets, as far as they are known here."""
    known: dict[str, instruments.Instrument] = {}
    for one in sheets:
        try:
            known[one.uuid] = assessments.instrument_of(session, one.instrument, one.version)
        except Invalid:
            continue
    return known


def _called(session: Session, found: dict[str, list[Any]]) -> dict[str, str]:
    """What referrals, services and unions are called where a consent or a referral names them by identity."""
    said: dict[str, str] = {}
    for one in found["referrals"]:
        if isinstance(one, referrals.Referral):
            name = providers.by_uuid(session, one.provider).name
            said |= {one.provider: name, one.uuid: f"{name}: {one.service}"}
    said |= {one.uuid: grievances.shown_title(one) for one in found["grievances"] if hasattr(one, "lodged_on")}
    said |= {one.uuid: one.union for one in found["unions"] if isinstance(one, unions.UnionMembership)}
    scopes = {one.scope for one in found["consents"] if UUID.fullmatch(one.scope)} - said.keys()
    return said | {one.uuid: one.name for one in providers.among(session, scopes)}


def document(own: OwnRecord, today: date) -> dict[str, Any]:
    """The same as plain data for one open file."""
    said = {section: [_data(record) for record in records] for section, records in own.sections.items()}
    return {"number": own.number, "made_on": today.isoformat(), **said}


def _data(record: Record) -> dict[str, Any]:
    return {name: value for name, value in dossier.plain(record).items() if name not in NEVER}


# -- printing


def make(own: OwnRecord, *, language: str, centre: str, today: date, paper: str = "a4") -> Printed:
    """The PDF. Raises Invalid for a language or paper, MissingGlyph for a letter that cannot be drawn."""
    from mrc_app.typesetting.compose import compose

    page = _Page(Words.load(language), own, today)
    title = page.say("title")
    made = compose(
        list(page.blocks(centre)), language=page.words.language.code, title=title, paper=paper, foot=page.say("foot")
    )
    return Printed(made.pdf, made.pages, page.words.language.code, len(page.borrowed))


def marked(text: str, code: str) -> str:
    """Words of another language than the reader's, with that language's code: never silently English."""
    return f"{text} {ltr(f'[{code}]')}"


class _Page:
    """One print: the words of the reader, and what had to be borrowed from another language."""

    def __init__(self, words: Words, own: OwnRecord, today: date) -> None:
        self.words, self.own, self.today = words, own, today
        self.borrowed: set[str] = set()
        codes = dict.fromkeys([catalog.language.code for catalog in words.catalogs])
        self._labels = [Catalog.load(code, "mrc_app") for code in codes]

    def say(self, name: str, **values: object) -> str:
        """A text of the catalogue, filled."""
        found = self.words.find(f"X.own.{name}")
        text = self.words.text(found.id, **values) if values else found.text
        if self.words.is_own(found.language):
            return text
        self.borrowed.add(found.id)
        return marked(text, found.language)

    def blocks(self, centre: str) -> Iterator[b.Block]:
        """The whole page."""
        yield b.Heading(self.say("title"))
        yield b.Line(self.say("what_it_is", centre=centre, date=self._day(self.today)))
        yield b.Line(self.say("yours"), strong=True)
        if note := self.words.standing_note:
            yield b.Note(note)
        empty = [section for section in SECTIONS if not self.own.sections[section]]
        for section in (one for one in SECTIONS if one not in empty):
            yield b.Heading(self.say(f"section.{section}"), level=2)
            for number, record in enumerate(self.own.sections[section]):
                yield from [b.Space(3)] if number and record.__tablename__ not in SHORT else []
                yield from self._facts(record)
            if section == "screening":
                yield b.Line(self._said(grievance_screening.NO_FINDING))
        yield b.Heading(self.say("nothing"), level=2)
        yield b.Line(" · ".join(self.say(f"section.{section}") for section in empty))
        yield b.Heading(self.say("rights"), level=2)
        for name in ("by_mouth", "correct", "erase", "complain"):
            yield b.Line(self.say(name), bullet=True)

    def _facts(self, record: Any) -> Iterator[b.Block]:
        if record.__tablename__ in SHORT:
            yield self._in_one(record, SHORT[record.__tablename__])
            return
        for label, value in self._told(record):
            yield b.Fact(label, value)

    def _in_one(self, record: Any, heads: tuple[str, ...]) -> b.Fact:
        """A row of a table in one line, under its day or its name."""
        lines = list(self._lines(record))
        head = " – ".join(value for name, _, value in lines if name in heads)
        amounts = {"who_pays", *(name for name, _ in self._amounts(record))}
        rest = (f"{label}: {value}" if name in amounts else value for name, label, value in lines if name not in heads)
        return b.Fact(head, " · ".join(rest) or "–")

    def _lines(self, record: Any) -> Iterator[tuple[str, str, str]]:
        """What is told of a record: the column, its label, its words."""
        for name, value in self._columns(record):
            label = printed_as(record.__tablename__, name)
            if not label or value in (None, "", (), Answer.NOT_ASKED):
                continue
            said = self._value(name, value)
            if said:
                yield name, self.say(f"f.{label}"), said

    def _told(self, record: Any) -> Iterator[tuple[str, str]]:
        yield from ((label, said) for _, label, said in self._lines(record))
        if isinstance(record, recruiter_reviews.RecruiterReview):
            said_so = ((question, getattr(record, question.value)) for question in Question)
            yield from ((self._said(one.label), self._label(given)) for one, given in said_so if given is not None)
        if isinstance(record, assessments.Assessment):
            yield from self._answers(record)

    def _answers(self, sheet: assessments.Assessment) -> Iterator[tuple[str, str]]:
        """Each question with her answer, and what came of each part."""
        asked = self.own.asked.get(sheet.uuid)
        if asked is None:
            return
        given = assessments.kept_answers(sheet)
        for dimension, question in asked.questions():
            answers = given.get(dimension.id, {})
            if question.id in answers:
                value = answers[question.id]
                chosen = next((one.text for one in question.options if one.value == value), asked.not_applicable)
                yield self._in_her_words(question.text), self._in_her_words(chosen)
        names = {one.id: self._in_her_words(one.name) for one in asked.dimensions}
        scores = {name: instruments.shown(value) for name, value in assessments.kept_scores(sheet).items()}
        told = ", ".join(
            f"{names.get(name, self.say('f.composite'))}: {value}" for name, value in scores.items() if value
        )
        yield from [(self.say("f.scores"), told)] if told else []

    def _in_her_words(self, texts: Mapping[str, str]) -> str:
        return next(
            (texts[one.language.code] for one in self.words.catalogs if one.language.code in texts), ""
        ) or next(iter(texts.values()), "–")

    def _amounts(self, record: Any) -> Iterator[tuple[str, Money]]:
        for name in MONEY.get(record.__tablename__, ()):
            minor = getattr(record, f"{name}_minor" if name else "minor")
            currency = getattr(record, f"{name}_currency", None) or getattr(record, "currency", None)
            if currency and minor is not None and (minor or name == "paid"):
                yield AMOUNTS.get(name, name), Money(minor, currency)

    def _columns(self, record: Any) -> Iterable[tuple[str, Any]]:
        if isinstance(record, journeys.Journey):
            yield "corridor", record.corridor
            yield "wage", journeys.wage(record)
        if isinstance(record, deadlines.Deadline):
            yield "stands", deadlines.standing(record, self.today).state
        if isinstance(record, follow_ups.FollowUp):
            yield "stands", follow_ups.standing(record, self.today)
        yield from self._amounts(record)
        for name in type(record).model_fields:
            if name == "state" and isinstance(record, contract_files.ApprovalItem):
                yield "paper_state", record.state
            elif name == "item":
                yield name, f"{record.checklist}/{record.item}"
            elif name == "given" and isinstance(record, requests.Request):
                yield "given_to", record.given
            elif name == "paid_to" and isinstance(record, unions.UnionEvent):
                yield "dues_to", record.paid_to
            elif name == "kind" and isinstance(record, letters_given.Letter):
                yield "what", record.kind
            elif name == "instrument" and record.uuid in self.own.asked:
                yield name, self._in_her_words(self.own.asked[record.uuid].name)
            elif name == "birth" and isinstance(record, clients.Client):
                yield name, record.birth_given or record.birth
            else:
                yield name, getattr(record, name)

    def _value(self, name: str, value: Any) -> str:
        if name in CONTRACT:
            return self._of_contract(name, value)
        if name in CALLED and (UUID.fullmatch(value) or value in KINDS):
            return isolate(self.own.officers.get(value, "")) if value not in KINDS else self._label(KINDS[value])
        if name in OFFICERS or (isinstance(value, str) and UUID.fullmatch(value)):
            known = self.own.officers.get(value)
            return isolate(known) if known else ""
        if name in COUNTRIES:
            return self._country(value)
        if name in LANGUAGES:
            return ", ".join(self._language(code) for code in ([value] if isinstance(value, str) else value))
        if isinstance(value, Labelled):
            return self._label(value)
        if isinstance(value, bool):
            return self._said("yes" if value else "no")
        if isinstance(value, Money):
            return written(value, self.words.writes)
        if isinstance(value, date):
            return self._day(value)
        if isinstance(value, tuple):
            return ", ".join(self._value("", one) for one in value)
        return ltr(value) if name in ("phone", "number", "emergency_phone", "passport", "id_last4") else isolate(value)

    def _of_contract(self, name: str, value: Any) -> str:
        """Terms, red points and papers by name."""
        if name == "red":
            return ", ".join(self._said(contract_words.POINTS[number]) for number in value)
        if name == "item":
            lists: tuple[Any, ...] = (*checklists(), *case_checklists.checklists())
            names = {f"{known.id}/{one.id}": one.name for known in lists for one in known.items}
            return self._said(names.get(value, value))
        said = contract_terms.read(contract_points.document_of(value)).values
        return ", ".join(f"{self._said(contract_words.TERMS[key])}: {self._term(term)}" for key, term in said.items())

    def _term(self, value: Any) -> str:
        if isinstance(value, bool):
            return self._said("yes" if value else "no")
        if isinstance(value, tuple):
            rows = (filter(None, (one.what, one.currency, one.amount)) for one in value)
            return "; ".join(" ".join(map(str, row)) for row in rows) or "–"
        return self._day(value) if isinstance(value, date) else isolate(value if value != "" else "–")

    def _label(self, word: Labelled) -> str:
        """A word of a closed list in the first language of hers that has it."""
        return self._said(word.label)

    def _said(self, label: str) -> str:
        own = self.words.language.code
        for catalog in self._labels:
            found = catalog.find(label)
            if found and catalog.language.code == own:
                return found
            if found:
                self.borrowed.add(label)
                return marked(found, catalog.language.code)
        if own == "en":
            return label
        self.borrowed.add(label)
        return marked(label, "en")

    def _day(self, day: date) -> str:
        return isolate(both(day, self.words.writes))

    def _country(self, code: str) -> str:
        from mrc_app.corridors import countries

        return isolate(countries.name(code, self.words.writes) if countries.is_country(code) else code)

    def _language(self, code: str) -> str:
        return isolate(language_name(code, self.words.writes) if code in languages() else code)
