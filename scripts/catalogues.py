"""The catalogues: extract the screen's words, merge them into every language, compile, and report what is missing.

python scripts/catalogues.py extract     words of mrc_app/ and ui/ into mrc_app.pot and every mrc_app.po
python scripts/catalogues.py guides      every guides.po brought to the ids of the English one (letters: letters.po)
python scripts/catalogues.py begin fr    empty drafts of the papers' catalogues for a language that has none
python scripts/catalogues.py compile     every .po that is newer than its .mo
python scripts/catalogues.py missing fr  message ids of the screen not yet translated, one JSON document
python scripts/catalogues.py fill fr F   fills translations from a JSON file {id: text}; placeholders must agree
python scripts/catalogues.py sign fr ROLE DATE [DOMAIN]   marks every text of a catalogue as read by a speaker
python scripts/catalogues.py check [fr]  every text against the rules and the termbase, what is wrong by line
python scripts/catalogues.py record fr   keeps how much a language lacks, so that it can only get better
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
LOCALES = ROOT / "locales"
POT = LOCALES / "mrc_app.pot"
PLACEHOLDER = re.compile(r"\{[a-z_0-9]*\}")
BY_ID = ("guides", "letters", "experience")
"""Domains whose message ids are names; the English catalogue holds their English."""


KEYWORDS = {
    "_": None, "N_": None, "ngettext": (1, 2),
    "Problem": None, "MrcError": None, "CannotRead": None, "NotAllowed": None,
}  # fmt: skip
HEAD = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: mrc-desk screen\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
)
DRAFT = "# Machine-assisted draft, no speaker has reviewed it.\n"


def _passed_over(path: Path) -> Iterator[tuple[str | tuple[str, ...], int]]:
    """What Babel does not see: words marked inside an f-string or inside another marked call, and the sentences given
    to Invalid(field="…") without a mark of their own. Words it has seen may come again."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id == "Invalid":
            yield from ((said, node.lineno) for said in _written(one.value for one in node.keywords))
        elif node.func.id == "ngettext":
            if len(said := _written(node.args[:2])) == 2:
                yield tuple(said), node.lineno
        elif node.func.id in KEYWORDS:
            yield from ((said, node.lineno) for said in _written(node.args[:1]))


def _written(values: Iterable[ast.expr]) -> list[str]:
    return [one.value for one in values if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def sources() -> list[Path]:
    """Every catalogue source."""
    return sorted(LOCALES.glob("*/LC_MESSAGES/*.po"))


def compile_all() -> None:
    """Compiles what is out of date. Nothing is imported when nothing is."""
    stale = [po for po in sources() if _stamp(po) > _stamp(po.with_suffix(".mo"))]
    if not stale:
        return
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for po in stale:
        with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source))


def extract() -> None:
    """Collects the screen's words and merges them into every language's catalogue; nothing translated is lost."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir
    from babel.messages.pofile import read_po, write_po

    template = Catalog(project="mrc-desk", charset="utf-8")
    for folder in ("mrc_app", "ui"):
        for name, line, message, comments, _context in extract_from_dir(
            str(ROOT / folder), [("**.py", "python")], keywords=KEYWORDS
        ):
            template.add(message, None, [(f"{folder}/{name}", line)], auto_comments=comments)
        for path in sorted((ROOT / folder).rglob("*.py")):
            for message, line in _passed_over(path):
                template.add(message, None, [(str(path.relative_to(ROOT)), line)])
    _write(POT, template, write_po, HEAD)
    for po in sorted(LOCALES.glob("*/LC_MESSAGES/mrc_app.po")):
        with po.open("rb") as file:
            catalog = read_po(file)
        head = _head(po)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        _write(po, catalog, write_po, head)
        _tell(po, "mrc_app")


def follow_english(domain: str) -> None:
    """Brings a domain's catalogues to the ids of the English one, in its order, with the English beside each."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po, write_po

    source = _read(LOCALES / "en" / "LC_MESSAGES" / f"{domain}.po", read_po)
    for po in sorted(LOCALES.glob(f"*/LC_MESSAGES/{domain}.po")):
        if po.parent.parent.name == "en":
            continue
        kept, merged = _read(po, read_po), Catalog(charset="utf-8")
        for message in source:
            if message.id:
                before = kept.get(message.id)
                comments = [*message.auto_comments, f"English: {message.string}"]
                merged.add(
                    message.id,
                    before.string if before else "",
                    flags=before.flags if before else (),
                    auto_comments=comments,
                    user_comments=before.user_comments if before else (),
                )
        _write(po, merged, write_po, _head(po), in_order=True)
        _tell(po, domain)


def begin(code: str) -> None:
    """Makes the papers' catalogues of a language, as drafts without a word; what stands already stays."""
    folder = LOCALES / code.replace("-", "_") / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    for domain in BY_ID:
        po = folder / f"{domain}.po"
        if not po.exists():
            head = HEAD.replace("mrc-desk screen", f"mrc-desk {domain}").replace(
                '"MIME', f'"Language: {code}\\n"\n"MIME'
            )
            po.write_text(f'{DRAFT}{head}"X-Status: draft\\n"\n"X-Reviewed-By: \\n"\n\n', "utf-8")
        follow_english(domain)


def missing(code: str, domain: str = "mrc_app") -> None:
    """Prints what a language still lacks."""
    from babel.messages.pofile import read_po

    catalog = _read(LOCALES / code.replace("-", "_") / "LC_MESSAGES" / f"{domain}.po", read_po)
    lacking = [
        list(message.id) if isinstance(message.id, tuple) else message.id
        for message in catalog
        if message.id and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]
    print(json.dumps(lacking, ensure_ascii=False, indent=0))


def fill(code: str, path: Path, domain: str = "mrc_app") -> None:
    """Puts translations into a catalogue: {id: text} or {first form: [every form]}."""
    from babel.messages.pofile import read_po, write_po

    po = LOCALES / code.replace("-", "_") / "LC_MESSAGES" / f"{domain}.po"
    head, catalog = _head(po), _read(po, read_po)
    english = _read(LOCALES / "en" / "LC_MESSAGES" / f"{domain}.po", read_po) if domain in BY_ID else None
    for key, text in json.loads(path.read_text("utf-8")).items():
        message = catalog.get(key)
        if message is None:
            print(f"not a message: {key}", file=sys.stderr)
            continue
        forms = text if isinstance(text, list) else [text]
        said = english.get(key).string if english else message.id[1] if isinstance(message.id, tuple) else message.id
        wanted = set(PLACEHOLDER.findall(said))
        if any(not set(PLACEHOLDER.findall(form)) <= wanted for form in forms) or (
            not isinstance(message.id, tuple) and set(PLACEHOLDER.findall(forms[0])) != wanted
        ):
            print(f"placeholders differ: {key} → {text}", file=sys.stderr)
            continue
        kept, message.string = message.string, tuple(forms) if isinstance(message.id, tuple) else forms[0]
        if message.string != kept:
            message.user_comments = [note for note in message.user_comments if not note.startswith("reviewed: ")]
    _write(po, catalog, write_po, head, in_order=domain in BY_ID)
    _tell(po, domain)


def _tell(po: Path, domain: str) -> None:
    """A catalogue that was reviewed says so in its head only while every text it has is signed as it stands."""
    from mrc_app.wording import marks, po_files

    found = po_files.read(po)
    if found.headers.get("x-status") == marks.REVIEWED:
        po.write_text(marks.told(found, _english(found, domain)).written(), "utf-8")


def sign(code: str, role: str, on: str, domain: str = "guides") -> None:
    """Marks every text of a catalogue: somebody who speaks the language read it and signed it on a day."""
    from datetime import date

    from mrc_app.wording import marks, po_files

    po = LOCALES / code.replace("-", "_") / "LC_MESSAGES" / f"{domain}.po"
    found = po_files.read(po)
    english = _english(found, domain)
    signed = {
        id: marks.marked(entry, english[id], entry.texts, role, date.fromisoformat(on))
        for id, entry in found.entries.items()
        if entry.said and id in english
    }
    po.write_text(marks.told(found.with_entries(signed), english).written(), "utf-8")


def _english(found: Any, domain: str) -> dict[str, str]:
    from mrc_app.wording import checking, merged

    source = checking.source(domain, LOCALES)
    return {id: entry.text for id, entry in source.items()} or merged.by_itself(found.entries)


def check(codes: list[str]) -> None:
    """Prints what is wrong with a language's texts: rules, words to avoid, terms not used, lines that are long."""
    from mrc_app.i18n import languages
    from mrc_app.wording import checking

    for code in codes or list(languages()):
        found = checking.check(code, languages()[code].script)
        if not found.lines:
            continue
        print(f"{code}: {found.lines} texts, {found.share:.0%} of {found.named} terms used")
        for one in (*found.broken, *found.avoided, *(found.missed + found.headings + found.lengthy if codes else [])):
            print(f"  {one.rule} {one.about}  {one.domain} {one.id}\n      {one.english}\n      {one.text}")


def record(codes: list[str]) -> None:
    """Keeps how many terms are not used and how many headings are long; refuses to let either grow."""
    from mrc_app.i18n import languages
    from mrc_app.wording import checking

    kept = checking.recorded()
    for code in codes:
        found = checking.check(code, languages()[code].script)
        now, before = {"missed": len(found.missed), "headings": len(found.headings)}, kept.get(code)
        worse = [name for name, n in now.items() if before and n > before[name]]
        if worse:
            print(
                f"{code}: more ({', '.join(worse)}); mend what check {code} names or say why in checks.toml",
                file=sys.stderr,
            )
            raise SystemExit(1)
        kept[code] = now
    checking.keep(kept)


def _read(po: Path, read_po: Callable[..., Any]) -> Any:
    with po.open("rb") as file:
        return read_po(file)


def _head(po: Path) -> str:
    text = po.read_text("utf-8")
    return text[: text.index("\n\n") + 1]


def _write(path: Path, catalog: Any, write_po: Callable[..., None], head: str, in_order: bool = False) -> None:
    from io import BytesIO

    out = BytesIO()
    write_po(out, catalog, width=0, omit_header=True, sort_output=not in_order, include_lineno=False)
    body = out.getvalue().decode("utf-8")
    path.write_text(head + "\n" + body.lstrip("\n"), "utf-8")


def _stamp(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["begin", code]:
            begin(code)
        case ["compile"]:
            compile_all()
        case ["extract"]:
            extract()
        case ["guides" | "letters" | "experience" as domain]:
            follow_english(domain)
        case ["missing", code, *domain]:
            missing(code, *domain)
        case ["fill", code, path, *domain]:
            fill(code, Path(path), *domain)
        case ["sign", code, role, on, *domain]:
            sign(code, role, on, *domain)
        case ["check", *codes]:
            check(codes)
        case ["record", *codes] if codes:
            record(codes)
        case _:
            print(__doc__)
            raise SystemExit(2)
