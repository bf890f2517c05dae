"""The parts of a letter: each form of block a template may name, from facts to what stands on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from mrc_app.guides import letters_tables as tables
from mrc_app.guides.letters_facts import Found, LetterFacts
from mrc_app.guides.letters_values import figure
from mrc_app.guides.letters_words import LetterWords
from mrc_app.i18n import isolate, ltr
from mrc_app.typesetting import blocks as b

OPEN = ("worse", "missing", "unclear")
"""Verdicts of a point that can be put right."""
PROMISE = "25"
"""The point whose other side is no rule but what was promised."""
SHORT = 12
"""Rows of a table that stays on one page with its title."""
CONDITIONS: dict[str, Callable[[LetterFacts], bool]] = {
    "": lambda facts: True,
    "respondent": lambda facts: bool(facts.respondent) and facts.respondent != facts.receiver.name,
    "to_respondent": lambda facts: facts.respondent in ("", facts.receiver.name),
}


@dataclass(frozen=True)
class Writer:
    """One letter in one language."""

    facts: LetterFacts
    words: LetterWords

    def block(self, form: str, text: str) -> Iterator[b.Block]:
        """The blocks of one part of the template; none where the facts have nothing for it."""
        made: Callable[[str], Iterator[b.Block]] = getattr(self, f"_{form}")
        yield from made(text)

    # -- sentences

    def _line(self, text: str) -> Iterator[b.Block]:
        facts = self.facts
        names = self.words.names(facts.names)
        respondent = facts.respondent or facts.receiver.name
        yield b.Line(self.words.say(text, names=names, respondent=respondent))

    def _listed(self, text: str, lines: list[str]) -> Iterator[b.Block]:
        if lines:
            yield b.Line(self.words.raw(text), strong=True)
            yield from (b.Line(line, bullet=True) for line in lines)

    def _pay(self, _text: str) -> Iterator[b.Block]:
        by = self.facts.answer_by
        say = self.words.say
        yield b.Line(say("L.claim.pay_by", date=self.words.day(by)) if by else say("L.claim.pay"), strong=True)

    def _answer(self, _text: str) -> Iterator[b.Block]:
        facts, say = self.facts, self.words.say
        day = facts.answer_by
        sender = facts.sender
        to = say("L.answer_phone", centre=sender.name, phone=ltr(sender.phone)) if sender.phone else ""
        told = [say("L.answer_by", date=self.words.day(day)) if day else say("L.answer_soon")]
        told += [to or say("L.answer_to", centre=sender.name), say("L.only_us")]
        yield b.Together([b.Line(" ".join(told)), *self._signature("L.signature", closing=True)])

    def _signature(self, text: str, *, closing: bool = False) -> list[b.Block]:
        """The line to sign on."""
        say = self.words.say
        made: list[b.Block] = [b.Space(2), b.Line(say("L.closing"))] if closing else []
        if self.facts.officer and closing:
            made.append(b.Line(isolate(self.facts.officer)))
        return [*made, b.WriteIn(say(text))]

    # -- contracts

    def _findings(self, text: str) -> Iterator[b.Block]:
        yield from self._listed(text, [self.finding(one) for one in self._first(red=True)])

    def _corrections(self, text: str) -> Iterator[b.Block]:
        yield from self._listed(text, [self.words.raw(f"R.{one.check}.should") for one in self._first(red=True)])

    def _first(self, *, red: bool) -> list[Found]:
        """The findings to speak of, one per point; where none is red, those that are open."""
        open_ones = [one for one in self.facts.findings if one.verdict in OPEN]
        wanted = [one for one in open_ones if one.red is red] or open_ones
        return [next(ones) for _point, ones in groupby(wanted, key=lambda one: one.check)]

    def finding(self, one: Found) -> str:
        """A finding as a sentence, with what the paper and the rule say."""
        words = self.words
        told = [words.raw(f"R.{one.check}.name") + ":", words.first(f"R.{one.check}.{one.verdict}", f"R.{one.verdict}")]
        for text, shown in (("S.says", one.contract), ("S.rule", one.rule)):
            value = figure(words, shown)
            promise = text == "S.rule" and one.check == PROMISE
            said = f"{words.raw('S.col.promised')}: {value}" if promise else words.say(text, value=value)
            told += [said] if value else []
        return " · ".join([" ".join(told[:2]), *told[2:]])

    def _versions(self, text: str) -> Iterator[b.Block]:
        grid = tables.versions(self.words, self.facts.versions)
        yield from self._titled(text, grid)

    def _papers(self, text: str) -> Iterator[b.Block]:
        yield from self._listed(text, [isolate(self.words.of_screen(paper) or paper) for paper in self.facts.papers])

    # -- what happened

    def _facts(self, _text: str) -> Iterator[b.Block]:
        facts, say = self.facts, self.words.say
        rows = [
            [say("L.sheet.date"), isolate(self.words.day(facts.on))],
            [say("L.sheet.person"), self.words.names(facts.names)],
            [say("L.sheet.respondent"), isolate(facts.respondent)],
        ]
        yield b.Table([row for row in rows if row[1].strip("\u2068\u2069")], header=False, widths=(1, 2.4))

    def _matters(self, text: str) -> Iterator[b.Block]:
        told = [self.words.first(f"C.{code}", "C.X") for code in self.facts.matters]
        yield from self._listed(text, list(dict.fromkeys(told)))

    def _words(self, text: str) -> Iterator[b.Block]:
        yield from self._listed(text, [f"“{isolate(said)}”" for said in self.facts.words])

    def _events(self, text: str) -> Iterator[b.Block]:
        yield from self._titled(text, tables.events(self.words, self.facts.events))

    def _evidence(self, text: str) -> Iterator[b.Block]:
        yield from self._titled(text, tables.evidence(self.words, self.facts.evidence))

    def _titled(self, text: str, grid: b.Table | None) -> Iterator[b.Block]:
        if grid is not None:
            made: list[b.Block] = [b.Line(self.words.raw(text), strong=True), grid]
            yield from [b.Together(made)] if len(grid.rows) <= SHORT else made

    # -- money

    def _months(self, text: str) -> Iterator[b.Block]:
        yield from self._titled(text, tables.months(self.words, self.facts.claims))

    def _sums(self, text: str) -> Iterator[b.Block]:
        if not self.facts.claims:
            return
        grid = tables.sums(self.words, self.facts.claims)
        if grid is not None:
            yield from self._titled(text, grid)
        totals = tables.totals(self.facts.claims)
        for _currency, (_due, _paid, owed) in totals.items():
            yield b.Line(self.words.say("L.claim.total", amount=self.words.money(owed)), strong=True)
        if len(totals) > 1:
            yield b.Note(self.words.raw("L.claim.apart"))

    def _excess(self, text: str) -> Iterator[b.Block]:
        yield from self._titled(text, tables.excess(self.words, self.facts.excess))
        if len({one.paid.currency for one in self.facts.excess}) > 1:
            yield b.Note(self.words.raw("L.claim.apart"))

    def _laws(self, text: str) -> Iterator[b.Block]:
        if self.facts.laws:
            said = [", ".join(isolate(part) for part in (law.text, law.source, law.as_of) if part)
                    for law in self.facts.laws]  # fmt: skip
            yield from self._listed(text, said)
            yield b.Note(self.words.raw("L.sheet.laws_note"))

    def _deadlines(self, text: str) -> Iterator[b.Block]:
        lines = []
        for one in self.facts.deadlines:
            due, checked = (self.words.day(day) if day else "" for day in (one.due, one.checked_on))
            told = (due, one.text, one.source, checked, one.checked_by)
            lines.append(", ".join(isolate(part) for part in told if part))
        yield from self._listed(text, lines)

    def _asked(self, text: str) -> Iterator[b.Block]:
        known = [self.words.first(f"Q.{one}", "Q.answer") for one in self.facts.asked]
        yield from self._listed(text, list(dict.fromkeys(known)))

    def _signed(self, text: str) -> Iterator[b.Block]:
        yield b.Together(self._signature(text))

    # -- referrals

    def _needs(self, text: str) -> Iterator[b.Block]:
        yield from self._listed(text, [isolate(need) for need in self.facts.referral.needs])

    def _parts(self, text: str) -> Iterator[b.Block]:
        yield from self._listed(text, [isolate(part) for part in self.facts.referral.parts])

    def _consented(self, text: str) -> Iterator[b.Block]:
        on = self.facts.referral.consented_on
        if on is not None:
            names = self.words.names(self.facts.names)
            yield b.Line(self.words.say(text, names=names, date=self.words.day(on)))

    def _contact(self, text: str) -> Iterator[b.Block]:
        contact, say = self.facts.referral.contact, self.words.say
        if not contact.phone:
            yield b.Line(say("L.referral.via_us"), strong=True)
            return
        lines = [say("L.referral.phone", phone=ltr(contact.phone))]
        lines += [say("L.referral.hours", hours=contact.hours)] if contact.hours else []
        lines += [say("L.referral.answerer", who=contact.who_may_answer)] if contact.who_may_answer else []
        lines += [say("L.referral.say", words=contact.say)] if contact.say else []
        lines += [] if contact.messages else [say("L.referral.message")]
        yield from self._listed(text, lines)

    def _slip(self, text: str) -> Iterator[b.Block]:
        say = self.words.say
        yield b.Together(self._signature("L.signature", closing=True))
        yield b.CutOut(
            [
                b.Heading(say(text), 3),
                *([b.Line(say("L.ref", number=ltr(self.facts.number)), small=True)] if self.facts.number else []),
                b.WriteIn(say("L.referral.received")),
                b.Line(say("L.referral.helped"), tick=True),
                b.Line(say("L.referral.could_not"), tick=True),
                b.WriteIn(say("L.signature")),
            ]
        )
