"""The commands of ``mrc``, one group a file. Each asks, calls the layer that does the work, and prints."""

from __future__ import annotations

import typer


def add_to(app: typer.Typer) -> None:
    """Adds every command to the front door."""
    from mrc_app.commands import backups, casework, centre, duplicates, locking, people, reference, rights, takeout

    for group in (reference, casework, duplicates, centre, backups, locking, people, rights, takeout):
        group.add_to(app)
