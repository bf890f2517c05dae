"""One case: danger first, then its steps, people, evidence, hearings, screening and checklists."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.casework.client_words import Answer
from mrc_app.i18n import N_, _, isolate, ltr, ngettext
from ui.desk import Desk
from ui.forms import Form
from ui.look import px
from ui.page import Heading, Page
from ui.panels.amnesty import window_note
from ui.panels.claims_case import CaseMoney
from ui.panels.deadlines_case import CaseDeadlines
from ui.panels.grievance_asked import CaseTold, case_form, named_form, read
from ui.panels.grievance_danger import DangerScreen
from ui.panels.grievance_evidence import EvidencePart
from ui.panels.grievance_injuries import InjuriesPart
from ui.panels.grievance_letters import LettersPart
from ui.panels.grievance_part import CasePart, row_of
from ui.panels.grievance_parts import ChecklistsPart, HearingsPart, PeoplePart, StepsPart
from ui.panels.grievance_remedies import RemediesPart
from ui.panels.grievance_screening import ScreeningPart
from ui.panels.referral_case import CaseReferrals
from ui.widgets.controls import Flow, Scroll, button, clear
from ui.widgets.dates import screen_date
from ui.widgets.text import Banner, chip, label
from ui.words import listed, word

DANGER = {
    Answer.YES: N_("She was in danger when asked on {date}."),
    Answer.NO: N_("No danger when asked on {date}."),
    Answer.NOT_ASKED: N_("She was not asked about danger on {date}."),
}


class AboutPart(CasePart):
    """What the case is about, who brought it, who may see it."""

    def __init__(self, desk: Desk) -> None:
        self.change = button(_("Change"), "quiet", "pencil", self.begin)
        self.keep = button(_("Keep for named officers"), "quiet", "lock", self.begin_named)
        self.lift = button(_("Open it for everybody"), "quiet", "users", self.begin_lift)
        super().__init__(desk, _("What it is about"), "clipboard-list", self.lift, self.keep, self.change)

    def tell(self, told: CaseTold) -> None:
        case = told.case
        holder, row = QWidget(), Flow(8)
        holder.setLayout(row)
        for code in case.categories:
            row.addWidget(chip(f"{ltr(code.value)} {word(code)}", "blue"))
        self.lines.addWidget(holder)
        place = " · ".join(filter(None, (word(case.step), case.country and ltr(case.country), case.place)))
        through = _(case.lodged_through.label) + (f": {isolate(case.lodger)}" if case.lodger else "")
        lodged = _("Brought on {date} by {whom}", date=screen_date(case.lodged_on), whom=through)
        for line in (place, lodged, case.note):
            if line:
                self.lines.addWidget(label(line))
        if told.hidden:
            kept = _("Kept for named officers: {names}. Only who may see each of them sees this case.",
                     names=listed(told.hidden))  # fmt: skip
            self.lines.addWidget(Banner(kept, "violet"))
        for window, people in told.windows:
            self.lines.addWidget(window_note(window, people, self.desk.today()))
        self.lift.setVisible(told.named is not None)
        if told.named is not None:
            names = [told.officers.get(uuid, "?") for uuid in told.named]
            kept = _("Kept for {officers}. Nobody else sees this case.", officers=listed(names))
            self.lines.addWidget(Banner(kept, "violet"))

    def begin(self) -> None:
        """Opens the form."""
        from mrc_app.casework import grievances

        if self.told is None:
            return
        form, case = case_form(), self.told.case
        form.fill({
            "categories": [one.value for one in case.categories], "step": case.step.value, "country": case.country,
            "lodged_through": case.lodged_through.value, "lodger": case.lodger, "title": case.title,
            "asylum": None if case.asylum.value == "not_asked" else case.asylum.value, "note": case.note,
        })  # fmt: skip
        uuid = self.case
        self.ask(
            form, "grievances.amend",
            lambda session, said: grievances.amend(session, grievances.by_uuid(session, uuid), changes=said),
        )  # fmt: skip

    def begin_named(self) -> None:
        """Asks for whom the case is kept."""
        from mrc_app.casework import grievances

        form, uuid = named_form(self.desk), self.case
        since = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.ask(
            form, "grievances.restrict",
            lambda session, said: grievances.restrict(
                session, grievances.by_uuid(session, uuid), officers=said["officers"] or [], since=since
            ),
        )  # fmt: skip

    def begin_lift(self) -> None:
        """Asks before a case that is kept for named officers is opened for everybody."""
        from mrc_app.casework import grievances

        form, uuid = Form(columns=1), self.case
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        form.add_part(label(_("Everybody who works with clients will see this case. Open it?"), "strong"))
        self.ask(
            form, "grievances.lift",
            lambda session, _said: grievances.lift(session, grievances.by_uuid(session, uuid), at=at),
            _("Open it for everybody"),
        )  # fmt: skip
        QTimer.singleShot(0, form, self.no.setFocus)


class GrievancePage(Page):
    """The page of one case."""

    shows: ClassVar[frozenset[str]] = frozenset({
        "grievance", "complainant", "respondent", "grievanceevent", "evidence", "hearing", "casemark", "screening",
        "screeninganswer", "restriction", "remedy", "claim", "claimentry", "wagemonth", "instalment", "casecost",
        "deadline", "referral", "referralevent", "injury", "amnesty",
        "attachment", "letter",
    })  # fmt: skip
    nav: ClassVar[str] = "grievances"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=14, widest=980)
        outer.addWidget(scroll)
        self.back = button(_("Cases"), "quiet", "chevron-left", partial(desk.window.show_page, "grievances"))
        self.head = Heading(_("Case"), "", self.back)
        scroll.body.addWidget(self.head)
        self._danger = QVBoxLayout()
        scroll.body.addLayout(self._danger)
        self.steps, self.people, self.about = StepsPart(desk), PeoplePart(desk), AboutPart(desk)
        self.evidence, self.hearings = EvidencePart(desk), HearingsPart(desk)
        self.screening, self.checklists = ScreeningPart(desk), ChecklistsPart(desk)
        self.injuries, self.remedies, self.letters = InjuriesPart(desk), RemediesPart(desk), LettersPart(desk)
        self.parts: list[CasePart] = [
            self.about, self.steps, self.people, self.hearings, self.evidence, self.screening, self.checklists,
            self.injuries, self.letters, self.remedies,
        ]  # fmt: skip
        for part in self.parts:
            part.kept.connect(self.refresh)
            scroll.body.addWidget(part)
            part.hide()
        self.limits, self.money, self.referrals = CaseDeadlines(desk), CaseMoney(desk), CaseReferrals(desk)
        for place, beside in ((2, self.limits), (6, self.money), (8, self.referrals)):
            scroll.body.insertWidget(place, beside)
            beside.hide()
        self.danger: DangerScreen | None = None
        self.told: CaseTold | None = None
        scroll.body.setSpacing(px(14))

    def load(self, id: str) -> None:
        """Shows another case; what was open for the one before is closed."""
        if id != self.id:
            self.told, self.people.shown = None, 20
            clear(self._danger)
            for part in (*self.parts, self.limits, self.money, self.referrals):
                part.hide()
        super().load(id)

    def refresh(self) -> None:
        """Reads the case again beside the screen."""
        uuid, today, shown = self.id, self.desk.today(), self.people.shown
        if uuid:
            self.desk.ask(self, lambda session: read(session, uuid, today, shown), self._show)

    def _show(self, told: CaseTold) -> None:
        from mrc_app.casework import grievances

        self.told = told
        number = [ltr(told.case.number)] if told.case.title else []
        below = [*number, word(told.state), ngettext("{n} day old", "{n} days old", told.age)]
        if told.next_hearing is not None:
            below.append(_("hearing {date}", date=screen_date(told.next_hearing.on)))
        self.head.say(grievances.shown_title(told.case), " · ".join(below))
        asked = told.case.danger_asked_on is not None
        self._tell_danger(told, asked)
        for part in self.parts:
            part.show_case(told)
            part.setVisible(asked)
        for beside in (self.limits, self.money, self.referrals):
            beside.load(told.case.uuid)
            beside.setVisible(asked)

    def _tell_danger(self, told: CaseTold, asked: bool) -> None:
        clear(self._danger)
        self.danger = None
        if not asked:
            self.ask_danger()
            return
        case = told.case
        parts = [_(DANGER[case.danger], date=screen_date(case.danger_asked_on))]
        if case.safe_to_talk.value == "no":
            parts.append(_("It was not safe to talk."))
        if case.in_the_room:
            parts.append(_("In the room: {who}", who=isolate(case.in_the_room)))
        tone = "red" if case.danger.value == "yes" else "green" if case.danger.value == "no" else "amber"
        again = button(_("Ask again"), "quiet", "shield-alert", self.ask_danger)
        self._danger.addWidget(row_of(Banner(" ".join(parts), tone), again))

    def ask_danger(self) -> None:
        """The first screen, alone."""
        clear(self._danger)
        for part in (*self.parts, self.limits, self.money, self.referrals):
            part.hide()
        self.danger = DangerScreen(self.desk, _("Go on"))
        self.danger.answered.connect(self.keep_danger)
        self._danger.addWidget(self.danger)
        self.danger.first().setFocus()

    def keep_danger(self, said: dict[str, Any]) -> None:
        """Keeps the answers, then shows the case."""
        from mrc_app.casework import grievances

        on, by, uuid, screen = self.desk.today(), self.desk.store.officer, self.id, self.danger
        if screen is None:
            return

        def change() -> bool:
            self.desk.change(
                "grievances.ask_danger",
                lambda session: grievances.ask_danger(session, grievances.by_uuid(session, uuid), on=on, by=by, **said),
            )
            return True

        if screen.form.submit(change) is not None:
            self.refresh()

    def first(self) -> QWidget | None:
        """The next step; on the first screen the question about danger."""
        if self.danger is not None:
            found: QWidget = self.danger.first()
            return found
        return self.steps.next
