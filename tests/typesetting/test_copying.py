"""Text comes back out of the file as it went in, as well as each script allows."""

from __future__ import annotations

import shutil
import subprocess

import pypdfium2
import pytest

from mrc_app.i18n import ltr
from mrc_app.typesetting import blocks as b
from mrc_app.typesetting.compose import compose
from tests.typesetting.sentences import SENTENCES

LEAST = {"ar": 0.85, "fa": 0.7, "prs": 0.7, "ps": 0.7, "ur": 0.4}
"""Share of words of right-to-left scripts; all others come back as whole sentences."""

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext is not on this machine: apt-get install poppler-utils"
)


def copied(blocks: list[b.Block], lang: str, *options: str) -> str:
    done = compose(blocks, language=lang, title="x", paper="a4")
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=done.pdf, capture_output=True, check=True).stdout.decode()


def straight(text: str) -> str:
    for mark in "\u202a\u202b\u202c\u200e\u200f\u2066\u2067\u2069\u200b":
        text = text.replace(mark, "")
    return " ".join(text.split())


@pytest.mark.parametrize("options", [(), ("-raw",)])
@pytest.mark.parametrize("lang", [lang for lang in SENTENCES if lang not in LEAST])
def test_a_whole_sentence_comes_back(lang: str, options: tuple[str, ...]) -> None:
    said = SENTENCES[lang]
    text = straight(copied([b.Line(said, icon="contract"), b.Line(said, strong=True)], lang, *options))
    assert text.count(straight(said)) == 2


@pytest.mark.parametrize("lang", LEAST)
def test_enough_words_of_right_to_left_scripts_come_back(lang: str) -> None:
    said = SENTENCES[lang]
    text = straight(copied([b.Line(said, icon="contract")], lang)).split()
    words = straight(said).split()
    found = sum(word in text or word.rstrip(".۔") in [one.strip(".۔") for one in text] for word in words)
    assert found / len(words) >= LEAST[lang]


@pytest.mark.parametrize("said", ["احفظوا هذا الدفتر سرًا. تحقّقنا من الأرقام", "لم يؤكَّد بعدُ. قدِّموا الشكوى"])
def test_vowel_marks_do_not_part_the_words_of_arabic(said: str) -> None:
    text = straight(copied([b.Line(said)], "ar")).replace(".", " ").split()
    assert text[: len(said.split())] == said.replace(".", " ").split()


@pytest.mark.parametrize(
    ("lang", "said"), [("ar", "لا تعطي جواز سفرك الآن لأحد ولا للاسم"), ("fa", "می‌شود نمی‌خواهم به آن‌ها الان")]
)
def test_ligatures_and_joiners_of_arabic_script_come_back_in_order(lang: str, said: str) -> None:
    assert straight(copied([b.Line(said)], lang)).startswith(said)
    done = compose([b.Line(said)], language=lang, title="x", paper="a4")
    document = pypdfium2.PdfDocument(done.pdf)
    assert document[0].get_textpage().get_text_bounded().startswith(said)
    document.close()


def test_a_phone_number_comes_back_whole_from_an_arabic_line() -> None:
    text = copied([b.Line(f"اتصلي على {ltr('+966 11 111 2222')} الآن")], "ar")
    assert "+966 11 111 2222" in text.replace("\u00a0", " ")


@pytest.mark.parametrize("lang", ["ne", "ur", "km", "my", "si", "ta", "bn"])
def test_no_private_use_character_is_copied(lang: str) -> None:
    text = copied([b.Line(SENTENCES[lang])], lang)
    assert not any("\ue000" <= char <= "\uf8ff" for char in text)
