"""Choosing an occupation: typed by name or code, offered from the ISCO-08 list; any other code can be typed."""

from __future__ import annotations

from mrc_app.casework import occupations
from mrc_app.casework.occupations import Occupation
from mrc_app.i18n import _, ltr
from ui.widgets.choosers import Entry, SearchField


def occupation_words(code: str) -> str:
    """A code with its title; a title that nobody checked says so; the code alone where the list does not have it."""
    known = occupations.of_code(code)
    if known is None:
        return ltr(f"ISCO {code}") if code else ""
    return f"{ltr(code)} {_shown(known)}"


def _shown(one: Occupation) -> str:
    return f"{one.title} ({_(occupations.REPORTED)})" if one.reported else one.title


class OccupationField(SearchField):
    """An ISCO-08 code."""

    def __init__(self) -> None:
        entries = [Entry(one.code, f"{one.code} · {_shown(one)}", one.title) for one in occupations.listed()]
        super().__init__(entries, _("Work or ISCO-08 code"))

    def title(self) -> str:
        """The title of what is chosen; empty for a code outside the list."""
        known = occupations.of_code(self.value() or "")
        return known.title if known else ""
