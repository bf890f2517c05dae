"""This desk's key as a sheet of paper: to be handed over, scanned, or compared by telephone."""

from __future__ import annotations

from pathlib import Path

from mrc_app.errors import MrcError
from mrc_app.exchange.desk_keys import Own
from mrc_app.i18n import N_, Catalog, isolate, ltr

TITLE = N_("The key of our desk")
ABOUT = N_("Whoever has this key can send us sealed files. It opens nothing and is no secret.")
COMPARE = N_("Call us on a number you knew before and compare the digits. If one differs, do not use the key.")
DIGITS, WORDS, KEY = N_("Digits to read aloud"), N_("Or these words"), N_("Key")
CODE = N_("QR code of the key")
COMPARED, ON = N_("Compared with"), N_("On")


def sheet(own: Own, *, centre: str, desk: str, phone: str, language: str) -> bytes:
    """One page in a language. Raises MissingGlyph when no typeface can draw a character."""
    from mrc_app.typesetting import blocks as b
    from mrc_app.typesetting.compose import compose

    catalog = Catalog.load(language, "mrc_app")

    def say(message: str) -> str:
        return catalog.find(message) or message

    who = " · ".join(filter(None, (isolate(centre), isolate(desk), ltr(phone) if phone else "")))
    facts = [(DIGITS, ltr(own.fingerprint)), (WORDS, ltr(own.words)), (KEY, ltr(own.recipient))]
    made: list[b.Block] = [
        b.Heading(say(TITLE)),
        b.Line(who, strong=True),
        b.Note(say(ABOUT)),
        *(block for label, value in facts for block in (b.Note(say(label)), b.Line(value, strong=True))),
        b.Code(own.recipient.upper(), say(CODE), width_mm=42),
        b.Note(say(COMPARE)),
        b.WriteIn(say(COMPARED)),
        b.WriteIn(say(ON)),
    ]
    return compose(made, language=language, title=say(TITLE), paper="a5").pdf


def write(path: Path, pdf: bytes) -> None:
    """Writes the sheet. Raises MrcError when the disk refuses."""
    try:
        path.write_bytes(pdf)
    except OSError as trouble:
        said = N_("“{file}” cannot be written here: {reason}.")
        raise MrcError(said, file=path.name, reason=trouble.strerror or str(trouble)) from None
