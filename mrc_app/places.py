"""Where the program's own data lies: beside the code in a checkout, inside the package when installed."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _find(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


RESOURCES = _find("resources")
LOCALES = _find("locales")


def own_words() -> Path:
    """Where the words lie that speakers reviewed for this computer; they stand before the program's own
    (``MRC_WORDS`` names another folder)."""
    given = os.environ.get("MRC_WORDS")
    return Path(given) if given else _of_this_person() / "words"


@lru_cache(maxsize=1)
def _of_this_person() -> Path:
    from platformdirs import user_data_path

    return user_data_path("mrc-desk", appauthor=False)
