"""From sections and lines to a book in words. Pure: no disk, no clock; the day, the words and the values are given.

Nothing missing is ever left blank without a name, nothing untranslated is ever silent, and in the discreet edition the
sections that would tell a stranger too much are one line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mrc_app.errors import Problem
from mrc_app.guides.card import card_lines, forty, language_name
from mrc_app.guides.conditions import printed
from mrc_app.guides.content import LineRule, SectionRule
from mrc_app.guides.lines import Book, Particulars, columns, say
from mrc_app.guides.text_model import Edition, Said, Section, TextModel
from mrc_app.guides.values import Service, Value, phone
from mrc_app.guides.words import checked
from mrc_app.i18n import N_, isolate, language

IF_YOU_GO = tuple(f"X.if_you_go_{number}" for number in range(1, 7))


def assemble(
    rules: Iterable[SectionRule],
    of: Particulars,
    *,
    if_you_go: bool = False,
    sentences: bool = False,
    known_corridor: bool = True,
) -> TextModel:
    """The whole book in words."""
    book = Book(of)
    kind, discreet = of.kind, of.edition is Edition.DISCREET
    done = _sections(book, rules)
    if sentences and any(section.id == kind.card for section in done):
        _insert_after(done, kind.card, _sentences(book))
    if if_you_go and not discreet:
        _insert_before(done, kind.blank, _if_you_go(book))
    shown = _with_notices(book, done, known_corridor)
    heading = of.words.find("X.discreet_title" if discreet else kind.title)
    foot = of.words.standing_note
    code, sources, warnings = of.words.language.code, tuple(book.sources), tuple(_warnings(of))
    return TextModel(heading.text, code, of.edition, tuple(shown), sources, warnings, foot)


def _sections(book: Book, rules: Iterable[SectionRule]) -> list[Section]:
    """The sections this edition and this person may have; hidden ones become one line."""
    done: list[Section] = []
    kind = book.of.kind
    for rule in rules:
        if book.of.edition is Edition.DISCREET and rule.id in kind.hidden:
            if not any(section.id == "X.discreet" for section in done):
                done.append(_discreet_help(book))
        elif not _waits(book.of, rule.id):
            done.append(_section(book, rule))
    return done


def _waits(of: Particulars, section: str) -> bool:
    """A page for children waits for its check; what is for somebody abroad is not for somebody who is home."""
    child = of.no_job_page and section in of.kind.children_wait
    return child or (of.known.home is True and section in of.kind.abroad)


def _section(book: Book, rule: SectionRule) -> Section:
    word = book.of.words.find(f"{rule.id}.title")
    title = Said(word.id, word.text, word.language, mark=book.mark(word), icon=rule.icon, kind="heading")
    if rule.id == book.of.kind.card:
        return Section(rule.id, title, tuple(card_lines(book, rule.lines)))
    lines = _lines(book, rule)
    if (rule.id == book.of.kind.services and not book.of.services) or any(
        _asks(each) for line in lines for each in line.every()
    ):
        lines.append(_could_not_check(book))
    return Section(rule.id, title, tuple(lines))


def _lines(book: Book, rule: SectionRule) -> list[Said]:
    lines: list[Said] = []
    for line in rule.lines:
        if line.id in book.of.spoken_only or not printed(line.when, book.of.known) or _endangers(book, line):
            continue
        lines += _line(book, rule, line)
    return lines


def _line(book: Book, section: SectionRule, line: LineRule) -> list[Said]:
    if line.id in book.of.kind.undiscreet and book.of.edition is Edition.DISCREET:
        return []
    if line.kind == "service":
        return _services(book, section, line)
    if line.kind == "service_papers":
        return []
    if line.kind == "table":
        return _table(book, line)
    if line.kind == "subheading":
        return [book.note(line.id, kind="subheading")]
    if line.id in book.of.repeated:
        return [said for values in book.of.repeated[line.id] if (said := say(book, line, values))]
    said = columns(book, line) if line.kind == "columns" else say(book, line)
    if said is None:
        return []
    if line.kind == "blank":
        return [Said(said.id, said.text, said.language, mark=said.mark, kind="blank")]
    return [said]


def _asks(line: Said) -> bool:
    return line.missing and line.flag == "C"


def _endangers(book: Book, line: LineRule) -> bool:
    """Her own union stands in no book unless it is known that unions are allowed where she goes (N6)."""
    return line.id == "D15.4" and book.of.known.strikes_banned is not False


def _could_not_check(book: Book) -> Said:
    if book.of.centre:
        said = book.note("X.could_not_check", centre=book.of.centre)
    else:
        said = book.note("X.could_not_check_nobody")
    return replace(said, missing=True)


def _services(book: Book, section: SectionRule, rule: LineRule) -> list[Said]:
    papers = next((line for line in section.lines if line.kind == "service_papers"), None)
    lines: list[Said] = []
    for side, label in (("origin", "X.contacts_origin"), ("destination", "X.contacts_destination")):
        there = [service for service in book.of.services if service.side == side]
        if there:
            lines.append(_side(book, label))
        for service in there:
            lines += _service(book, service, rule, papers)
    return lines


def _side(book: Book, label: str) -> Said:
    country = book.of.place.get("country")
    return book.note(label, kind="subheading", country=country.text if country else "")


def _service(book: Book, service: Service, rule: LineRule, papers: LineRule | None) -> list[Said]:
    words = book.of.words
    values = {
        "service_name": Value(isolate(service.name), service.language, service.origin),
        "number": phone(service.number),
    }
    said = {"hours": service.hours, "languages": service.languages}
    values |= {key: Value(isolate(text), service.said_in) for key, text in said.items() if text}
    line = say(book, rule, values)
    if line is None:
        return []
    notes = checked(words, service.confirmed, service.recheck, book.of.today)
    source = line.source if service.origin else " · ".join(notes)
    lines = [replace(line, flag="C", source=source, icon="phone", kind="line")]
    if papers is not None:
        answer = {None: "X.not_known_short", True: "X.yes", False: "X.no"}[service.safe_without_papers]
        safe = say(book, papers, {"safe_without_papers": Value(words.text(answer))})
        lines += [safe] if safe else []
    return lines


def _table(book: Book, rule: LineRule) -> list[Said]:
    """A table with the rows that are known; an optional one without any is left out."""
    rows = book.of.tables.get(rule.id, ())
    if rule.optional and not rows:
        return []
    word = book.of.words.find(rule.id)
    heads = [part.strip().rstrip(".።") for part in word.text.split("|")]
    mark = book.mark(word)
    cells = tuple(Said(rule.id, head, word.language, mark=mark) for head in heads)
    return [Said(rule.id, "", word.language, kind="table", cells=cells, rows=rows)]


def _discreet_help(book: Book) -> Section:
    if book.of.one_number:
        line = book.note("X.discreet_help", kind="line", one_number=phone(book.of.one_number).text)
    else:
        line = book.note("X.discreet_help_nobody", kind="line")
    return Section("X.discreet", Said("", "", book.of.words.language.code), (line,))


def _sentences(book: Book) -> Section:
    title = replace(book.note("X.sentences", kind="heading"), icon="emergency_call")
    return Section("E", title, tuple(forty(book)))


def _if_you_go(book: Book) -> Section:
    title = book.note("X.if_you_go", kind="heading")
    return Section("X.if_you_go", title, tuple(book.note(message, kind="line") for message in IF_YOU_GO))


def _with_notices(book: Book, done: list[Section], known_corridor: bool) -> list[Section]:
    """The notices about the whole book stand on its first page."""
    notices = [] if known_corridor else [book.note("X.universal")]
    if done and any(said.mark for section in done for line in (section.title, *section.lines) for said in line.every()):
        notices.append(_partly_translated(book))
    if not done or not notices:
        return done
    first = done[0]
    if first.id == book.of.kind.card:
        nothing = Said("", "", book.of.words.language.code)
        return [*done, Section("X.notices", nothing, tuple(notices))]
    return [Section(first.id, first.title, (*first.lines, *notices)), *done[1:]]


def _partly_translated(book: Book) -> Said:
    words = book.of.words
    other = next((each.language for each in words.catalogs[1:] if each.find("D1.1")), words.language)
    said_in = words.find("X.untranslated_page").language
    own, theirs = (language_name(each.code, said_in) for each in (words.language, other))
    return book.note("X.untranslated_page", language=own, other=theirs)


def _warnings(of: Particulars) -> list[Problem]:
    found = []
    if of.no_job_page:
        found.append(Problem(of.kind.child_warning))
    old = [service for service in of.services if service.recheck is not None and of.today >= service.recheck]
    for service in old:
        found.append(
            Problem(N_("The number of {name} was checked too long ago. Check it again."), {"name": service.name})
        )
    unsure = sum(service.confirmed is None for service in of.services)
    if unsure:
        found.append(
            Problem(N_("Phone numbers not yet confirmed here, kept off the emergency card: {n}."), {"n": unsure})
        )
    if not of.words.language.babel:
        said = N_("No dates and numbers are known for {language}: they are written as in {other}.")
        other = language(of.words.writes)
        found.append(Problem(said, {"language": of.words.language.autonym, "other": other.autonym}))
    if of.words.draft:
        found.append(Problem(N_("The translation is a draft: no speaker has signed it yet.")))
    return found


def _insert_after(done: list[Section], wanted: str, section: Section) -> None:
    at = next((n for n, each in enumerate(done) if each.id == wanted), len(done) - 1)
    done.insert(at + 1, section)


def _insert_before(done: list[Section], wanted: str, section: Section) -> None:
    at = next((n for n, each in enumerate(done) if each.id == wanted), len(done))
    done.insert(at, section)
