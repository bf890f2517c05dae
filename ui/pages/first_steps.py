"""The steps of the first day, each a small form."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_, _, screen_language
from ui.forms import Form
from ui.look import px
from ui.widgets.choosers import CountryField, LanguagesField
from ui.widgets.controls import Tile, button
from ui.widgets.dialogs import where_to_save
from ui.widgets.fields import Field, SegmentField, TextField
from ui.widgets.text import card, label


class Step(QWidget):
    """One step: ``complete`` says whether one may go on; ``ready`` is sent when Enter means Next."""

    ready = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(14))

    def say(self, title: str, text: str) -> None:
        """The question of the step and a sentence below it."""
        self.column.addWidget(label(title, "title"))
        self.column.addWidget(label(text, "muted"))

    def complete(self) -> bool:
        """Whether the step is done."""
        return True

    def first(self) -> QWidget | None:
        """Where the keyboard begins."""
        return None


class WelcomeStep(Step):
    """A new centre, one that exists, an invented one to look at; or the office that receives from many centres."""

    def __init__(
        self,
        new: Callable[[], None],
        existing: Callable[[], None],
        demo: Callable[[], None],
        join: Callable[[], None],
        ministry: Callable[[], None],
    ) -> None:
        super().__init__()
        self.say(
            _("The caseworker's desk"),
            _("Everything stays in one encrypted file on this computer. No network is needed."),
        )
        self.new = self._way(
            "file-plus", _("Start a new centre file"), _("For a centre or desk that begins today."), new
        )
        self.existing = self._way(
            "folder-open", _("Open a centre file"), _("It was made before, here or on another computer."), existing
        )
        self.join = self._way(
            "users", _("Join a centre that has a desk already"),
            _("For a second computer: both desks exchange parcels from then on."), join,
        )  # fmt: skip
        self.demo = self._way(
            "eye", _("Look at an invented centre"), _("To try everything with invented people."), demo
        )
        self.demo.setVisible(find_spec("mrc_app.demo") is not None)
        self.ministry = button(_("Ministry desk: receive the figures of many centres"), "quiet", on=ministry)
        self.column.addWidget(self.ministry, 0, Qt.AlignmentFlag.AlignHCenter)

    def _way(self, icon: str, title: str, text: str, act: Callable[[], None]) -> Tile:
        made = Tile(icon, title, text, act)
        self.column.addWidget(made)
        return made

    def first(self) -> QWidget | None:
        return self.new


class PathField(Field):
    """A file to be made: typed or chosen."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.text = TextField(ordered=True, limit=1000)
        self.choose = button(_("Choose a place"), on=self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self.text, 1)
        row.addWidget(self.choose)
        self.text.set_value(folder / "centre.mrc")
        self.text.changed.connect(self.changed.emit)
        self.setFocusProxy(self.text)

    def _choose(self) -> None:
        kinds = _("Centre files") + " (*.mrc)"
        chosen = where_to_save(self, _("Choose a place"), str(self.text.value() or ""), kinds)
        if chosen:
            self.text.set_value(chosen if chosen.endswith(".mrc") else f"{chosen}.mrc")

    def value(self) -> Any:
        """The path as text."""
        return self.text.value()

    def set_value(self, value: Any) -> None:
        self.text.set_value(value)

    def controls(self) -> list[QWidget]:
        return [*self.text.controls(), self.choose]

    def call(self, name: str) -> None:
        self.text.call(name)

    def mark(self, wrong: bool) -> None:
        self.text.mark(wrong)


class CentreStep(Step):
    """What the centre is called, where it is, and where its file is kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.say(
            _("Your centre"),
            _("These words stand on the guides you print. All but the country can be changed later."),
        )
        frame, body = card(margin=24)
        self.form = form = Form()
        form.add("centre", _("Name of the centre"), TextField(), span=2)
        form.add("country", _("Country"), CountryField())
        form.add("desk", _("Name of this desk"), TextField(), hint=_("It begins every file number here."))
        form.add("languages", _("Languages spoken at the counter"), LanguagesField(), span=2)
        form.add(
            "path", _("Where the file is kept"), PathField(folder), span=2,
            hint=_("On this computer's own disk, not in a shared or synchronised folder."),
        )  # fmt: skip
        form.fill({"desk": _("Desk 1"), "languages": [screen_language().code]})
        form.submitted.connect(self.ready.emit)
        body.addWidget(form)
        self.column.addWidget(frame)

    def complete(self) -> bool:
        """A name and a country are needed; the store checks the rest."""
        self.form.clear_problems()
        try:
            check_centre(self.form.values())
        except Invalid as trouble:
            self.form.show_problem(trouble)
            return False
        return True

    def knows(self, trouble: MrcError) -> bool:
        """Whether trouble belongs to a field of this step."""
        return isinstance(trouble, Invalid) and any(name in self.form for name in trouble.problems)

    def first(self) -> QWidget | None:
        return self.form["centre"]


def check_centre(said: dict[str, Any]) -> None:
    """Raises Invalid for a centre without name, country, languages or place."""
    needed = {
        "centre": N_("Give the centre a name."),
        "country": N_("Choose the country the centre is in."),
        "desk": N_("Give this desk a name."),
        "languages": N_("Choose at least one language."),
        "path": N_("Choose where the file is kept."),
    }
    missing = {name: Problem(text) for name, text in needed.items() if not said[name]}
    if missing:
        raise Invalid(**missing)
    from mrc_app.corridors import countries

    if not countries.is_country(said["country"]):
        raise Invalid(country=Problem(N_("Choose a country from the list.")))
    if Path(said["path"]).exists():
        raise Invalid(path=Problem(N_("There is already a file with this name. Choose another name.")))


class YouStep(Step):
    """The first officer and the password; or, ``joining``, an officer whom the other desk knows already."""

    def __init__(self, *, joining: bool = False) -> None:
        super().__init__()
        below = _("You are the first to work here. Colleagues can be added later.")
        hint = _("You type it every morning.")
        if joining:
            below = _("The other desk knows you already. Here you choose a password for this computer.")
            hint = _("The login name you have at the other desk. Without one, ask a supervisor there first.")
        self.say(_("You"), below)
        frame, body = card(margin=24)
        self.form = form = Form()
        if not joining:
            form.add("officer", _("Your name"), TextField(), hint=_("It stands beside what you write down."))
        form.add("login", _("Login name"), TextField(limit=60), hint=hint, span=2 if joining else 1)
        form.add("password", _("Password"), TextField(secret=True))
        form.add("again", _("The same password again"), TextField(secret=True))
        self.strength = label("", "small")
        form.add_part(self.strength)
        form["password"].changed.connect(self._judge)
        form.submitted.connect(self.ready.emit)
        body.addWidget(form)
        self.column.addWidget(frame)
        self._judge()

    def _judge(self) -> None:
        from mrc_app.store.keys import password_problem

        typed = self.form["password"].value() or ""
        problem = password_problem(typed) if typed else None
        if not typed:
            words = _("Several words are better than one strange word: longer is stronger.")
        elif problem:
            words = problem.text(_)
        elif len(typed) < 16:
            words = _("Good enough. A few more words make it stronger.")
        else:
            words = _("A strong password.")
        self.strength.setText(words)

    def values(self) -> dict[str, Any]:
        """Name, login and password for the store."""
        wanted = [name for name in ("officer", "login", "password") if name in self.form]
        return {name: value or "" for name, value in self.form.values(*wanted).items()}

    def complete(self) -> bool:
        """Names are given and the two passwords are the same; the store checks the password itself."""
        self.form.clear_problems()
        said = self.form.values()
        wrong = {
            "officer": None if said.get("officer", True) else Problem(N_("Give your name.")),
            "login": None if said["login"] else Problem(N_("Choose a login name.")),
            "again": None if said["password"] == said["again"] else Problem(N_("The two passwords are not the same.")),
        }
        from mrc_app.store.keys import password_problem

        wrong["password"] = password_problem(said["password"] or "")
        found = {name: problem for name, problem in wrong.items() if problem}
        if found:
            self.form.show_problem(Invalid(**found))
        return not found

    def first(self) -> QWidget | None:
        return self.form["officer" if "officer" in self.form else "login"]


class PrinterStep(Step):
    """With a printer or without: without one, guides are offered to be copied by hand first."""

    def __init__(self, printer: bool) -> None:
        super().__init__()
        self.say(_("Is there a printer at this desk?"), _("It can be changed in the settings."))
        self.choice = SegmentField(
            [(True, _("Yes, there is a printer")), (False, _("No, we write by hand"))], stacked=True
        )
        self.choice.call(_("Is there a printer at this desk?"))
        self.choice.set_value(printer)
        self.column.addWidget(self.choice)

    def answer(self) -> bool:
        """Whether there is a printer."""
        return bool(self.choice.value())

    def first(self) -> QWidget | None:
        return self.choice
