"""What stands on a wall or on the card: only numbers that a person confirmed and that need no new check yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from mrc_app.corridors import catalogue
from mrc_app.corridors.services import is_fresh
from mrc_app.guides.place import Centre, Checked

if TYPE_CHECKING:
    from mrc_app.guides.making import GuideRequest


def only(request: GuideRequest) -> GuideRequest:
    """The request without every number that nobody confirmed, or that was confirmed too long ago."""
    today, corridor = request.today, request.known or catalogue.corridor(request.corridor)
    checks = request.confirmations
    contacts = tuple(each for each in corridor.contacts if _holds(checks.get(each.uuid), today))
    return replace(
        request,
        known=replace(corridor, contacts=contacts),
        services=tuple(each for each in request.services if each.fresh(today)),
        centre=_centre(request.centre, today),
    )


def _holds(check: Checked | None, today: date) -> bool:
    return check is not None and is_fresh(check.on, check.recheck, today)


def _centre(centre: Centre | None, today: date) -> Centre | None:
    if centre is None or is_fresh(centre.checked, None, today):
        return centre
    return replace(centre, phone="")
