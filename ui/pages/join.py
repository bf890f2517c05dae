"""A second computer joins a centre: whose desk it belongs to, who works at it, its recovery sheet, the first parcel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.exchange import arriving, desk_keys, desk_new, key_text
from mrc_app.i18n import N_, _
from ui.desk import Desk
from ui.forms import Form
from ui.pages.exchange_part import KeyCard, copy_button
from ui.pages.first_steps import PathField, Step, YouStep
from ui.pages.recovery import RecoveryStep
from ui.pages.stepping import SteppingPage
from ui.panels.return_parts import flow_of
from ui.settings import documents_path, settings_path
from ui.widgets.controls import button, clear
from ui.widgets.dialogs import which_to_open
from ui.widgets.fields import TextField
from ui.widgets.text import card, label

if TYPE_CHECKING:
    from mrc_app.exchange.arriving import Arrived

AT_THE_OTHER_DESK = (
    N_("1. At the other desk open Exchange, Keys, and trust the key above as a desk of this centre."),
    N_("2. Read the digits to each other by telephone: they must be the same."),
    N_("3. There write a parcel for this desk with everything in it, and bring the file here."),
)


class OtherDeskStep(Step):
    """Which desk it joins, by its key; what this desk is called, and where its file is kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.say(
            _("The desk you join"),
            _("Ask there for its key: it is printed on the sheet that the Exchange page makes."),
        )
        frame, body = card(margin=24, spacing=12)
        self.form = form = Form()
        hint = _("It begins with age1. Type or paste it.")
        form.add("join", _("Key of the other desk"), TextField(ordered=True, limit=120), hint=hint, span=2)
        form.add("name", _("Name of this desk"), TextField(), hint=_("It begins every file number here."), span=2)
        form.add(
            "path", _("Where the file is kept"), PathField(folder), span=2,
            hint=_("On this computer's own disk, not in a shared or synchronised folder."),
        )  # fmt: skip
        form.fill({"name": _("Desk {n}", n=2)})
        form["join"].changed.connect(self._look)
        form.submitted.connect(self.ready.emit)
        body.addWidget(form)
        self._digits = QVBoxLayout()
        body.addLayout(self._digits)
        self.column.addWidget(frame)

    def _look(self) -> None:
        """Shows the digits of what was typed, to be compared with the sheet."""
        clear(self._digits)
        public = key_text.public_of((self.form["join"].value() or "").lower())
        if public is not None:
            self._digits.addWidget(KeyCard(key_text.fingerprint(public), key_text.words(public), "", size=0))

    def complete(self) -> bool:
        """A key, a name and a free place are needed."""
        self.form.clear_problems()
        said = self.form.values()
        wrong: dict[str, Problem] = {}
        if key_text.public_of((said["join"] or "").lower()) is None:
            wrong["join"] = Problem(N_("This is not a key. It begins with age1 and has no spaces."))
        if not said["name"]:
            wrong["name"] = Problem(N_("Give this desk a name."))
        if not said["path"] or Path(said["path"]).exists():
            wrong["path"] = Problem(N_("There is already a file with this name. Choose another name."))
        if wrong:
            self.form.show_problem(Invalid(**wrong))
        return not wrong

    def first(self) -> QWidget | None:
        return self.form["join"]


class ParcelStep(Step):
    """This desk's own key to be taken to the other desk, and the first parcel that comes back."""

    def __init__(self, choose: Any) -> None:
        super().__init__()
        self.say(_("The first parcel"), _("This desk is empty until the other one has written it a parcel."))
        frame, self._body = card(margin=24, spacing=12)
        self.column.addWidget(frame)
        frame, below = card(margin=24, spacing=8)
        for text in AT_THE_OTHER_DESK:
            below.addWidget(label(_(text)))
        below.addSpacing(6)
        self.take = button(_("Take in the first parcel"), "main", "folder-open", choose)
        below.addWidget(flow_of(self.take))
        self.column.addWidget(frame)

    def show_key(self, own: desk_keys.Own) -> None:
        """Puts this desk's key on the screen."""
        clear(self._body)
        self._body.addWidget(label(_("The key of this desk"), "heading"))
        self._body.addWidget(KeyCard(own.fingerprint, own.words, own.recipient))
        self._body.addWidget(flow_of(copy_button(own.recipient)))

    def first(self) -> QWidget | None:
        return self.take


class JoinPage(SteppingPage):
    """Four steps. Begun and put away, it goes on at the last one when the file is unlocked again."""

    may_go_back = (0, 1)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Making the encrypted file"))
        self.other, self.you = OtherDeskStep(documents_path()), YouStep(joining=True)
        self.recovery, self.parcel = RecoveryStep(), ParcelStep(self._choose)
        names = [_("The other desk"), _("You"), _("Recovery sheet"), _("First parcel")]
        self.put(names, [self.other, self.you, self.recovery, self.parcel])
        self.turn(0)

    def load(self, id: str) -> None:
        """Goes on with the first parcel where a desk that waits is open."""
        super().load(id)
        if self.desk.joining is not None and not self.recovery.sheet:
            self._show_key()

    def turn(self, step: int) -> None:
        """Shows a step; at the last one the parcel is the way on."""
        super().turn(step)
        self.forward.setVisible(step < len(self.steps) - 1)

    def previous(self) -> None:
        """One step back; before the first one, the ways to begin."""
        if self.at == 0:
            self.desk.window.show_page("first_run")
        else:
            super().previous()

    def go_on(self, step: Step) -> None:
        """Makes the file after the officer, shows its key after the sheet."""
        if step is self.you:
            self._create()
        elif step is self.recovery:
            self._show_key()
        else:
            super().go_on(step)

    def _create(self) -> None:
        from mrc_app import store

        said, you = self.other.form.values(), self.you.values()
        path, folder = Path(said["path"]), settings_path().parent
        self.wait(True)

        def work(_step: object) -> tuple[str, Any]:
            made = desk_new.make(path, join=said["join"].lower(), name=said["name"], settings=folder, **you)
            return made.sheet, store.open(path, settings=folder, waiting=True, **you)

        self.desk.jobs.run(work, done=self._created, failed=self._refused)

    def _created(self, made: tuple[str, Any]) -> None:
        self.wait(False)
        sheet, self.desk.joining = made
        self.desk.settings.centre = str(made[1].path)
        self.desk.settings.keep()
        self.recovery.show_sheet(sheet, self.other.form["name"].value() or "")
        self.turn(2)

    def _refused(self, trouble: MrcError) -> None:
        self.wait(False)
        if isinstance(trouble, Invalid) and any(name in self.other.form for name in trouble.problems):
            self.turn(0)
            self.other.form.show_problem(trouble)
        else:
            self.you.form.show_problem(trouble)

    def _show_key(self) -> None:
        if self.desk.joining is not None:
            self.parcel.show_key(desk_keys.own(self.desk.joining))
        self.turn(3)

    # -- the parcel

    def _choose(self) -> None:
        chosen = which_to_open(self, _("Take in the first parcel"), str(documents_path()), "(*)")
        if chosen:
            self.take_in(Path(chosen))

    def take_in(self, file: Path) -> None:
        """Takes the first parcel in, beside the screen, and opens the desk."""
        opened, today = self.desk.joining, self.desk.today()
        if opened is None:
            return
        self.banner.say("")
        self.parcel.take.setEnabled(False)
        self.wait(True)
        self.desk.jobs.run(lambda step: arriving.arrive(opened, file, today=today, step=step), done=self._came,
                           failed=self._not_taken)  # fmt: skip

    def _came(self, _arrived: Arrived) -> None:
        self.wait(False)
        opened, self.desk.joining = self.desk.joining, None
        if opened is not None:
            self.desk.window.enter(opened)

    def _not_taken(self, trouble: MrcError) -> None:
        self.wait(False)
        self.parcel.take.setEnabled(True)
        self.banner.say(trouble.text(_))

    # -- a change of language

    def kept(self) -> dict[str, Any]:
        """Every step's answers."""
        told = {"other": self.other.form.values(), "you": self.you.form.values(), "sheet": self.recovery.sheet}
        return {**super().kept(), **told}

    def restore(self, kept: dict[str, Any]) -> None:
        """Puts them back in the other language."""
        self.other.form.fill(kept["other"])
        self.you.form.fill(kept["you"])
        if kept["sheet"]:
            self.recovery.show_sheet(kept["sheet"], kept["other"]["name"] or "")
        if kept["at"] == len(self.steps) - 1:
            self._show_key()
        else:
            self.turn(kept["at"])
