"""What law and practice say between two countries: dated facts with their source, and whom to call."""

from __future__ import annotations

RECORD_MODULES = (
    "mrc_app.corridors.services",
    "mrc_app.corridors.confirmations",
    "mrc_app.corridors.reference_packs",
    "mrc_app.corridors.overrides",
)
"""The modules of this package whose records are kept in the centre file."""
