"""A number to scan: the centre's own, under a neutral name, and only when a person has confirmed it.

Never a link, never a record about somebody: what a phone keeps is a name that says nothing and a number.
"""

from __future__ import annotations

from mrc_app.guides.lines import Particulars
from mrc_app.typesetting import blocks as b

NEUTRAL = "M. Info"
"""The name under which a scanned number is saved: it says nothing to somebody who looks through the phone."""


def vcard(number: str, name: str = NEUTRAL) -> str:
    """A contact for a phone's address book (vCard 3.0): a name and a number, nothing else."""
    digits = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:;{name};;;\r\nFN:{name}\r\nTEL:{digits}\r\nEND:VCARD\r\n"


def scannable(of: Particulars) -> list[b.Block]:
    """The QR code of the centre's confirmed number; nothing when there is none or it was checked too long ago."""
    for service in of.services:
        if "centre" in service.roles and service.fresh(of.today):
            alt = of.words.text("X.scan")
            return [b.Together([b.Code(vcard(service.number), alt), b.Note(alt)])]
    return []
