"""The pages of the window, by name. Each is loaded when it is first turned to."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ui.page import Page

if TYPE_CHECKING:
    from mrc_app.store.roles import Role

PAGES = {
    "first_run": "first_run:FirstRunPage",
    "join": "join:JoinPage",
    "unlock": "unlock:UnlockPage",
    "locked": "locked:LockedPage",
    "today": "today:TodayPage",
    "clients": "clients:ClientsPage",
    "register": "register:RegisterPage",
    "counselling": "counselling:CounsellingPage",
    "tally": "tally:TallyPage",
    "guide": "guide:GuidePage",
    "outreach": "outreach:OutreachPage",
    "queue": "queue:QueuePage",
    "services": "services:ServicesPage",
    "providers": "providers:ProvidersPage",
    "recruiters": "recruiters:RecruitersPage",
    "job_orders": "job_orders:JobOrdersPage",
    "grievances": "grievances:GrievancesPage",
    "grievance": "grievance:GrievancePage",
    "reports": "reports:ReportsPage",
    "dashboard": "dashboard:DashboardPage",
    "forgotten": "forgotten:ForgottenPage",
    "events": "events:EventsPage",
    "people": "people:PeoplePage",
    "settings": "settings:SettingsPage",
    "arrival": "arrival:ArrivalPage",
    "requests": "requests:RequestsPage",
    "rights": "rights:RightsPage",
    "paper_forms": "paper_forms:PaperFormsPage",
    "import_sheet": "import_sheet:ImportSheetPage",
    "backups": "backups:BackupsPage",
    "restore": "restore:RestorePage",
    "ministry": "ministry:MinistryPage",
    "exchange": "exchange:ExchangePage",
}
DOOR = ("first_run", "join", "unlock", "locked")
"""Pages before a centre file is open: no side bar stands beside them."""


WITH_NAMES = frozenset({
    "today", "clients", "register", "counselling", "guide", "outreach", "requests", "rights", "recruiters",
    "job_orders", "grievances", "grievance", "providers", "import_sheet", "queue", "forgotten", "arrival",
})  # fmt: skip
"""Pages that show who the clients are: not for a role that reads no names."""

COUNTING = frozenset({"reports", "events", "paper_forms", "dashboard"})
"""Pages of figures: not for a role that counts nobody."""


def for_role(page: str, role: Role) -> str:
    """The page, or Settings in its place for a role that may not see it."""
    from mrc_app.store.roles import May, may

    if page in COUNTING and not may(role, May.COUNT):
        return "settings"
    return "settings" if page in WITH_NAMES and not may(role, May.SEE_NAMES) else page


def page_class(name: str) -> type[Page]:
    """The class of a page. KeyError for a name that is no page."""
    module, made = PAGES[name].split(":")
    found: type[Page] = getattr(import_module(f"ui.pages.{module}"), made)
    return found
