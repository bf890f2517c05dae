"""The evidence of a case: what proves it, what of it the office has seen, and which paper of a client it is."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from mrc_app.casework.grievance_words import Seen
from mrc_app.i18n import _, isolate
from ui.desk import Desk, Session
from ui.forms import Form
from ui.panels.grievance_asked import CaseTold
from ui.panels.grievance_part import CasePart, row_of
from ui.widgets.controls import button
from ui.widgets.dates import screen_date
from ui.widgets.fields import ChoiceField, LongField, SegmentField, TextField
from ui.widgets.text import Elided, chip, label
from ui.words import choices, word

SEEN = {Seen.ORIGINAL: "green", Seen.PHOTO: "blue", Seen.NONE: "amber"}
Listed = list[tuple[str, str]]


def evidence_form(people: Listed, papers: Listed) -> Form:
    """A piece of evidence, with a paper where the people of the case have one."""
    form = Form()
    form.add("what", _("What is it?"), TextField(limit=120))
    form.add("client", _("Whose is it?"), ChoiceField(people, empty=_("Of the whole case")))
    form.add("seen", _("What has the office seen?"), SegmentField(choices(Seen)), span=2)
    if papers:
        form.add("attachment", _("Paper on this desk"), ChoiceField(papers, empty=_("None")), optional=True, span=2)
    form.add("note", _("Note"), LongField(lines=2), optional=True, span=2)
    return form


def paper_words(told: CaseTold) -> dict[str, str]:
    """The papers of the people shown, each in words."""
    return {
        one.uuid: " · ".join(
            isolate(part)
            for part in (told.names.get(one.client, ""), word(one.what), one.name, screen_date(one.added_on))
            if part
        )
        for one in told.papers
    }


class EvidencePart(CasePart):
    """What proves it, and what of it the office has seen."""

    def __init__(self, desk: Desk) -> None:
        self.add = button(_("Add evidence"), "", "file-plus", self.begin)
        super().__init__(desk, _("Evidence"), "folder-open", self.add)

    def tell(self, told: CaseTold) -> None:
        papers, owners = paper_words(told), {one.uuid: one.client for one in told.papers}
        for one in told.evidence:
            whose = " · ".join(filter(None, (screen_date(one.on), told.names.get(one.client or "", ""), one.note)))
            parts: list[QWidget] = [Elided(isolate(one.what), "strong"), label(whose, "small")]
            parts.append(chip(word(one.seen), SEEN[one.seen]))
            if papers:
                link = button(_("Link a paper"), "quiet", "file-plus", partial(self.begin_link, one))
                link.setAccessibleName(f"{_('Link a paper')}: {one.what}")
                parts.append(link)
            self.lines.addWidget(row_of(*parts))
            if one.attachment in papers:
                go = button(_("Open"), "quiet", "chevron-right", partial(self.open_papers, owners[one.attachment]))
                go.setAccessibleName(_("Open {who}", who=papers[one.attachment]))
                self.lines.addWidget(row_of(label(papers[one.attachment], "small"), go))
        if not told.evidence:
            self.empty(_("Nothing is written down yet: contract, receipts, messages, names of witnesses."))

    def begin(self) -> None:
        """Asks for a piece of evidence."""
        from mrc_app.casework import grievance_cases, grievances

        if self.told is None:
            return
        people = [(person.uuid, person.shown_as()) for _one, person in self.told.people]
        today, by, case = self.desk.today(), self.desk.store.officer, self.case

        def act(session: Session, said: dict[str, Any]) -> object:
            said["seen"] = said["seen"] or Seen.NONE
            return grievance_cases.bring(session, grievances.by_uuid(session, case), on=today, by=by, **said)

        self.ask(evidence_form(people, list(paper_words(self.told).items())), "grievance_cases.bring", act)

    def begin_link(self, evidence: Any) -> None:
        """Asks which paper belongs to a piece, and what of it the office has seen."""
        from mrc_app.casework import grievance_cases

        if self.told is None:
            return
        form, uuid, case = Form(columns=1), evidence.uuid, self.case
        papers = list(paper_words(self.told).items())
        form.add("attachment", _("Paper on this desk"), ChoiceField(papers, empty=None))
        form.add("seen", _("What has the office seen?"), SegmentField(choices(Seen)))
        form.fill({"seen": evidence.seen.value})
        if evidence.attachment in dict(papers):
            form.fill({"attachment": evidence.attachment})

        def act(session: Session, said: dict[str, Any]) -> object:
            found = next(one for one in grievance_cases.evidence(session, case) if one.uuid == uuid)
            return grievance_cases.see(session, found, seen=said["seen"] or found.seen, attachment=said["attachment"])

        self.ask(form, "grievance_cases.see", act)

    def open_papers(self, client: str) -> None:
        """Turns to the person's papers."""
        self.desk.window.show_page("clients", f"{client}/papers")
