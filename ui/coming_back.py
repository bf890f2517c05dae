"""Where the officer was when the desk was locked, and what she had typed: kept inside the encrypted file only."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from mrc_app.errors import MrcError

if TYPE_CHECKING:
    from ui.window import Window

DRAFT = "lock"


def keep(window: Window) -> None:
    """Writes down the page on the screen. A full disk does not keep the desk open."""
    store, name = window.desk.store, window.at
    page = window.page if name else None
    if page is None:
        return
    with suppress(MrcError):
        store.draft_save(DRAFT, {"page": name, "id": page.id, "kept": _plain(page.kept())})


def bring(window: Window) -> bool:
    """Turns to the page that was left; False when there is none."""
    from ui.pages import DOOR, PAGES

    store = window.desk.store
    found = store.draft(DRAFT)
    store.draft_drop(DRAFT)
    if not found or found["page"] not in PAGES or found["page"] in DOOR:
        return False
    window.show_page(found["page"], found["id"])
    if found["kept"]:
        with suppress(MrcError, KeyError):  # a page of a newer program may ask for more
            window.page.restore(_rich(found["kept"]))
    return True


def _plain(value: Any) -> Any:
    """What a page keeps, as JSON: days, several words and words of a list are marked; what is none of these is left."""
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, tuple):
        return {"$several": [_plain(part) for part in value]}
    if isinstance(value, (list, set, frozenset)):
        return [_plain(part) for part in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else None


def _rich(value: Any) -> Any:
    if isinstance(value, list):
        return [_rich(part) for part in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"$day"}:
        return date.fromisoformat(value["$day"])
    if set(value) == {"$several"}:
        return tuple(_rich(part) for part in value["$several"])
    return {key: _rich(part) for key, part in value.items()}
