"""What a letter is made of: plain facts without records, so that a letter can be written, and tested, from anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mrc_app.casework.contract_findings import Shown
from mrc_app.casework.contract_terms import Terms
from mrc_app.casework.letters_given_words import LetterKind, To
from mrc_app.money import Money


@dataclass(frozen=True)
class Party:
    """A sender or a receiver: name, lines of address, and the number to call, where one may be printed."""

    name: str
    address: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Found:
    """One finding of a contract check, with the rule's source, age and confidence."""

    check: str
    verdict: str
    red: bool = False
    contract: Shown | None = None
    rule: Shown | None = None
    side: str = ""
    source: str = ""
    as_of: str = ""
    confidence: str = ""
    page: str = ""


@dataclass(frozen=True)
class Version:
    """One version of a contract: where on the journey it stands, its day, and its terms."""

    stage: str
    terms: Terms
    on: date | None = None


@dataclass(frozen=True)
class ClaimLine:
    """One row of a month table or one head of a claim, of one person, in one currency."""

    person: str
    due: Money
    paid: Money
    head: str = "wage"
    first: date | None = None
    last: date | None = None

    @property
    def owed(self) -> Money:
        """What is still owed."""
        return self.due - self.paid


@dataclass(frozen=True)
class Event:
    """Something that happened on a day, in the words of whoever wrote it down."""

    on: date
    text: str


@dataclass(frozen=True)
class Paper:
    """A piece of evidence: what it is, and whether the original, a photo or nothing was seen."""

    text: str
    seen: str = "none"


@dataclass(frozen=True)
class Excess:
    """What was paid beyond what a rule lets the worker pay; each side's rule is its own row."""

    paid: Money
    allowed: Money
    rule: str = ""
    side: str = ""
    confidence: str = ""

    @property
    def excess(self) -> Money:
        """The amount beyond the rule."""
        return self.paid - self.allowed


@dataclass(frozen=True)
class Law:
    """A reference supplied by the country pack: a law, what it says of this, and how old the source is."""

    text: str
    source: str = ""
    as_of: str = ""


@dataclass(frozen=True)
class Deadline:
    """A time limit as the country's rule says it, with who checked it when."""

    text: str
    due: date | None = None
    source: str = ""
    checked_on: date | None = None
    checked_by: str = ""


@dataclass(frozen=True)
class Contact:
    """How the person may be reached, as she allowed it. Nothing given: only through the office."""

    phone: str = ""
    hours: str = ""
    who_may_answer: str = ""
    say: str = ""
    messages: bool = False


@dataclass(frozen=True)
class Referral:
    """A referral: what is needed, what is shared, when she consented, and how she may be reached."""

    needs: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    consented_on: date | None = None
    contact: Contact = Contact()


@dataclass(frozen=True)
class LetterFacts:
    """Everything one letter may say. There is no place in it for a residence status, a paper's number or a phone of
    hers outside ``referral.contact``. ``private``: strings that must not appear anywhere in it."""

    kind: LetterKind
    sender: Party
    receiver: Party
    to: To
    names: tuple[str, ...]
    on: date
    officer: str = ""
    number: str = ""
    respondent: str = ""
    answer_by: date | None = None
    restricted: bool = False
    fears_own_state: bool = False
    findings: tuple[Found, ...] = ()
    versions: tuple[Version, ...] = ()
    papers: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[ClaimLine, ...] = ()
    evidence: tuple[Paper, ...] = ()
    excess: tuple[Excess, ...] = ()
    laws: tuple[Law, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    asked: tuple[str, ...] = ()
    referral: Referral = Referral()
    private: tuple[str, ...] = ()
