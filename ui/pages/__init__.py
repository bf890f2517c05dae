"""The pages of the window, by name. Each is loaded when it is first turned to."""

from __future__ import annotations

from importlib import import_module

from ui.page import Page

PAGES = {
    "first_run": "first_run:FirstRunPage",
    "unlock": "unlock:UnlockPage",
    "today": "today:TodayPage",
    "clients": "clients:ClientsPage",
    "register": "register:RegisterPage",
    "counselling": "counselling:CounsellingPage",
    "tally": "tally:TallyPage",
    "guide": "guide:GuidePage",
    "services": "services:ServicesPage",
    "settings": "settings:SettingsPage",
    "backups": "backups:BackupsPage",
    "restore": "restore:RestorePage",
}
DOOR = ("first_run", "unlock")
"""Pages before a centre file is open: no side bar stands beside them."""


def page_class(name: str) -> type[Page]:
    """The class of a page. KeyError for a name that is no page."""
    module, made = PAGES[name].split(":")
    found: type[Page] = getattr(import_module(f"ui.pages.{module}"), made)
    return found
