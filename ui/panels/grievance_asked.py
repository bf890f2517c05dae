"""What is asked about a case, in the words of the screen, and the one reading behind its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from mrc_app.casework.client_words import Answer
from mrc_app.casework.grievance_words import Against, Because, Code, Held, LodgedBy, Outcome, Step
from mrc_app.i18n import N_, _
from ui.desk import Desk, Session
from ui.forms import Form
from ui.widgets.chips import ChipsField
from ui.widgets.choosers import CountryField
from ui.widgets.dates import DualDateEdit
from ui.widgets.fields import ChoiceField, ChoicesField, LongField, SegmentField, TextField
from ui.words import choices

SAFE_ACTIONS = (
    N_("Help first. The form can wait."),
    N_("Ask her what is safe. She decides."),
    N_("Call the help she wants, from the list of your office, and stay with her until somebody answers."),
    N_("Do not call the employer, the agency or her family."),
    N_("Before she leaves a house: where will she go, and who knows? Leaving can be reported."),
)
YES_NO = [Answer.YES, Answer.NO]
PEOPLE_PAGE = 20


@dataclass(frozen=True)
class CaseTold:
    """Everything the page of a case shows, read in one moment."""

    case: Any
    state: Any
    age: int
    events: list[Any]
    people: list[tuple[Any, Any]]
    more: bool
    tally: dict[Any, int]
    respondents: list[Any]
    evidence: list[Any]
    hearings: list[Any]
    sheets: list[tuple[Any, str]]
    marks: list[Any]
    officers: dict[str, str]
    named: list[str] | None
    next_hearing: Any
    recognised: bool
    injuries: list[Any]
    remedies: list[Any]
    names: dict[str, str]
    papers: list[Any]
    hidden: list[str]
    windows: list[tuple[Any, list[Any]]]
    letters: list[Any]


def read(session: Session, uuid: str, today: date, shown: int) -> CaseTold:
    """A case for its page; ``shown`` people of it. Raises MrcError where this officer may not see it."""
    from mrc_app.casework import (
        attachments,
        clients,
        grievance_amnesties,
        grievance_cases,
        grievance_checklists,
        grievance_events,
        grievance_injuries,
        grievance_people,
        grievance_screening,
        grievances,
        letters_given,
    )
    from mrc_app.casework.grievance_words import Good
    from mrc_app.store.officers import officers

    case = grievances.by_uuid(session, uuid)
    everybody = grievances.complainants(session, uuid)
    names = {person.uuid: clients.full_name(person) for _one, person in everybody}
    events, hearings = grievance_events.of_case(session, uuid), grievance_cases.hearings(session, uuid)
    remedies = grievance_cases.remedies(session, uuid)
    return CaseTold(
        case=case,
        state=grievance_events.current(events),
        age=grievance_events.age(case.lodged_on, events, today),
        events=events,
        people=everybody[:shown],
        more=len(everybody) > shown,
        tally=grievance_people.tally(one for one, _person in everybody),
        respondents=grievances.respondents(session, uuid),
        evidence=grievance_cases.evidence(session, uuid),
        hearings=hearings,
        sheets=[(one, names.get(one.screening.client, "")) for one in grievance_screening.of_case(session, uuid)],
        marks=grievance_checklists.marks(session, uuid),
        officers={one.uuid: one.name for one in officers(session)},
        named=grievances.named_officers(session, uuid),
        next_hearing=grievance_cases.next_hearing(hearings, today),
        recognised=any(one.good is Good.RECOGNISED for one in remedies),
        injuries=grievance_injuries.injuries(session, uuid),
        remedies=remedies,
        names=names,
        papers=[paper for _one, person in everybody[:shown] for paper in attachments.of_client(session, person.uuid)],
        hidden=grievance_people.hidden_from(session, names),
        windows=grievance_amnesties.ahead_for(session, list(names), today),
        letters=letters_given.of_grievance(session, uuid),
    )


def danger_form() -> Form:
    """The first screen: danger now, who is in the room, is it safe to talk."""
    form = Form(columns=1)
    form.add("danger", _("Is she in danger now?"), SegmentField(choices(YES_NO)))
    form.add("in_the_room", _("Who is in the room?"), TextField(limit=120), optional=True)
    form.add("safe_to_talk", _("Is it safe to talk?"), SegmentField(choices(YES_NO)))
    return form


def case_form() -> Form:
    """What a case is about, who brings it, where it happened."""
    form = Form()
    form.add("categories", _("What is the complaint about?"), ChipsField(choices(Code)), span=2)
    form.add("step", _("Where on the way did it happen?"), ChoiceField(choices(Step), empty=None))
    form.add("country", _("In which country?"), CountryField(), optional=True)
    form.add("lodged_through", _("Who brings it?"), ChoiceField(choices(LodgedBy), empty=None))
    form.add("lodger", _("Name, where it is somebody else"), TextField(limit=120), optional=True)
    form.add("title", _("A neutral title"), TextField(limit=80), optional=True,
             hint=_("It stands on screens and papers: no name, nothing of what happened."))  # fmt: skip
    form.add("asylum", _("Does she seek protection from her own state?"), SegmentField(choices(YES_NO)), optional=True,
             hint=_("With Yes, her embassy is left out of guides, cards, letters and referrals."))  # fmt: skip
    form.add("note", _("What happened, in a few words"), LongField(lines=3), optional=True, span=2)
    return form


def outcome_form() -> Form:
    """What came of it for the people chosen."""
    form = Form()
    form.add("outcome", _("What came of it?"), ChoiceField(choices(Outcome), empty=None))
    form.add("because", _("Why, if it was withdrawn"), ChoiceField(choices(Because)), optional=True)
    form.add("on", _("On which day?"), DualDateEdit(), span=2)
    form.add("note", _("Note"), LongField(lines=2), optional=True, span=2)
    return form


def hearing_form() -> Form:
    """A hearing to come."""
    form = Form()
    form.add("forum", _("Before whom?"), TextField(limit=120))
    form.add("place", _("Place"), TextField(limit=120), optional=True)
    form.add("on", _("Day"), DualDateEdit(), span=2)
    form.add("at", _("Time"), TextField(ordered=True, limit=20), optional=True)
    return form


def held_form() -> Form:
    """How a hearing went."""
    form = Form(columns=1)
    form.add(
        "held", _("How did it go?"), ChoiceField(choices(one for one in Held if one is not Held.PLANNED), empty=None)
    )
    form.add("result", _("Result"), LongField(lines=2), optional=True)
    return form


def respondent_form() -> Form:
    """Somebody the case is against."""
    form = Form()
    form.add("name", _("Name, or what is known of it"), TextField(limit=120))
    form.add("against", _("What is it?"), ChoiceField(choices(Against), empty=None))
    form.add("country", _("Country"), CountryField(), optional=True)
    form.add("address", _("Address"), TextField(limit=120), optional=True)
    return form


def named_form(desk: Desk) -> Form:
    """Which officers may see a case; whoever asks is ticked."""
    from mrc_app.store.officers import officers
    from mrc_app.store.roles import May, may

    def question(session: Session) -> list[Any]:
        return [one for one in officers(session) if one.active and may(one.role, May.SEE_NAMES)]

    form = Form(columns=1)
    listed = ChoicesField([(one.uuid, one.name) for one in desk.read(question)])
    hint = _("Two officers at least. Everybody else sees no trace of it; its people stay to be found by name.")
    form.add("officers", _("Who may see this case?"), listed, hint=hint)
    form.fill({"officers": [desk.store.officer]})
    return form
