"""Our typesetter beside ReportLab's own paragraph, WeasyPrint and Chromium: the same words, the same faces, one run.

Run: python benchmarks/typesetting_rivals.py [rounds] [languages]. WeasyPrint is asked in a process of its own that
stays open (RIVALS: the Python of an environment that has it, else this one); Chromium is started for every document, as
whoever prints with it must (CHROMIUM: its program). What is not installed is left out and said. Sentences come from the
catalogues in a new order every round; the first round is not counted. Ours is tagged and its text can be copied.
ReportLab's paragraph is asked in English only: it is wrong in the other languages, and stops at Arabic.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from html import escape
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pypdfium2
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from mrc_app.guides.content import sections
from mrc_app.guides.words import fill, names
from mrc_app.i18n import Catalog, language
from mrc_app.typesetting import blocks as b
from mrc_app.typesetting.compose import compose
from mrc_app.typesetting.fonts import FOLDER, primary
from mrc_app.typesetting.pictures import MM

CHAPTERS, LINES, ITEMS = 10, 5, 5
Book = list[list[str]]

WEASYPRINT = """
import sys, time
from weasyprint import HTML
for line in sys.stdin:
    source, out = line.split()
    start = time.perf_counter()
    HTML(filename=source).write_pdf(out)
    print(time.perf_counter() - start, flush=True)
"""


def sentences(lang: str) -> list[str]:
    """The lines of both guides in a language, their places filled with a word."""
    words = Catalog.load(lang, "guides")
    found = []
    for guide in ("departure", "return"):
        for section in sections(guide):
            found += [words.find(line.id) or "" for line in section.lines]
    return [fill(text, dict.fromkeys(names(text), "____")) for text in found if text and "|" not in text]


def book(lang: str, chance: random.Random) -> Book:
    """Ten chapters: a title, five paragraphs of four lines, five short lines. Every chapter has other words."""
    said = sentences(lang)
    chance.shuffle(said)
    at, chapters = 0, []

    def take(count: int) -> str:
        nonlocal at
        picked = [said[(at + number) % len(said)] for number in range(count)]
        at += count
        return " ".join(picked)

    for _ in range(CHAPTERS):
        chapters.append([take(1)[:40], *[take(4) for _ in range(LINES)], *[take(1) for _ in range(ITEMS)]])
    return chapters


def ours(chapters: Book, lang: str) -> bytes:
    """Set by this program, tagged."""
    blocks: list[b.Block] = []
    for title, *rest in chapters:
        blocks += [b.Heading(title), *[b.Line(text) for text in rest[:LINES]]]
        blocks += [b.Line(text, bullet=True) for text in rest[LINES:]]
    return compose(blocks, language=lang, title="x", paper="a5").pdf


def native(chapters: Book, shaping: int) -> bytes:
    """Set by ReportLab's own paragraph, untagged."""
    body = ParagraphStyle("body", fontName="Sans", fontSize=13, leading=17.7, spaceAfter=4, shaping=shaping)
    head = ParagraphStyle("head", parent=body, fontName="SansBold", fontSize=19, leading=26)
    story = []
    for title, *rest in chapters:
        story += [Paragraph(escape(title), head), *[Paragraph(escape(text), body) for text in rest]]
    out, edge = BytesIO(), 13 * MM
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), edge)
    SimpleDocTemplate(out, pagesize=A5, invariant=1, **margins).build(story)
    return out.getvalue()


def page(chapters: Book, lang: str) -> str:
    """The same as HTML."""
    family = primary(lang)
    faces = "".join(
        f"@font-face{{font-family:own;font-weight:{weight};src:url('{(FOLDER / f'{family}-{name}.ttf').as_uri()}')}}"
        for weight, name in ((400, "Regular"), (700, "Bold"))
    )
    side = "rtl" if language(lang).right_to_left else "ltr"
    style = f"{faces}@page{{size:A5;margin:13mm}}body{{font:13pt/1.5 own}}h1{{font-size:19pt}}p,li{{margin:3pt 0}}"
    rows = [f"<!doctype html><html lang={lang} dir={side}><meta charset=utf-8><title>x</title><style>{style}</style>"]
    for title, *rest in chapters:
        rows.append(f"<h1>{escape(title)}</h1>" + "".join(f"<p>{escape(text)}</p>" for text in rest[:LINES]))
        rows.append("<ul>" + "".join(f"<li>{escape(text)}</li>" for text in rest[LINES:]) + "</ul>")
    return "".join(rows)


class WeasyPrint:
    """WeasyPrint in a process that stays open, so that its start is not counted."""

    def __init__(self, folder: Path) -> None:
        python = os.environ.get("RIVALS", sys.executable)
        self.there = subprocess.run([python, "-c", "import weasyprint"], capture_output=True).returncode == 0
        self.folder = folder
        if self.there:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
            self.process = subprocess.Popen([python, "-c", WEASYPRINT], **pipes)  # type: ignore[call-overload]

    def __call__(self, source: Path) -> tuple[float, bytes]:
        out = self.folder / "weasyprint.pdf"
        self.process.stdin.write(f"{source} {out}\n")
        self.process.stdin.flush()
        seconds = float(self.process.stdout.readline())
        return seconds, out.read_bytes()


def chromium(folder: Path, source: Path) -> tuple[float, bytes]:
    """Chromium as a whole process."""
    out = folder / "chromium.pdf"
    command = [os.environ.get("CHROMIUM") or "chromium", "--headless", "--no-sandbox", "--disable-gpu"]
    command += [f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer", f"--print-to-pdf={out}"]
    start = time.perf_counter()
    subprocess.run([*command, source.as_uri()], check=True, capture_output=True)
    return time.perf_counter() - start, out.read_bytes()


def timed(act: Callable[[], bytes]) -> tuple[float, bytes]:
    start = time.perf_counter()
    made = act()
    return time.perf_counter() - start, made


def main() -> None:
    for weight, name in (("Regular", "Sans"), ("Bold", "SansBold")):
        pdfmetrics.registerFont(TTFont(name, FOLDER / f"NotoSans-{weight}.ttf"))
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    langs = sys.argv[2].split(",") if len(sys.argv) > 2 else ["en", "ar", "am", "km"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        weasyprint = WeasyPrint(folder)
        browser = shutil.which(os.environ.get("CHROMIUM") or "chromium")
        for what, there in (("WeasyPrint (RIVALS)", weasyprint.there), ("Chromium (CHROMIUM)", browser)):
            if not there:
                print(f"{what} is not here and is left out.")
        for lang in langs:
            compare(lang, rounds, folder, weasyprint if weasyprint.there else None, browser is not None)


def compare(lang: str, rounds: int, folder: Path, weasyprint: WeasyPrint | None, browser: bool) -> None:
    """One language: every engine sets the same book in turn, round after round."""
    chance, source = random.Random(7), folder / "book.html"
    engines: dict[str, Callable[[Book], tuple[float, bytes]]] = {
        "own": lambda book: timed(lambda: ours(book, lang)),
    }
    if lang == "en":
        engines["ReportLab, shaped"] = lambda book: timed(lambda: native(book, 1))
        engines["ReportLab, not shaped"] = lambda book: timed(lambda: native(book, 0))
    if weasyprint:
        engines["WeasyPrint"] = lambda _book: weasyprint(source)
    if browser:
        engines["Chromium"] = lambda _book: chromium(folder, source)
    found: dict[str, list[float]] = {name: [] for name in engines}
    pages: dict[str, int] = {}
    for number in range(rounds + 1):
        chapters = book(lang, chance)
        source.write_text(page(chapters, lang), "utf-8")
        for name, engine in engines.items():
            seconds, pdf = engine(chapters)
            pages[name] = len(pypdfium2.PdfDocument(pdf))
            if number:
                found[name].append(seconds)
    own = statistics.median(found["own"])
    for name, times in found.items():
        middle = statistics.median(times)
        print(f"{lang:3} {name:22} {middle:6.3f} s  {pages[name]:3} pages  own / this: {own / middle:5.2f}", flush=True)


if __name__ == "__main__":
    main()
