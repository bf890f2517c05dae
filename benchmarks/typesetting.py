"""Our paragraph beside ReportLab's own, on the same English text, side by side: prints seconds and the ratio.

Run: python benchmarks/typesetting.py [rounds]. ReportLab's paragraph is only a fair measure for Latin script: it
cannot set the others. Every round has new sentences, so that no cache of ours helps more than it does in use.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mrc_app.guides.making import GuideRequest, in_words, make
from mrc_app.typesetting import blocks as b
from mrc_app.typesetting.compose import compose
from mrc_app.typesetting.fonts import FOLDER

WORDS = (
    "keep a copy of your contract and passport with you before leave the country ask who pays for ticket visa "
    "insurance medical test never sign paper cannot read write number embassy phone family home wage every month "
    "day rest week hour work employer agency receipt bank account safe place help police hospital union office"
)


def text(chance: random.Random) -> list[list[str]]:
    """Ten chapters: a title, ten paragraphs."""
    words = WORDS.split()
    return [[" ".join(chance.choices(words, k=n)) for n in (5, *[45] * 5, *[14] * 5)] for _ in range(10)]


def ours(chapters: list[list[str]]) -> None:
    """Sets the chapters with our own paragraph, tagged."""
    blocks: list[b.Block] = []
    for title, *rest in chapters:
        blocks += [b.Heading(title), *[b.Line(words) for words in rest]]
    compose(blocks, language="en", title="x", paper="a5")


def native(chapters: list[list[str]], shaping: int) -> None:
    """Sets them with ReportLab's, untagged."""
    body = ParagraphStyle("body", fontName="Sans", fontSize=13, leading=17.6, spaceAfter=4, shaping=shaping)
    head = ParagraphStyle("head", parent=body, fontName="SansBold", fontSize=19, leading=25)
    story = []
    for title, *rest in chapters:
        story += [Paragraph(title, head), *[Paragraph(words, body) for words in rest]]
    SimpleDocTemplate(BytesIO(), pagesize=A5, invariant=1).build(story)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    pdfmetrics.registerFont(TTFont("Sans", FOLDER / "NotoSans-Regular.ttf"))
    pdfmetrics.registerFont(TTFont("SansBold", FOLDER / "NotoSans-Bold.ttf"))
    chance = random.Random(1)
    makers = {"own": ours, "native, shaped": lambda c: native(c, 1), "native, not shaped": lambda c: native(c, 0)}
    times: dict[str, list[float]] = {name: [] for name in makers}
    for number in range(rounds + 1):
        chapters = text(chance)
        for name, maker in makers.items():
            start = time.perf_counter()
            maker(chapters)
            if number:
                times[name].append(time.perf_counter() - start)
    middle = {name: statistics.median(found) for name, found in times.items()}
    for name, seconds in middle.items():
        print(f"{name:20} {seconds:.3f} s   own / this: {middle['own'] / seconds:.2f}")
    guides(rounds)


def guides(rounds: int) -> None:
    """Both guides whole, from request to pages, beside ReportLab setting only their words."""
    for kind in ("departure", "return"):
        asked = GuideRequest("en", "SN-MR", date(2026, 11, 22), kind=kind)
        model = in_words(asked)[1]
        words = [[section.title.text, *(said.text for said in section.lines)] for section in model.sections]
        chapters = [[escape(text) for text in section if text] for section in words]
        whole = _median(rounds, lambda asked=asked: make(asked))
        alone = _median(rounds, lambda chapters=chapters: native([one for one in chapters if one], 1))
        print(
            f"{kind + ' guide':20} {whole:.3f} s   native, its words only: {alone:.3f} s   ratio: {whole / alone:.2f}"
        )


def _median(rounds: int, act: Callable[[], object]) -> float:
    found = []
    for _round in range(rounds):
        start = time.perf_counter()
        act()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


if __name__ == "__main__":
    main()
