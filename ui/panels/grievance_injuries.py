"""Injuries and illnesses from work: who was told, the insurer, the medical paper, the last day for a claim."""

from __future__ import annotations

from functools import partial
from typing import Any

from mrc_app.casework.attachments import What
from mrc_app.casework.client_words import Answer
from mrc_app.casework.grievance_words import Seen
from mrc_app.i18n import N_, _, isolate
from ui.desk import Desk, Session
from ui.forms import Form
from ui.panels.grievance_asked import YES_NO, CaseTold
from ui.panels.grievance_evidence import SEEN
from ui.panels.grievance_part import CasePart, row_of
from ui.widgets.controls import button
from ui.widgets.dates import DualDateEdit, screen_date
from ui.widgets.fields import ChoiceField, LongField, SegmentField, TextField
from ui.widgets.text import Banner, chip, label
from ui.words import choices, word

TOLD = {
    Answer.YES: N_("The employer or the insurer was told"),
    Answer.NO: N_("Nobody was told yet"),
    Answer.NOT_ASKED: N_("Not asked whether anybody was told"),
}
ASKED = (
    "happened_on", "what", "reported", "reported_on", "reported_to", "insurer", "policy", "paper", "paper_on",
    "claim_by", "clock_source", "clock_checked_on", "note",
)  # fmt: skip


def injury_form(people: list[tuple[str, str]] | None = None) -> Form:
    """An injury of one of ``people``; without them, of the person it is known of."""
    form = Form()
    if people:
        form.add("client", _("Whose is it?"), ChoiceField(people, empty=None), span=2)
    form.add("what", _("What happened?"), TextField(limit=120), span=2)
    form.add("happened_on", _("On which day?"), DualDateEdit(), optional=True, span=2)
    form.add("reported", _("Was it reported?"), SegmentField(choices(YES_NO)))
    form.add("reported_to", _("Reported to whom?"), TextField(limit=120), optional=True)
    form.add("reported_on", _("Reported on"), DualDateEdit(), optional=True, span=2)
    form.add("insurer", _("Insurer"), TextField(limit=120), optional=True)
    form.add("policy", _("Number of the policy"), TextField(ordered=True, limit=60), optional=True)
    form.add("paper", _("Which medical paper has the office seen?"), SegmentField(choices(Seen)), span=2)
    form.add("paper_on", _("Day on the medical paper"), DualDateEdit(), optional=True, span=2)
    form.add("claim_by", _("Last day for a claim"), DualDateEdit(), optional=True, span=2)
    form.add("clock_source", _("Where does this last day stand?"), TextField(limit=120), optional=True, span=2)
    form.add("clock_checked_on", _("Checked on"), DualDateEdit(), optional=True, span=2)
    form.add("note", _("Note"), LongField(lines=2), optional=True, span=2)
    return form


def typed(said: dict[str, Any]) -> dict[str, Any]:
    """What was typed; the medical paper nobody chose was not seen."""
    return said | {"paper": said["paper"] or Seen.NONE}


class InjuriesPart(CasePart):
    """Each injury with what is still missing for a claim."""

    def __init__(self, desk: Desk) -> None:
        self.add = button(_("Add an injury"), "", "hand", self.begin)
        super().__init__(desk, _("Injury or illness from work"), "hand", self.add)

    def tell(self, told: CaseTold) -> None:
        for one in told.injuries:
            who = " · ".join(isolate(part) for part in (told.names.get(one.client, ""), one.what) if part)
            again = button(_("Change"), "quiet", "pencil", partial(self.begin_change, one))
            again.setAccessibleName(f"{_('Change')}: {one.what}")
            paper = chip(f"{word(What.MEDICAL)}: {word(one.paper)}", SEEN[one.paper])
            self.lines.addWidget(row_of(label(who, "strong"), paper, again))
            for line in (_reported(one), _insured(one), isolate(one.note) if one.note else ""):
                if line:
                    self.lines.addWidget(label(line, "small"))
            self._clock(one)
        if not told.injuries:
            self.empty(_("No injury or illness is written down."))

    def _clock(self, one: Any) -> None:
        from mrc_app.casework import grievance_injuries
        from mrc_app.casework.deadline_words import SENTENCES

        known, days = grievance_injuries.clock(one, self.desk.today())
        if not known:
            self.lines.addWidget(label(_(SENTENCES["unknown"]), "small"))
            return
        passed = _(SENTENCES["passed"], day=screen_date(one.claim_by))
        open_ = _("Last day for a claim: {date}.", date=screen_date(one.claim_by))
        tone = "red" if days < 0 else "amber" if days <= 30 else "blue"
        checked = _("Checked on {date}", date=screen_date(one.clock_checked_on))
        source = _("Source: {source}", source=isolate(one.clock_source))
        self.lines.addWidget(Banner(passed if days < 0 else open_, tone, "calendar"))
        self.lines.addWidget(label(f"{source} · {checked}", "small"))

    def begin(self) -> None:
        """Asks for an injury of one of the people shown."""
        from mrc_app.casework import grievance_injuries, grievances

        if self.told is None:
            return
        people = [(person.uuid, person.shown_as()) for _one, person in self.told.people]
        today, by, case = self.desk.today(), self.desk.store.officer, self.case

        def act(session: Session, said: dict[str, Any]) -> object:
            kept = grievances.by_uuid(session, case)
            return grievance_injuries.hurt(session, kept, on=today, by=by, **typed(said))

        self.ask(injury_form(people), "grievance_injuries.hurt", act)

    def begin_change(self, injury: Any) -> None:
        """Opens an injury to write more of it."""
        from mrc_app.casework import grievance_injuries

        form, uuid, case, today = injury_form(), injury.uuid, self.case, self.desk.today()
        known = {name: getattr(injury, name) for name in ASKED}
        known["reported"] = None if injury.reported is Answer.NOT_ASKED else injury.reported.value
        form.fill(known | {"paper": injury.paper.value})

        def act(session: Session, said: dict[str, Any]) -> object:
            found = next(one for one in grievance_injuries.injuries(session, case) if one.uuid == uuid)
            return grievance_injuries.amend_injury(session, found, changes=typed(said), on=today)

        self.ask(form, "grievance_injuries.amend_injury", act)


def _reported(one: Any) -> str:
    day = screen_date(one.reported_on) if one.reported_on else ""
    to = isolate(one.reported_to) if one.reported_to else ""
    happened = _("Happened on {date}", date=screen_date(one.happened_on)) if one.happened_on else ""
    return " · ".join(part for part in (happened, _(TOLD[one.reported]), to, day) if part)


def _insured(one: Any) -> str:
    policy = isolate(one.policy) if one.policy else ""
    insurer = _("Insurer: {name}", name=isolate(one.insurer)) if one.insurer else _("The insurer is not known.")
    paper = _("Medical paper of {date}", date=screen_date(one.paper_on)) if one.paper_on else ""
    return " · ".join(part for part in (insurer, policy, paper) if part)
