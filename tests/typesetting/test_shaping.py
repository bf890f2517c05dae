"""Glyphs equal HarfBuzz's own, in every language; breaks where ICU's dictionaries put them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from mrc_app.typesetting import breaking
from mrc_app.typesetting.fonts import FOLDER, direction, face, language_tag, primary
from mrc_app.typesetting.lines import LaidText, Span
from mrc_app.typesetting.shaping import MissingGlyph
from tests.typesetting.sentences import SENTENCES

HB_SHAPE = shutil.which("hb-shape")
RECORDED = Path(__file__).parent / "data" / "glyphs.json"
Row = tuple[int, float, float, float]


def ours(lang: str, text: str) -> list[Row]:
    """(glyph, advance, x offset, y offset) from left to right, in font units."""
    (line,) = LaidText([Span(text, lang, 12)], lang).lines(1e9)
    rows = []
    for piece in line.pieces:
        scale = piece.run.face.upem / 1000
        assert piece.run.face is face(primary(lang))
        rows += [(g.glyph, *(round(v * scale, 3) for v in (g.advance, g.dx, g.dy))) for g in piece.glyphs]
    return rows


def hb_shape(lang: str, text: str) -> list[Row]:
    """The same from the command-line tool of HarfBuzz, which knows nothing of this program."""
    font = FOLDER / f"{primary(lang)}-Regular.ttf"
    command = ["hb-shape", f"--font-file={font}", f"--language={language_tag(lang)}", "--output-format=json"]
    command += ["--no-glyph-names", "--remove-default-ignorables"]
    command += [f"--direction={'rtl' if direction(lang) else 'ltr'}", f"--text={text}"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [(row["g"], row["ax"], row["dx"], row["dy"]) for row in json.loads(said)]


@pytest.mark.parametrize("lang", SENTENCES)
def test_a_sentence_has_the_glyphs_recorded_from_harfbuzz(lang: str) -> None:
    recorded = json.loads(RECORDED.read_text("utf-8"))
    assert ours(lang, SENTENCES[lang]) == [tuple(row) for row in recorded[lang]]


@pytest.mark.skipif(HB_SHAPE is None, reason="hb-shape is not on this machine: apt-get install libharfbuzz-bin")
@pytest.mark.parametrize("lang", SENTENCES)
def test_a_sentence_has_the_glyphs_harfbuzz_gives_it_now(lang: str) -> None:
    assert ours(lang, SENTENCES[lang]) == hb_shape(lang, SENTENCES[lang])


def test_nepali_has_its_own_letter_forms() -> None:
    word = "सम्झौता"
    assert [row[0] for row in ours("ne", word)] != [row[0] for row in ours("hi", word)]


@pytest.mark.parametrize("lang", SENTENCES)
def test_lines_hold_all_of_the_text_and_end_where_icu_allows(lang: str) -> None:
    laid = LaidText([Span(SENTENCES[lang] * 3, lang, 12)], lang)
    allowed = set(breaking.chances(laid.text, lang))
    ends = [end for _, end in laid._fill(laid.longest() + 60)]
    assert set(ends) <= allowed
    assert ends[-1] == len(laid.text)
    assert len(ends) > 2


@pytest.mark.parametrize("lang", ["th", "lo", "km", "my"])
def test_a_run_without_spaces_breaks_between_words(lang: str) -> None:
    run = max(SENTENCES[lang].split(), key=len)
    inner = [end for end in breaking.chances(run, lang) if end < len(run)]
    assert len(inner) >= 2
    laid = LaidText([Span(run, lang, 12)], lang)
    assert len(laid.lines(laid.natural() * 0.7)) >= 2


FIRST_NEVER = "，。、；：？！）」』】》〉”’…％℃々·"
LAST_NEVER = "（「『【《〈“‘￥"
CHINESE = {
    "zh-Hant": "請「保管」好，您的（合約）；護照……等《勞工法》第七條：「你好！」嗎？阿卜杜拉·艾哈邁德，每月（30％）。",
    "zh-Hans": "请“保管”好您的（合同）；护照……等《劳动法》第七条：‘你好！’吗？阿卜杜拉·艾哈迈德，每月￥1,000（30％）。",
}


@pytest.mark.parametrize("lang", CHINESE)
def test_no_line_of_chinese_begins_or_ends_with_the_wrong_mark(lang: str) -> None:
    laid = LaidText([Span(CHINESE[lang], lang, 12)], lang)
    for width in range(96, 240, 7):
        rows = [
            "".join(piece.text[g.start : g.end] for piece in line.pieces for g in piece.glyphs)
            for line in laid.lines(width)
        ]
        assert "".join(rows) == CHINESE[lang] and len(rows) > 2
        assert not any(row[0] in FIRST_NEVER for row in rows) and not any(row[-1] in LAST_NEVER for row in rows[:-1])


def test_traditional_chinese_has_its_own_face_and_its_own_marks() -> None:
    assert {run.face.name for run in LaidText([Span(CHINESE["zh-Hant"], "zh-Hant", 12)], "zh-Hant").runs} == {
        "NotoSansTC-Regular"
    }
    (comma,) = ours("zh-Hant", "，")
    glyph = face("NotoSansTC").box(comma[0])
    assert 250 < (glyph[0] + glyph[2]) / 2 < 750 and glyph[1] > 150


@pytest.mark.parametrize("lang", SENTENCES)
def test_lines_stay_within_their_width(lang: str) -> None:
    laid = LaidText([Span(SENTENCES[lang] * 2, lang, 12)], lang)
    width = max(90.0, laid.longest())
    assert all(line.width <= width + 1 for line in laid.lines(width))


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "Donaudampfschifffahrt" * 3), ("ar", "فسيكفيكهم" * 6), ("th", "กกกก" * 12)]
)
def test_a_word_longer_than_its_line_is_cut_and_nothing_is_lost(lang: str, word: str) -> None:
    laid = LaidText([Span(word, lang, 12)], lang)
    lines = laid.lines(80)
    assert len(lines) > 2
    assert all(line.width <= 80.1 for line in lines)
    drawn = "".join(
        piece.text[start:end]
        for line in lines
        for piece in line.pieces
        for start, end in sorted({(g.start, g.end) for g in piece.glyphs})
    )
    assert drawn == word


def test_arabic_letters_stay_joined_where_a_long_word_is_cut() -> None:
    laid = LaidText([Span("سيستخدمونهاسيستخدمونها", "ar", 12)], "ar")
    whole = {g.glyph for line in laid.lines(1e9) for piece in line.pieces for g in piece.glyphs}
    parted = {g.glyph for line in laid.lines(60) for piece in line.pieces for g in piece.glyphs}
    assert parted <= whole


def test_a_character_no_face_can_draw_is_refused_by_name() -> None:
    with pytest.raises(MissingGlyph) as refused:
        LaidText([Span("name \U00010480 and \u2603", "en", 12)], "en")
    assert "\U00010480" in refused.value.characters
    assert "U+10480" in str(refused.value)


def test_a_narrow_no_break_space_is_set_as_an_ordinary_one() -> None:
    laid = LaidText([Span("1\u202f234", "fr", 12)], "fr")
    assert "\u202f" not in laid.text


def test_marks_that_steer_direction_draw_nothing() -> None:
    plain = LaidText([Span("abc", "en", 12)], "en").lines(1e9)[0]
    steered = LaidText([Span("\u200eab\u2066c\u2069", "en", 12)], "en").lines(1e9)[0]
    assert steered.width == pytest.approx(plain.width)
    assert sum(len(piece.glyphs) for piece in steered.pieces) == 3


def test_an_accented_word_inside_another_script_comes_from_one_face() -> None:
    laid = LaidText([Span("ይደውሉ Nguyễn", "am", 12)], "am")
    faces = {run.face.name for run in laid.runs if "N" in laid.text[run.start : run.end]}
    assert faces == {"NotoSans-Regular"}
