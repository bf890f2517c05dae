"""Errors a caseworker can read.

An error carries a message id (English, marked with ``N_``) and the values that belong in it; it is
translated where it is shown, never where it is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One sentence about one thing that is wrong: a message id and its named values."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The sentence in the language of ``translate`` (English when none is given)."""
        return translate(self.message).format(**self.values)


class MrcError(Exception):
    """Something refused, said in one sentence. Nothing was changed."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.problem = Problem(message, values)

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The sentence in the language of ``translate``."""
        return self.problem.text(translate)

    def __str__(self) -> str:
        return self.text()


class Invalid(MrcError):
    """Input that cannot be kept: each field with its own sentence."""

    def __init__(self, /, **problems: Problem | str) -> None:
        self.problems: dict[str, Problem] = {
            name: said if isinstance(said, Problem) else Problem(said) for name, said in problems.items()
        }
        first = next(iter(self.problems.values()), Problem("This cannot be kept."))
        super().__init__(first.message, **first.values)

    def text(self, translate: Callable[[str], str] = str) -> str:
        """Every field's sentence, one after the other."""
        return " ".join(problem.text(translate) for problem in self.problems.values())


class NotAllowed(MrcError):
    """This officer may not do this."""


class CannotRead(MrcError):
    """A file is damaged, of another kind, or newer than this program."""


class Cancelled(MrcError):
    """The person stopped a long piece of work; nothing half done is left."""

    def __init__(self) -> None:
        super().__init__("Stopped. Nothing was changed.")
