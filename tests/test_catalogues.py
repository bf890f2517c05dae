"""The catalogues against the rules of text and the termbase; and whether .po files open elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from mrc_app.i18n import completeness, languages
from mrc_app.places import LOCALES
from mrc_app.wording import checking, marks, merged, po_files, rules, terms
from mrc_app.wording.rules import Line

RECORDED = checking.recorded()
SCRIPTS = {code: known.script for code, known in languages().items()}


@pytest.mark.parametrize("code", sorted(RECORDED))
def test_a_language_keeps_the_rules_and_gets_no_worse(code: str) -> None:
    found = checking.check(code, SCRIPTS[code])
    wrong = [f"{one.rule} {one.about} {one.domain} {one.id}: {one.text}" for one in (*found.broken, *found.avoided)]
    assert not wrong
    kept, now = RECORDED[code], {"missed": len(found.missed), "headings": len(found.headings)}
    more = [name for name in kept if now[name] > kept[name]]
    assert not more, (
        f"scripts/catalogues.py check {code} names the lines; mend them or give a reason in locales/checks.toml"
    )


@pytest.mark.long
def test_every_language_whose_guides_are_whole_is_recorded() -> None:
    whole = {row["code"] for row in completeness("guides") if row["translated"] == row["total"]} - {"en"}
    assert whole <= set(RECORDED), "python scripts/catalogues.py check, then record, each of these"


def test_every_exception_is_still_needed_and_has_a_reason() -> None:
    for row in terms.allowed()["word"]:
        texts = " ".join(
            terms.plain(line.text)
            for domain in (*checking.PAPERS, checking.SCREEN)
            for line in checking.lines(row["lang"], SCRIPTS[row["lang"]], domain)
        )
        assert row["reason"] and row["word"] in {one.term for one in terms.avoided(row["lang"])}
        assert any(terms.plain(within) in texts for within in row["within"]), row
    for row in terms.allowed()["line"]:
        lines = [one for each in checking.PAPERS for one in checking.lines(row["lang"], SCRIPTS[row["lang"]], each)]
        [line] = [one for one in lines if one.id == row["id"]]
        assert row["reason"] and (row["rule"] in ("term", "heading", "length") or row["rule"] in rules.wrong(line))


CATALOGUES = [
    path for code in ("en", *sorted(RECORDED)) for path in sorted(LOCALES.glob(f"{code.replace('-', '_')}/*/*.po"))
]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_catalogue_is_written_back_as_it_was_and_its_head_tells_the_truth(path: Path) -> None:
    text = path.read_text("utf-8")
    found = po_files.parse(text)
    assert found.written() == text
    english = merged.by_itself(found.entries)
    if path.stem != checking.SCREEN:
        english = {id: entry.text for id, entry in checking.source(path.stem).items()}
    if path.parts[-3] != "en":
        assert (found.headers["x-status"] == marks.REVIEWED) == marks.standing(found.entries, english).reviewed
        assert found.headers["language"].replace("-", "_") == path.parts[-3]
        assert not _other_english(path, found), f"python scripts/catalogues.py {path.stem} brings them up to date"
    forms = {len(entry.texts) for entry in found.entries.values() if entry.many}
    assert not forms or "plural-forms" in found.headers


def _other_english(path: Path, found: po_files.PoFile) -> list[str]:
    """The lines beside which another English stands than that of today."""
    if path.stem == checking.SCREEN:
        return []
    there = {id: " ".join(entry.comments).split() for id, entry in found.entries.items()}
    return [
        id
        for id, entry in checking.source(path.stem).items()
        if id in there and there[id] != " ".join((*entry.comments, f"English: {entry.text}")).split()
    ]


@pytest.mark.long
@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
@pytest.mark.parametrize("path", sorted(LOCALES.glob("*/LC_MESSAGES/*.po")), ids=lambda path: path.parts[-3])
def test_gettext_reads_every_catalogue(path: Path, tmp_path: Path) -> None:
    asked = ["msgfmt", "-c", "-o", str(tmp_path / "out.mo"), str(path)]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr


# -- the rules themselves


def line(text: str, english: str = "Your wage.", *, lang: str = "fr", script: str = "Latn", id: str = "D1.1") -> Line:
    return Line(id, "true everywhere", english, text, lang, script)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("placeholders", line("Salaire", "Wage: {wage}")),
        ("digits", line("৩ দিন", "3 days", lang="bn", script="Beng")),
        ("numbers", line("Dans les 27 heures", "Within 72 hours")),
        ("direction", line("راتب\u200f", lang="ar", script="Arab")),
        ("unseen", line("sa\u00adlaire")),
        ("unseen", line("sa\u0007laire")),
        ("composed", line("e\u0301te")),
        ("script", line("пaсhпорт и ωτ", lang="ru", script="Cyrl")),
        ("script", line("ນາຍหน้า", lang="lo", script="Laoo")),
        ("letters", line("معاش شما كجاست", lang="prs", script="Arab")),
        ("joined", line("ක්රම", lang="si", script="Sinh")),
        ("zawgyi", line("ေကာင္း", lang="my", script="Mymr")),
        ("columns", line("a | b", "a | b | c")),
        ("halves", line("Salaire: {wage}", "Wage: {wage}. Law: x.", id="D5.2")),
        ("edges", line(" salaire")),
        ("edges", line("le  salaire")),
    ],
)  # fmt: skip
def test_a_rule_finds_what_it_is_for(name: str, said: Line) -> None:
    assert name in rules.wrong(said)


@pytest.mark.parametrize(
    "said",
    [
        line("Le salaire : 1\u202f000 francs", "The wage: 1,000 francs"),
        line("ශ්‍රී ක්‍රම කාර්යාලය", lang="si", script="Sinh"),
        line("ကျွန်ုပ်ကောင်းပါသည်။", lang="my", script="Mymr"),
        line("می\u200cروم", lang="fa", script="Arab"),
        line("ພາສາ\u200bລາວ", lang="lo", script="Laoo"),
        line("ښي لاس", lang="ps", script="Arab"),
    ],
)
def test_what_a_language_needs_breaks_no_rule(said: Line) -> None:
    assert list(rules.wrong(said)) == []


def test_a_word_to_avoid_is_found_with_its_endings_and_not_inside_another_word() -> None:
    def found(text: str, lang: str) -> list[str]:
        return [row.term for row in terms.found_avoided(text, lang)]

    assert found("Cherche une bonne.", "fr") == ["bonne"]
    assert found("C’est une bonne réponse.", "fr") == []
    assert found("والخادمة", "ar") == ["خادمة"] and found("خدمة", "ar") == []
    assert found("नौकरों को", "hi") == ["नौकर"] and found("नौकरी", "hi") == []
    assert found("نوکروں سے", "ur") == ["نوکر"] and found("نوکری", "ur") == []
    assert found("这里有很多黑工。", "zh-Hans") == ["黑工"]
    assert found("Гастарбайтеры", "ru") == ["гастарбайтер"]


def test_the_termbase_says_of_every_word_how_it_is_known() -> None:
    rows = terms.rows()
    keys = [(row.concept, row.lang, row.term) for row in rows]
    assert len(set(keys)) == len(keys) > 2000
    for row in rows:
        assert row.lang in SCRIPTS and row.register in ("official", "everyday", terms.AVOID), row
        assert re.fullmatch(r"(?:W\d+|M|R)(?:\+(?:W\d+|M|R))*", row.evidence), row
        assert row.others or row.register != terms.AVOID, row
        broken = [
            name
            for word in row.words
            for name in rules.wrong(line(word, word, lang=row.lang, script=SCRIPTS[row.lang]))
        ]
        assert not broken, row


def test_a_term_is_found_in_its_forms() -> None:
    passport = terms.concepts("sw")["passport"]
    assert terms.uses("Weka pasipoti yako.", passport) and not terms.uses("Weka kitabu chako.", passport)
    assert terms.uses("Нет паспортов.", terms.concepts("ru")["passport"])
    assert terms.named("Keep a copy of your work permit. {wage}", [("copy", "copy"), ("permit", "work permit"),
                       ("wage", "wage")]) == ["permit", "copy"]  # fmt: skip
    assert terms.named("Copies", [("copy", "copy")]) == ["copy"]


def test_a_heading_of_five_words_and_a_sentence_of_thirteen_are_long() -> None:
    def heading(text: str) -> Line:
        return Line("D1.title", "section heading, at most four words", "My book", text, "fr", "Latn")

    assert rules.too_long(heading("Mon carnet de voyage rouge")) and not rules.too_long(heading("Mon carnet rouge"))
    assert rules.too_long(line("un deux trois quatre cinq six sept huit neuf dix onze douze treize"))
    assert not rules.too_long(line("un deux trois quatre cinq six. sept huit neuf dix onze douze treize"))
    assert rules.longest(line("这是很长的一句话", lang="zh-Hans", script="Hans")) == 0
