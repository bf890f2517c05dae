"""The commands of ``mrc``, one group a file. Each asks, calls the layer that does the work, and prints."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer

GROUPS = (
    "reference",
    "guides",
    "casework",
    "duplicates",
    "grievances",
    "centre",
    "backups",
    "locking",
    "people",
    "rights",
    "takeout",
    "sheets",
    "paper_forms",
    "recruiters",
    "referrals",
    "claims",
    "contracts",
    "costs",
    "letters",
    "reintegration",
    "figures",
    "report_forms",
    "ministry_export",
    "ministry",
    "exchange",
    "handover",
    "desks",
    "reference_packs",
    "reviews",
    "outbox",
    "dashboard",
)
"""Files of this folder, in the order in which the help lists their commands."""


def add_to(app: typer.Typer) -> None:
    """Adds every command to the front door."""
    for name in GROUPS:
        group: Any = import_module(f"mrc_app.commands.{name}")
        group.add_to(app)
