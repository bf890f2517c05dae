"""The parts of the client page: one tab a file."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from mrc_app.i18n import N_

if TYPE_CHECKING:
    from ui.panels.panel import Panel

TABS = {
    "timeline": N_("Timeline"),
    "details": N_("Details"),
    "consents": N_("Consents"),
    "journey": N_("Journey"),
    "contracts": N_("Contracts"),
    "family": N_("Family"),
    "costs": N_("Costs"),
    "grievances": N_("Cases"),
    "claims": N_("Claims"),
    "deadlines": N_("Time limits"),
    "referrals": N_("Referrals"),
    "reintegration": N_("Return"),
    "handover": N_("Hand-over"),
    "guides": N_("Guides"),
    "papers": N_("Papers"),
}


def panel_class(name: str) -> type[Panel]:
    """The class of a tab. KeyError for a name that is no tab."""
    if name not in TABS:
        raise KeyError(name)
    found: type[Panel] = getattr(import_module(f"ui.panels.{name}"), f"{name.capitalize()}Panel")
    return found
