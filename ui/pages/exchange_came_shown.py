"""A file that came, as a card: what it is, from whom, whether the key is trusted, what it brings, and what was done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mrc_app.errors import Problem
from mrc_app.exchange.arriving import Arrived
from mrc_app.exchange.arriving_look import Came, Look
from mrc_app.i18n import N_, _, isolate, ltr, ngettext
from ui.pages.exchange_part import compared_chip, instant_words, told_of
from ui.panels.groups import heading_row
from ui.panels.return_parts import dots
from ui.widgets.controls import Flow, button
from ui.widgets.text import Banner, card, chip, label
from ui.words import word

STRANGER = N_("Nobody here has trusted the key of this file: {digits}. Call whoever sent it and compare the digits.")
REVOKED = N_("The key of {name} was revoked. This file is not taken in.")
NOTHING = N_("Nothing was changed.")


class FileCard(QFrame):
    """One file."""

    def __init__(self, one: Look) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, self.body = card(margin=16, spacing=8)
        outer.addWidget(frame)
        title = word(one.kind) if one.kind is not None else _("File")
        ends: list[QWidget] = []
        if one.recipient and one.trusted and not one.own:
            ends.append(compared_chip(one.compared))
        if one.before:
            ends.append(chip(_("here already"), "plain"))
        self.body.addWidget(heading_row(_sign(one), title, *ends))
        sender = _("from {name}", name=isolate(one.name)) if one.name else ""
        number = _("number {n}", n=one.no) if one.no else ""
        self.body.addWidget(label(dots([ltr(one.file.name), sender, instant_words(one.made_at), number]), "small"))
        for said in brings(one):
            self.body.addWidget(label(said))
        self.trust = button(_("Look at this key"), "", "shield-check")
        self.open = button(_("Look at it"), "main", "eye")
        self._foot(one)
        self.setAccessibleName(title)

    def _foot(self, one: Look) -> None:
        trouble = refusal(one)
        if trouble:
            self.body.addWidget(Banner(" ".join((trouble, _(NOTHING))), "red"))
        row = QWidget()
        flow = Flow(8)
        row.setLayout(flow)
        shown = False
        for made, wanted in (
            (self.trust, bool(one.recipient) and not one.trusted and not one.revoked),
            (self.open, one.may_come_in and one.kind is Came.HANDOVER),
        ):
            if wanted:
                flow.addWidget(made)
                shown = True
        if shown:
            self.body.addWidget(row)

    def tell(self, words: Sequence[str], trouble: Problem | None) -> None:
        """Says what was done with the file."""
        if words:
            self.body.addWidget(Banner(" ".join(words), "green", "circle-check"))
        if trouble is not None:
            self.body.addWidget(Banner(f"{told_of(trouble)} {_(NOTHING)}", "red"))


def _sign(one: Look) -> str:
    return "circle-check" if one.may_come_in else "triangle-alert"


def refusal(one: Look) -> str:
    """Why a file is not taken in; empty where it can be."""
    if one.trouble is not None:
        return told_of(one.trouble)
    if one.revoked:
        return _(REVOKED, name=isolate(one.name))
    return "" if one.trusted else _(STRANGER, digits=ltr(one.fingerprint))


def brings(one: Look) -> list[str]:
    """What a file would bring, in a sentence."""
    if one.kind is not Came.DESK or not one.may_come_in:
        return []
    said = [ngettext("{n} new change.", "{n} new changes.", one.new)]
    if one.same:
        said.append(ngettext("{n} is here already.", "{n} are here already.", one.same))
    if one.papers:
        said.append(ngettext("{n} paper.", "{n} papers.", one.papers))
    return [" ".join(said)]


def arrived_words(told: Arrived) -> list[str]:
    """What was done with a file, in sentences."""
    words = [_("Taken in.")] if told.new else [_("It was here already; nothing changed.")]
    if told.kind == Came.DESK:
        words = [_("Taken in: {new} new, {same} here already.", new=told.new, same=told.same)]
        if told.conflicts:
            words.append(ngettext("{n} contradiction waits for you.", "{n} contradictions wait for you.",
                                  len(told.conflicts)))  # fmt: skip
    elif told.kind == Came.RECEIPT:
        said = N_("{name} acknowledged it.") if told.told.get("accepted") else N_("{name} did not accept it.")
        words.append(_(said, name=isolate(str(told.told.get("to", "")))))
    elif told.kind == Came.ACKNOWLEDGEMENT and told.told.get("accepted"):
        words.append(_("The ministry accepted “{file}”.", file=ltr(str(told.told.get("export", "")))))
    words += [told_of(one) for one in told.gaps]
    if told.receipt is not None:
        words.append(_("Give this receipt back: {file}", file=ltr(str(told.receipt))))
    return words
