"""A page of every kind of block, in a language, for the tests."""

from __future__ import annotations

from mrc_app.i18n import ltr
from mrc_app.typesetting import blocks as b
from tests.typesetting.sentences import SENTENCES

PHONE = "+966 11 111 2222"


def guide(lang: str) -> list[b.Block]:
    said = SENTENCES[lang]
    return [
        b.Heading(said, icon="passport"),
        b.Line(said, icon="contract"),
        b.Line(f"{said} {ltr(PHONE)}", icon="emergency_call", mark=said[:9]),
        b.Line("Do not sign a paper you cannot read.", icon="do_not_sign", lang="en", mark=said[:9]),
        b.Fact(said[:12], said, said[:20]),
        b.Heading(said, level=2),
        b.Line(said, tick=True),
        b.Line(said, strong=True),
        b.Note(said),
        b.WriteIn(said[:12], lines=2),
        b.Table([[said[:8], said[:12]], *[[said, b.Cell(ltr(PHONE), strong=True)]] * 9]),
        b.CutOut([b.Line(said, icon="phone"), b.Code(f"tel:{PHONE}", said)], said[:12]),
        b.Together([b.Figure("send_money_home", said), b.Space(4), b.Line(said)]),
        b.PageBreak(),
        b.Line(said * 4),
    ]
