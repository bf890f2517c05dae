"""What was chosen for one guide, and the request, words and pages that follow. No widget here: it runs in a job."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from mrc_app.casework.counselling_words import Edition, Form, Given
from mrc_app.i18n import N_, Labelled

if TYPE_CHECKING:
    from mrc_app.casework.clients import Client
    from mrc_app.casework.journeys import Journey
    from mrc_app.guides.making import Guide, GuideRequest
    from mrc_app.guides.money_pages import Offer
    from mrc_app.guides.readiness import Readiness
    from mrc_app.store import Store


class Carry(Labelled):
    """Her answer to: is this safe for you to carry?"""

    YES = "yes", N_("Yes")
    DISCREET = "discreet", N_("Only a discreet one")
    NOTHING = "nothing", N_("No: nothing on paper")


class Book(Labelled):
    """Which guide."""

    DEPARTURE = "departure", N_("Departure")
    RETURN = "return", N_("Return")


class What(Labelled):
    """What can be made for her."""

    FULL = "full", N_("Full book")
    DISCREET = "discreet", N_("Discreet book")
    CARD = "card", N_("Emergency card")
    TEN = "ten", N_("Ten lines and card")
    ALOUD = "aloud", N_("Read aloud")
    HAND = "hand", N_("Copy by hand")
    POSTER = "poster", N_("Wall poster")


MAY = {
    None: tuple(What),
    Carry.YES: tuple(What),
    Carry.DISCREET: (What.DISCREET, What.CARD, What.ALOUD, What.HAND),
    Carry.NOTHING: (What.ALOUD, What.HAND),
}
"""What may be chosen after each answer, the best first."""
SPOKEN = (What.ALOUD, What.HAND)
GIVEN = {
    What.FULL: (Given.DEPARTURE_GUIDE, Edition.FULL, Form.PAPER),
    What.DISCREET: (Given.DEPARTURE_GUIDE, Edition.DISCREET, Form.PAPER),
    What.CARD: (Given.EMERGENCY_CARD, Edition.CARD, Form.PAPER),
    What.TEN: (Given.TEN_LINES, Edition.TEN_LINES, Form.PAPER),
    What.ALOUD: (Given.DEPARTURE_GUIDE, Edition.SPOKEN, Form.VOICE),
    What.HAND: (Given.TEN_LINES, Edition.TEN_LINES, Form.PAPER),
}
"""How each is written down as given."""
PAPERS = (
    ("a6", N_("A6, fits a pocket")),
    ("a5", N_("A5, a small book")),
    ("a4", N_("A4, large type")),
    ("booklet", N_("Booklet: A4 sheets to fold")),
)
SHEETS = (("poster", N_("A3, one sheet")), ("poster-a4", N_("A4, two sheets to glue")))
"""The papers of a wall poster."""
WIDE = ("a5", "a4")
"""Papers that hold two languages side by side, the first where another was chosen."""
NO_CARD = (What.CARD,)
"""What the return guide does not have."""


@dataclass(frozen=True)
class Choice:
    """One guide as chosen. ``client`` is empty for the general guide of a corridor."""

    client: str = ""
    corridor: str = ""
    language: str = ""
    what: What = What.FULL
    paper: str = "a6"
    line_art: bool = True
    leave_out: frozenset[str] = field(default_factory=frozenset)
    if_you_go: bool = False
    sentences: bool = False
    child_checked: bool = False
    book: Book = Book.DEPARTURE
    savings: bool = False
    beside: str = ""
    section: str = ""
    sheet: str = "poster"
    carry: bool | None = None
    transfers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class About:
    """What is read of the records before anything is chosen."""

    client: Client | None
    journey: Journey | None


def about(store: Store, client: str) -> About:
    """The client and the journey a guide would be about."""
    if not client:
        return About(None, None)
    from mrc_app.casework import clients, journeys

    with store.read() as session:
        return About(clients.by_uuid(session, client), journeys.current(session, client))


def may_be_minor(client: Client | None, today: date) -> bool:
    """Whether her job page waits for a child-protection check."""
    if client is None:
        return False
    from mrc_app.casework import clients

    return str(clients.minor(client, today)) in ("certain", "possible")


def suggested(about: About, today: date) -> Book:
    """The return guide for somebody who came back or came to ask about coming back, else the departure guide."""
    if about.client is None:
        return Book.DEPARTURE
    back = about.journey is not None and about.journey.returned_on is not None and about.journey.returned_on <= today
    return Book.RETURN if back or str(about.client.kind) == "returnee" else Book.DEPARTURE


def request(store: Store, choice: Choice, today: date) -> GuideRequest:
    """The request of a choice: her facts, the centre, whom to call, what was confirmed here."""
    from mrc_app.casework import centres, clients
    from mrc_app.corridors import accepted
    from mrc_app.exchange import reference_differences
    from mrc_app.guides import making, records
    from mrc_app.guides.text_model import Edition as Shown

    with store.read() as session:
        corridor = accepted.corridor(session, choice.corridor)
        client = clients.by_uuid(session, choice.client) if choice.client else None
        more: dict[str, Any] = {
            "child_checked": choice.child_checked, "kind": choice.book.value, "place": store.centre().name,
            "safe_to_carry": choice.carry, "wishes": ("savings",) if choice.savings else (),
        }  # fmt: skip
        person = records.person_facts(session, client, today=today, **more) if client else None
        services = records.whom_to_call(session, corridor, choice.language, client)
        confirmed = records.confirmed_here(session, corridor)
        texts = reference_differences.guide_texts(session)
    facts = store.centre()
    return making.GuideRequest(
        language=choice.language, corridor=choice.corridor, today=today, known=corridor,
        paper=paper(choice), beside=beside(choice), section=choice.section if choice.what is What.POSTER else "",
        leave_out=choice.leave_out, edition=Shown.DISCREET if choice.what is What.DISCREET else Shown.FULL,
        centre=records.centre_of(facts), drafts=centres.drafts_allowed(facts.settings), person=person,
        own_digits=centres.own_digits(facts.settings), services=services, confirmations=confirmed,
        kind=choice.book.value, line_art=choice.line_art, if_you_go=choice.if_you_go, sentences=choice.sentences,
        transfers=choice.transfers, texts=texts,
    )  # fmt: skip


def beside(choice: Choice) -> str:
    """The second language, where what is made can hold one and it is another than hers."""
    able = choice.what in (What.FULL, What.DISCREET, What.CARD)
    return choice.beside if able and choice.beside != choice.language else ""


def paper(choice: Choice) -> str:
    """What it is printed on: two languages need room."""
    own = {What.TEN: "one-sheet", What.CARD: "card", What.POSTER: choice.sheet}
    chosen = own.get(choice.what, choice.paper)
    return WIDE[0] if beside(choice) and chosen not in (*WIDE, "card") else chosen


def script(store: Store, choice: Choice, today: date, officer_language: str) -> Guide:
    """The read-aloud script as pages for the officer: his language, her lines beside it."""
    from mrc_app.guides import making

    asked = request(store, replace(choice, beside=""), today)
    officer = store.officer_name
    return making.make(replace(asked, paper="script", officer_language=officer_language, officer=officer))


def make(store: Store, choice: Choice, today: date, step: Any) -> Guide:
    """The pages. ``step`` is the job's: a cancel takes effect there."""
    from mrc_app.guides import making

    step(0, 3)
    asked = request(store, choice, today)
    step(1, 3)
    made = making.make(asked)
    step(3, 3)
    return made


def spoken(store: Store, choice: Choice, today: date, officer_language: str) -> str:
    """The read-aloud script, or the ten lines to copy by hand, as plain text."""
    from mrc_app.guides import by_hand, making, script
    from mrc_app.guides.words import Words

    of, model = making.in_words(request(store, choice, today))
    if choice.what is What.HAND:
        return by_hand.copy_by_hand(of)
    return script.read_aloud(model, of, Words.load(officer_language), store.officer_name)


def readiness(store: Store, choice: Choice, today: date) -> Readiness | None:
    """What is missing, what is not known here, how much is translated. None for the general guide."""
    from mrc_app.guides.readiness import before_printing

    found = about(store, choice.client)
    if found.client is None:
        return None
    return before_printing(found.client, found.journey, request(store, choice, today))


def keep_handout(
    store: Store, choice: Choice, today: date, *, carry: Carry | None, as_file: bool, private: str, pages: int | None
) -> None:
    """Writes down what she was given and what she decided. Raises Invalid when her answers do not allow it."""
    from mrc_app.casework import counselling
    from mrc_app.guides.content import VERSION

    what, edition, form = GIVEN[choice.what]
    if what is Given.DEPARTURE_GUIDE and choice.book is Book.RETURN:
        what = Given.RETURN_GUIDE
    answer = {None: "not_asked", Carry.NOTHING: "no"}.get(carry, "yes")
    with store.change(by=store.officer, do="counselling.hand_out") as session:
        counselling.hand_out(
            session, client=choice.client, on=today, by=store.officer, what=what, edition=edition,
            form=Form.FILE if as_file else form, language=choice.language, corridor=choice.corridor, version=VERSION,
            pages=pages, safe_to_carry=answer, phone_private=private,
        )  # fmt: skip


def refused(choice: Choice, *, carry: Carry | None, as_file: bool, private: str) -> str | None:
    """The message id of why this may not leave with her yet; None when it may."""
    if not choice.client:
        return None
    from mrc_app.casework import counselling
    from mrc_app.casework.client_words import Answer

    _what, edition, form = GIVEN[choice.what]
    safe = {None: Answer.NOT_ASKED, Carry.NOTHING: Answer.NO}.get(carry, Answer.YES)
    wrong = counselling.may_hand_out(edition, Form.FILE if as_file else form, safe, Answer(private))
    if not wrong and choice.what not in MAY[carry]:
        return N_("She asked for something that says less about her. Choose again with her.")
    return next((problem.message for problem in wrong.values()), None)
