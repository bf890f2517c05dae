"""On Today while the file is locked down: who pressed the keys, and for a supervisor the way to end it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mrc_app.errors import MrcError
from mrc_app.i18n import _
from ui.backing_up import folder_for
from ui.desk import Desk
from ui.widgets.controls import button
from ui.widgets.text import Banner


class LockdownNotice(QWidget):
    """Nothing while no lockdown stands."""

    def __init__(self, desk: Desk, ended: Callable[[], object]) -> None:
        super().__init__()
        self.desk, self._ended = desk, ended
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.banner = Banner("", "red")
        column.addWidget(self.banner)
        self.end = button(_("End the lockdown"), "danger", "shield-check", self._end)
        column.addWidget(self.end, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def tell(self) -> None:
        """Looks whether a lockdown stands."""
        from mrc_app.store import locking

        try:
            stands = locking.standing(self.desk.store)
        except MrcError as trouble:
            self.desk.window.say(trouble.text(_))
            return
        if stands is not None:
            self.banner.say(_(
                "The centre file is locked down since {at} (UTC), by {who}. Colleagues cannot open it.",
                at=stands.at[:16].replace("T", " "), who=stands.by,
            ))  # fmt: skip
        self.end.setVisible(locking.may_end(self.desk.store))
        self.setVisible(stands is not None)

    def _end(self) -> None:
        from mrc_app.store import locking

        try:
            locking.end(self.desk.store, folder_for(self.desk.settings, self.desk.store.path))
        except MrcError as trouble:
            self.desk.window.say(trouble.text(_))
            return
        self.desk.window.say(_("The lockdown is over. Everybody signs in with her own password again."))
        self._ended()
