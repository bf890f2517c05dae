"""The dashboard on paper: one A4 document in a language, each chart as vectors with its table beside it."""

from __future__ import annotations

from mrc_app.figures.charting import drawn
from mrc_app.figures.dashboard import Dashboard
from mrc_app.figures.dashboard_words import TITLE, Chart, charts
from mrc_app.figures.report_words import ReportWords
from mrc_app.i18n import N_, isolate
from mrc_app.typesetting import blocks as b
from mrc_app.typesetting.compose import Composed

WIDTH = 420.0
"""The width of a chart in its own units: a unit is a little more than half a point."""
SHARE = 0.56
"""The part of the page a chart takes; a table of amounts, which are never parted, stands below its chart."""
INSIDE = N_("For this office only: small numbers are not hidden.")


def paper(board: Dashboard, words: ReportWords) -> Composed:
    """The document. Raises MissingGlyph when no typeface can draw a character."""
    from mrc_app.typesetting.compose import compose

    title = words.say(TITLE)
    days = (
        f"{board.period.code}: {words.day(board.period.start.isoformat())} – {words.day(board.period.end.isoformat())}"
    )
    made: list[b.Block] = [b.Heading(title), b.Note(f"{isolate(board.centre)} · {isolate(days)}")]
    for chart in charts(board, words):
        made.append(b.Together(_blocks(chart, words)))
    foot = f"{words.say(INSIDE)} {words.day(board.made_on.isoformat())}"
    return compose(made, language=words.code, title=title, paper="a4-dense", foot=foot)


def _blocks(chart: Chart, words: ReportWords) -> list[b.Block]:
    made: list[b.Block] = [b.Heading(chart.title, 2), b.Note(chart.sentence)]
    if chart.shape is None:
        return made
    share = 1.0 if chart.amounts else SHARE
    picture = drawn(chart, WIDTH * share / SHARE, right_to_left=words.catalog.language.right_to_left)
    return [*made, b.Chart(picture, chart.said, b.Table([chart.head, *chart.rows]), share)]
