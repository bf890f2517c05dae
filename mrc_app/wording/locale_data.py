"""Babel writes an alias it resolved into data that languages share (python-babel/babel, issue 1234): after the months
of one language were asked for, any other could answer with them. Here nothing is written back."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def keep_languages_apart() -> None:
    """Lets Babel resolve an alias each time it is asked. Called before the first name is read."""
    from babel.localedata import Alias, LocaleDataDict, merge

    def item(self: LocaleDataDict, key: str | int | None) -> Any:
        found = self._data[key]
        if isinstance(found, Alias):
            found = found.resolve(self.base)
        if isinstance(found, tuple):
            alias, others = found
            found = alias.resolve(self.base).copy()
            merge(found, others)
        return LocaleDataDict(found, base=self.base) if isinstance(found, dict) else found

    LocaleDataDict.__getitem__ = item  # type: ignore[method-assign]
