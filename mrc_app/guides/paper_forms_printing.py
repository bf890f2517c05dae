"""Printing numbered forms: the numbers are taken and the pages written together, or nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mrc_app.casework import paper_forms
from mrc_app.errors import MrcError
from mrc_app.guides import paper_forms as pages
from mrc_app.i18n import N_

if TYPE_CHECKING:
    from mrc_app.store.centre import Store


@dataclass(frozen=True)
class Numbered:
    """The forms that were printed."""

    numbers: list[str]
    pages: int


def print_forms(store: Store, *, kind: str, count: int, language: str, on: date, out: Path) -> Numbered:
    """Writes a PDF of forms, each with the next number. Raises Invalid, MrcError when the file cannot be written."""
    with store.change(by=store.officer, do="paper_forms.number_forms") as session:
        made = paper_forms.number_forms(
            session, kind=kind, count=count, language=language, desk_code=store.desk_code, on=on, by=store.officer
        )
        printed = pages.make(made, centre=store.centre().name, language=language)
        _write(out, printed.pdf)
        return Numbered([one.number for one in made], printed.pages)


def _write(out: Path, content: bytes) -> None:
    part = out.with_name(out.name + ".new")
    try:
        part.write_bytes(content)
        part.replace(out)
    except OSError as trouble:
        part.unlink(missing_ok=True)
        said = N_("“{file}” cannot be written: {trouble}.")
        raise MrcError(said, file=out.name, trouble=trouble.strerror or str(trouble)) from None
