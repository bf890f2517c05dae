"""A key on paper: the recipient as a QR code, to be scanned instead of typed."""

from __future__ import annotations

import io
from pathlib import Path

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_

KINDS = ("png", "svg")


def picture(recipient: str, kind: str = "png", scale: int = 6) -> bytes:
    """The QR code of a recipient. Upper case, because that makes a smaller code; a key reads the same in both."""
    import segno

    out = io.BytesIO()
    segno.make(recipient.upper(), error="m", micro=False).save(out, kind=kind, scale=scale, border=4)
    return out.getvalue()


def write(recipient: str, path: Path) -> None:
    """Writes the picture. Raises Invalid for another ending than png or svg, MrcError when the disk refuses."""
    kind = path.suffix.lower().lstrip(".")
    if kind not in KINDS:
        raise Invalid(
            qr=Problem(N_("A picture of a key ends in .png or .svg: “{file}” does not."), {"file": path.name})
        )
    try:
        path.write_bytes(picture(recipient, kind))
    except OSError as trouble:
        said = N_("“{file}” cannot be written here: {reason}.")
        raise MrcError(said, file=path.name, reason=trouble.strerror or str(trouble)) from None
