"""Registration: danger and "safe to talk?" first; then a name to call her by, her language, two answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.casework.client_words import Answer
from mrc_app.i18n import _
from ui.desk import Desk
from ui.look import px
from ui.page import Heading, Page
from ui.pages.register_steps import PersonStep, SafetyStep
from ui.widgets.controls import Scroll, button
from ui.widgets.text import Banner, label

if TYPE_CHECKING:
    from mrc_app.errors import MrcError
    from mrc_app.store import Store

DRAFT = "register"
REST_MS = 1500
"""How long the keyboard rests before what was typed is kept as a draft."""


class RegisterPage(Page):
    """A new client."""

    nav = "clients"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll(spacing=16, widest=780)
        outer.addWidget(scroll, 1)
        self.heading = Heading(_("New client"))
        scroll.body.addWidget(self.heading)
        self.old = Banner("", "blue", "info")
        scroll.body.addWidget(self.old)
        self.safety, self.person = SafetyStep(), PersonStep(desk)
        self._steps = (self.safety, self.person)
        for step in self._steps:
            scroll.body.addWidget(step)
        self.safety.ready.connect(self.next)
        self.person.form.submitted.connect(self.next)
        self.person.refused.connect(self._without)
        self.person.likely.hers.connect(partial(desk.window.show_page, "clients"))
        self.hidden = Banner("", "amber", "shield-alert")
        above = QVBoxLayout()
        above.setContentsMargins(px(28), 0, px(28), 0)
        above.addWidget(self.hidden)
        outer.addLayout(above)
        outer.addWidget(self._foot())
        self.safety.safe_to_talk.entered.connect(self.forward.setFocus)
        self.person.how.entered.connect(self.forward.setFocus)
        for keys in ("Ctrl+S", "Ctrl+Return"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.next)
        self._at = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.keep_draft)
        self._asking = False
        self._heeded: Mapping[str, Any] = {}
        for part in (self.safety, self.person):
            part.changed.connect(lambda: self._rest.start(REST_MS))
        self._turn(0)

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(28), px(10), px(28), px(16))
        row.setSpacing(px(10))
        self.afresh = button(_("Start afresh"), "quiet", "trash-2", self.start_afresh)
        self.saved = label("", "small")
        self.without = button(_("She wants no record"), on=self._without)
        self.back = button(_("Back"), on=lambda: self._turn(0))
        self.forward = button(_("Continue"), "main", on=self.next)
        row.addWidget(self.afresh)
        row.addWidget(self.saved, 1)
        for part in (self.without, self.back, self.forward):
            row.addWidget(part)
        return foot

    def load(self, id: str) -> None:
        """Goes on with the draft where there is one."""
        self.id = id
        draft = self.desk.store.draft(DRAFT)
        self.clear()
        if draft:
            self._fill(draft)
        self.old.say(_("You began this registration before. Go on, or start afresh.") if draft else "")
        self.afresh.setVisible(bool(draft))
        self._turn(int(draft["at"]) if draft else 0)

    def clear(self) -> None:
        """Empties every field."""
        self.safety.fill({})
        self.person.clear(self.desk.store.centre())
        self._rest.stop()
        self.saved.setText("")

    def start_afresh(self) -> None:
        """Forgets the draft; the message at the foot can bring it back."""
        before = self._typed()
        self.desk.store.draft_drop(DRAFT)
        self.load("")
        self.desk.window.say(_("The draft is gone."), partial(self._bring_back, before))

    def _bring_back(self, before: dict[str, Any]) -> None:
        self.desk.store.draft_save(DRAFT, before)
        self.desk.window.show_page("register")

    def _turn(self, at: int) -> None:
        self._at = at
        for number, step in enumerate(self._steps):
            step.setVisible(number == at)
        titles = (_("Before anything else"), _("New client"))
        self.heading.say(titles[at])
        self.back.setVisible(at > 0)
        words = (_("Continue"), _("Register"))
        self._name_forward(words[at])
        self.hidden.say("")
        self._heeded = {}
        first = self._steps[at].first()
        if self.isVisible():
            first.setFocus()

    def next(self) -> None:
        """Goes on, or registers, depending on where one stands."""
        if self._at == 0:
            self._turn(1)
        else:
            self.register()

    def _without(self) -> None:
        """She is helped all the same: nothing typed about her is kept, and the visit is counted without a name."""
        self.desk.store.draft_drop(DRAFT)
        self.clear()
        self.desk.window.show_page("tally")

    def register(self) -> None:
        """Registers her and turns to her page. Where the centre wants it, a hidden case is first said in one sentence;
        who presses again registers all the same."""
        store = self.desk.store
        if self._asking or self.person.form.submit(lambda: self.person.values(store.officer)) is None:
            return
        typed, today = self.person.likely.typed(), self.desk.today()
        if self._heeded == typed or not hidden_are_told(store):
            self._keep()
            return

        def work(_step: object) -> bool:
            from mrc_app.casework import duplicate_search

            return duplicate_search.ask_supervisor(store, typed, today=today)

        self._asking, self._heeded = True, typed
        self.hidden.say("")
        self.desk.jobs.run(work, done=self._asked, failed=self._not_asked)

    def _not_asked(self, _trouble: MrcError) -> None:
        self._asked(supervisor=False)

    def _asked(self, supervisor: bool) -> None:
        self._asking = False
        if not self.desk.is_open or not self.isVisible():
            return
        if not supervisor:
            self._keep()
            return
        self.hidden.say(_("Ask your supervisor before you register her."))
        self._name_forward(_("Register all the same"))

    def _name_forward(self, words: str) -> None:
        self.forward.setText(words)
        self.forward.setAccessibleName(words)
        self.forward.setToolTip(f"{words}  Ctrl+S")

    def _keep(self) -> None:
        uuid = self.person.form.submit(self._register)
        if uuid is None:
            return
        self._rest.stop()
        self.desk.store.draft_drop(DRAFT)
        name = self.person.form["call_name"].value()
        self.clear()
        self.desk.window.show_page("clients", uuid)
        self.desk.window.say(_("{name} is registered.", name=name))

    def _register(self) -> str:
        from mrc_app.casework import clients, counselling

        store, on = self.desk.store, self.desk.today()
        said = self.person.values(store.officer)
        safety = self.safety.values()

        def action(session: Any) -> str:
            client = clients.register(
                session, desk_code=store.desk_code, by=store.officer, on=on, home=store.centre().country, **said
            )
            if safety["danger"] is Answer.YES:
                counselling.record(session, client=client.uuid, on=on, officer=store.officer, mode="centre", **safety)
            return client.uuid

        return self.desk.change("clients.register", action)

    def keep_draft(self) -> None:
        """Keeps what was typed inside the encrypted file; an untouched form leaves nothing."""
        self._rest.stop()
        if not self.desk.is_open or not self.person.touched():
            return
        self.desk.store.draft_save(DRAFT, self._typed())
        self.saved.setText(_("Draft kept in the encrypted file"))
        self.afresh.setVisible(True)

    def leave(self) -> None:
        """Nothing typed is lost when another page is opened."""
        self.keep_draft()

    def _typed(self) -> dict[str, Any]:
        return {
            "at": self._at,
            "safety": self.safety.values(),
            "person": self.person.form.values(),
            "others": sorted(self.person.likely.others),
        }

    def _fill(self, typed: dict[str, Any]) -> None:
        self.safety.fill(typed["safety"])
        self.person.likely.others.update(typed.get("others", ()))
        self.person.fill(typed["person"])

    def kept(self) -> dict[str, Any]:
        """Everything typed, for a change of language."""
        return self._typed()

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts it back."""
        self._fill(kept)
        self._turn(kept["at"])

    def first(self) -> QWidget | None:
        """The first control of the step."""
        return self._steps[self._at].first()


def hidden_are_told(store: Store) -> bool:
    """Whether this centre wants a hidden case to be hinted at."""
    from mrc_app.casework.duplicate_search import SETTING

    return bool(store.centre().settings.get(SETTING))
