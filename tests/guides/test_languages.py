"""Every language that has words, whichever they are: what is printed in it can be read, whole and in order.

The languages are those that stand in ``locales`` with words in them, so that a new one is looked at from its first day.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
import uharfbuzz as hb

from mrc_app.guides.card import OFFICE_DECIDES
from mrc_app.guides.card import SENTENCES as SENTENCES_TO_SHOW
from mrc_app.guides.content import sections
from mrc_app.guides.making import in_words, make
from mrc_app.guides.text_model import TextModel
from mrc_app.guides.words import fill, names
from mrc_app.i18n import Catalog, languages, ltr
from mrc_app.places import LOCALES
from mrc_app.typesetting import bidi
from mrc_app.typesetting import blocks as b
from mrc_app.typesetting.apart import boxes, need
from mrc_app.typesetting.characters import CONTROLS, in_order
from mrc_app.typesetting.compose import compose
from mrc_app.typesetting.fonts import direction, face, language_tag, primary
from mrc_app.typesetting.lines import LaidText, Span
from mrc_app.typesetting.shaping import missing
from tests.guides.asking import CENTRE, HELPER, request, tigist
from tests.typesetting.sentences import SENTENCES, SEVERAL_WORDS
from tests.typesetting.test_shaping import RECORDED

DOMAINS = ("guides", "letters", "experience")
PHONE = "+966 11-555 0100"
NARROW, WIDE = 170.0, 264.0
"""The widths of a table's column and of a small page's lines, in points."""
STEP = 29
"""The quick look takes every so many lines of a catalogue, the long one all."""
ON_THE_CARD = {"D20.4"}
"""A line that stands on the emergency card too, and is said where its own section is not."""


@lru_cache(maxsize=8)
def ids(domain: str) -> tuple[str, ...]:
    """The message ids of a domain, in order."""
    from babel.messages.pofile import read_po

    with (LOCALES / "en" / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return tuple(str(message.id) for message in read_po(file) if message.id and isinstance(message.id, str))


@lru_cache(maxsize=256)
def said(code: str, domain: str = "guides") -> dict[str, str]:
    """What a language says, by message id."""
    catalog = Catalog.load(code, domain)
    return {message: text for message in ids(domain) if (text := catalog.find(message)) is not None}


SPOKEN = [code for code in languages() if (LOCALES / code.replace("-", "_")).is_dir() and said(code)]
RIGHT_TO_LEFT = [code for code in SPOKEN if direction(code)]


def every(code: str) -> Iterator[tuple[str, str]]:
    """Every text of a language with its id."""
    for domain in DOMAINS:
        yield from said(code, domain).items()


def filled(text: str) -> str:
    """A text with a number wherever it names a value: the widest thing that may not be parted."""
    return fill(text, dict.fromkeys(names(text), ltr(PHONE))).replace("|", " ")


def test_there_are_languages_to_look_at() -> None:
    assert len(SPOKEN) >= 15 and RIGHT_TO_LEFT


@pytest.mark.parametrize("code", SPOKEN)
def test_places_are_the_same_in_every_language(code: str) -> None:
    for domain in DOMAINS:
        source = said("en", domain)
        for message, text in said(code, domain).items():
            assert set(names(text)) == set(names(source[message])), f"{domain} {message}: {text}"


@pytest.mark.parametrize("code", SPOKEN)
def test_every_character_has_a_glyph(code: str) -> None:
    letters = "".join(sorted({char for _, text in every(code) for char in text}))
    for bold in (False, True):
        assert missing(letters, code, bold) == []


@pytest.mark.parametrize("code", SPOKEN)
def test_a_section_is_said_whole_or_not_at_all(code: str) -> None:
    found = said(code)
    for guide in ("departure", "return"):
        for section in sections(guide):
            lines = {line.id for line in section.lines} - ON_THE_CARD
            lacking = lines - found.keys()
            assert not lacking or lacking == lines, f"{section.id}: {sorted(lacking)}"
            assert lacking or f"{section.id}.title" in found


@pytest.mark.parametrize("code", SPOKEN)
def test_what_keeps_somebody_safe_is_said_in_every_language(code: str) -> None:
    wanted = [message for message in SENTENCES_TO_SHOW if message not in OFFICE_DECIDES]
    wanted += [f"{section.id}.title" for guide in ("departure", "return") for section in sections(guide)]
    wanted += [line.id for section in sections("departure") if section.id == "D18" for line in section.lines]
    assert [message for message in wanted if message not in said(code)] == []


def looked_at(code: str, step: int) -> Iterator[tuple[str, LaidText]]:
    for message, text in list(said(code).items())[::step]:
        yield message, LaidText([Span(filled(text).replace("\n", " "), code, 12.0, lead=1.2)], code)


def check_lines(code: str, step: int) -> None:
    """Lines of narrow and small columns: within their width, nothing lost, none touching the next."""
    for message, laid in looked_at(code, step):
        assert laid.longest() <= WIDE, f"{code} {message}: a word is cut"
        for width in (NARROW, WIDE):
            lines = laid.lines(width)
            assert all(line.width <= width + 0.1 for line in lines), f"{code} {message} is wider than its column"
            drawn = [boxes(line, laid.size, bool(laid.base)) for line in lines]
            for (above, ink_above), (below, ink_below) in pairwise(zip(lines, drawn, strict=True)):
                assert need(ink_above, ink_below) < above.descent + below.ascent, f"{code} {message}: lines touch"


@pytest.mark.parametrize("code", SPOKEN)
def test_lines_stay_in_their_column_and_do_not_touch(code: str) -> None:
    check_lines(code, STEP)


@pytest.mark.long
@pytest.mark.parametrize("code", SPOKEN)
def test_every_line_stays_in_its_column_and_does_not_touch_the_next(code: str) -> None:
    check_lines(code, 1)


def shown(text: str) -> str:
    """A line of a right-to-left language as the eye finds it from left to right, without steering marks."""
    line = "".join(text[at] for at in bidi.visual_order(bidi.levels(text, 1)))
    return "".join(char for char in line if char not in CONTROLS)


@pytest.mark.parametrize("code", RIGHT_TO_LEFT)
def test_numbers_keep_their_order_in_lines_from_right_to_left(code: str) -> None:
    number = PHONE.replace(" ", "\u00a0")
    for message, text in every(code):
        line = in_order(filled(text).replace("\n", " "))
        found = shown(line)
        assert found.count(number) == len(names(text)), f"{code} {message}: {text}"
        for typed in re.findall(r"[0-9]+(?:[-–/.,:][0-9]+)+", text):
            assert typed in found, f"{code} {message}: {typed}"


@pytest.mark.parametrize("code", RIGHT_TO_LEFT)
def test_every_number_that_is_put_in_stands_by_itself(code: str) -> None:
    for each in model(code).every():
        bare = re.sub("[\u2066\u2068][^\u2068\u2069]*\u2069", "", each.text)
        assert not re.search(r"[+][0-9]|[0-9][-/:][0-9]", bare), each.text


@lru_cache(maxsize=64)
def model(code: str) -> TextModel:
    return in_words(request(code, person=tigist(), services=(HELPER,), centre=CENTRE, sentences=True))[1]


@pytest.mark.parametrize("code", SPOKEN)
def test_what_is_not_in_her_language_says_so(code: str) -> None:
    own, known = said(code), frozenset(ids("guides"))
    for section in model(code).sections:
        for line in (section.title, *section.lines):
            hers = line.cells[0] if line.cells else line
            if hers.text and hers.id in known:
                assert hers.mark or (hers.id in own and hers.language == code), hers.id


# -- Glyphs


def test_every_language_has_a_sentence_whose_glyphs_are_recorded() -> None:
    recorded = json.loads(RECORDED.read_text("utf-8"))
    assert [code for code in SPOKEN if code not in SENTENCES or code not in recorded] == []


def one_script(text: str, code: str) -> bool:
    """Whether a text is one run: no digits, no Latin letters and no places in a line of another script."""
    own = face(primary(code)).characters
    if names(text) or "\n" in text or not set(text) <= own:
        return False
    latin = primary(code) == "NotoSans"
    return latin or not re.search(r"[A-Za-z0-9]", text)


def harfbuzz(code: str, text: str) -> list[tuple[int, float, float, float]]:
    """What HarfBuzz makes of a text in one run when it is asked as plainly as can be."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = language_tag(code)
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES | hb.BufferFlags.BOT | hb.BufferFlags.EOT
    hb.shape(face(primary(code)).font, buffer)
    rows = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [(info.codepoint, at.x_advance, at.x_offset, at.y_offset) for info, at in rows]


def check_glyphs(code: str, step: int) -> int:
    texts = [text for _, text in every(code) if one_script(text, code)]
    for text in texts[::step]:
        assert ours(code, text) == harfbuzz(code, text), text
    return len(texts)


@pytest.mark.parametrize("code", SPOKEN)
def test_lines_have_the_glyphs_harfbuzz_gives_them(code: str) -> None:
    assert check_glyphs(code, STEP) > 60


@pytest.mark.long
@pytest.mark.parametrize("code", SPOKEN)
def test_every_line_has_the_glyphs_harfbuzz_gives_it(code: str) -> None:
    assert check_glyphs(code, 1) > 60


def ours(code: str, text: str) -> list[tuple[int, float, float, float]]:
    (line,) = LaidText([Span(text, code, 12)], code).lines(1e9)
    rows = []
    for piece in line.pieces:
        scale = piece.run.face.upem / 1000
        rows += [(g.glyph, *(round(v * scale, 3) for v in (g.advance, g.dx, g.dy))) for g in piece.glyphs]
    return rows


# -- Pages


def page_of(code: str) -> list[b.Block]:
    """The longest lines of a language on one small page, as they stand in a book."""
    longest = sorted(said(code).values(), key=len, reverse=True)[40:44]
    return [b.Heading(longest[0][:30]), *[b.Line(filled(text), bullet=True, mark=longest[1][:12]) for text in longest]]


def check_ink(pdf: bytes, edge: float) -> None:
    """No ink nearer to the edge of a page than its margins."""
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document, 1):
        picture = page.render(scale=1, grayscale=True).to_pil().point(lambda grey: 255 * (grey < 200))
        left, top, right, bottom = picture.getbbox()
        assert left >= edge and top >= edge, number
        assert right <= picture.width - edge and bottom <= picture.height - edge, number
    document.close()


@pytest.mark.parametrize("code", SPOKEN)
def test_nothing_is_drawn_outside_a_small_page_and_the_same_lines_give_the_same_bytes(code: str) -> None:
    first, second = (compose(page_of(code), language=code, title="x", foot="1") for _ in range(2))
    assert first.pdf == second.pdf
    check_ink(first.pdf, 11)


LEAST = {"ur": 0.4, **dict.fromkeys(("ar", "fa", "prs", "ps"), 0.85)}


@pytest.mark.long
@pytest.mark.parametrize("kind", ["departure", "return"])
@pytest.mark.parametrize("code", SPOKEN)
def test_a_whole_book_is_clean_in_every_language(code: str, kind: str) -> None:
    asked = request(code, kind=kind, paper="a6", services=(HELPER,), centre=CENTRE, sentences=kind == "departure")
    first, second = make(asked), make(asked)
    assert first.pdf == second.pdf
    check_ink(first.pdf, 11)
    with pikepdf.open(BytesIO(first.pdf)) as pdf:
        assert str(pdf.Root.Lang) == code
    command = ["pdftotext", "-", "-"]
    text = subprocess.run(command, input=first.pdf, capture_output=True, check=True).stdout.decode()
    lines = [each.text for each in in_words(asked)[1].every() if each.language == code and len(each.text) > 9]
    found = share(straight(text), straight(" ".join(lines)), code in SEVERAL_WORDS)
    assert found >= LEAST.get(code, 0.97), f"{code}: {found:.2f} of the words come back"


def straight(text: str) -> str:
    text = "".join(char for char in text if char not in CONTROLS and char not in "\u200b\u200c")
    return " ".join(text.split())


def share(back: str, said: str, unspaced: bool) -> float:
    """The share of the words of lines that stand in a text; where words have no spaces between them, lines are parted
    anywhere."""
    stops = ".,:;!?…()[]«»“”\"'،؛؟۔।॥།။၊។៖፣፤፥።、。，：；！？（）"
    wanted = [word for word in (each.strip(stops) for each in said.split()) if word]
    if unspaced:
        back = back.replace(" ", "")
    return sum(word in back for word in wanted) / len(wanted)
