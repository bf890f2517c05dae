"""The one style sheet, written from the colours and the text size of the moment."""

from __future__ import annotations

from collections.abc import Callable

from mrc_app.places import RESOURCES
from ui.tokens import BODY, TITLE, Tokens


def style_sheet(t: Tokens, px: Callable[[float], int]) -> str:
    """The whole style sheet for one theme and one size of text."""
    return "\n".join((_text(t, px), _buttons(t, px), _fields(t, px), _parts(t, px)))


def _drawn(name: str) -> str:
    return f'url("{(RESOURCES / "icons" / "drawn" / name).as_posix()}.svg")'


def _text(t: Tokens, px: Callable[[float], int]) -> str:
    return f"""
* {{ font-size: {px(BODY)}px; }}
QWidget {{ color: {t.text}; }}
QMainWindow, QDialog, #page {{ background: {t.page}; }}
QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-size: {px(TITLE)}px; font-weight: 700; }}
QLabel[role="heading"] {{ font-size: {px(17)}px; font-weight: 700; }}
QLabel[role="question"] {{ font-size: {px(20)}px; font-weight: 700; }}
QLabel[role="label"], QLabel[role="strong"] {{ font-weight: 700; }}
QLabel[role="label"] {{ font-size: {px(13)}px; }}
QLabel[role="muted"] {{ color: {t.muted}; }}
QLabel[role="small"] {{ color: {t.muted}; font-size: {px(13)}px; }}
QLabel[role="number"] {{ font-size: {px(24)}px; font-weight: 700; }}
QLabel[role="problem"] {{ color: {t.red}; font-size: {px(13)}px; }}
QLabel[role="caution"] {{ color: {t.amber}; font-size: {px(13)}px; font-weight: 700; }}
QLabel[role="code"] {{ font-size: {px(20)}px; font-weight: 700; letter-spacing: 1px; }}
QLabel[role="overline"] {{ color: {t.muted}; font-size: {px(12)}px; font-weight: 700; }}
QToolTip {{ background: {t.text}; color: {t.card}; border: none; padding: {px(5)}px {px(8)}px; }}
{_tones(t, px)}
"""


def _tones(t: Tokens, px: Callable[[float], int]) -> str:
    rules = []
    for tone in ("green", "blue", "violet", "amber", "red"):
        text, soft = getattr(t, tone), getattr(t, f"{tone}_soft")
        rules.append(
            f'QLabel[chip="{tone}"] {{ background: {soft}; color: {text}; border-radius: {px(10)}px;'
            f" padding: {px(2)}px {px(10)}px; font-size: {px(12)}px; font-weight: 700; }}"
        )
        rules.append(
            f'QFrame[banner="{tone}"] {{ background: {soft}; border-radius: {px(10)}px; }}'
            f'QFrame[banner="{tone}"] QLabel {{ color: {text}; }}'
        )
    rules.append(
        f'QLabel[chip="plain"] {{ background: {t.sunken}; color: {t.muted}; border-radius: {px(10)}px;'
        f" padding: {px(2)}px {px(10)}px; font-size: {px(12)}px; font-weight: 700; }}"
    )
    return "\n".join(rules)


def _buttons(t: Tokens, px: Callable[[float], int]) -> str:
    pad = f"{px(8)}px {px(15)}px"
    return f"""
QPushButton {{ background: {t.card}; color: {t.text}; border: 1px solid {t.edge}; border-radius: {px(8)}px;
  padding: {pad}; font-weight: 700; min-height: {px(20)}px; }}
QPushButton:hover {{ background: {t.sunken}; }}
QPushButton:pressed {{ background: {t.line}; }}
QPushButton:focus {{ border: 2px solid {t.accent}; padding: {px(8) - 1}px {px(15) - 1}px; }}
QPushButton:disabled {{ color: {t.edge}; border-color: {t.line}; }}
QPushButton[kind="main"] {{ background: {t.accent}; color: {t.on_accent}; border: 1px solid {t.accent}; }}
QPushButton[kind="main"]:hover {{ background: {t.accent_strong}; }}
QPushButton[kind="main"]:focus {{ border: 2px solid {t.text}; padding: {px(8) - 1}px {px(15) - 1}px; }}
QPushButton[kind="main"]:disabled {{ background: {t.line}; color: {t.muted}; border-color: {t.line}; }}
QPushButton[kind="danger"] {{ color: {t.red}; border-color: {t.red}; }}
QPushButton[kind="quiet"] {{ background: transparent; border: 1px solid transparent; color: {t.accent};
  padding: {px(8)}px {px(9)}px; }}
QPushButton[kind="quiet"]:hover {{ background: {t.green_soft}; }}
QPushButton[kind="quiet"]:focus {{ border: 2px solid {t.accent}; padding: {px(8) - 1}px {px(9) - 1}px; }}
QPushButton[kind="nav"] {{ background: transparent; border: 2px solid transparent; color: {t.muted}; font-weight: 400;
  text-align: left; padding: {px(8)}px {px(11)}px; border-radius: {px(9)}px; }}
QPushButton[kind="nav"]:hover {{ background: {t.sunken}; color: {t.text}; }}
QPushButton[kind="nav"]:checked {{ background: {t.green_soft}; color: {t.green}; font-weight: 700; }}
QPushButton[kind="nav"]:focus {{ border: 2px solid {t.accent}; }}
QPushButton[kind="choice"] {{ text-align: left; font-weight: 400; padding: {px(9)}px {px(13)}px; }}
QPushButton[kind="choice"]:checked {{ background: {t.green_soft}; color: {t.green}; border: 2px solid {t.accent};
  padding: {px(9) - 1}px {px(13) - 1}px; }}
QPushButton[kind="choice"]:focus {{ border: 2px solid {t.text}; padding: {px(9) - 1}px {px(13) - 1}px; }}
QPushButton[kind="tile"] {{ background: {t.card}; border: 1px solid {t.edge}; border-radius: {px(12)}px; padding: 0; }}
QPushButton[kind="tile"]:hover {{ background: {t.sunken}; }}
QPushButton[kind="tile"]:checked {{ background: {t.green_soft}; border: 2px solid {t.accent}; }}
QPushButton[kind="tile"]:focus {{ border: 2px solid {t.accent}; }}
QPushButton[kind="tab"] {{ background: transparent; border: none; border-radius: 0;
  border-bottom: 2px solid transparent; color: {t.muted}; padding: {px(9)}px {px(5)}px; }}
QPushButton[kind="tab"]:hover {{ color: {t.text}; }}
QPushButton[kind="tab"]:checked {{ color: {t.accent}; border-bottom: 2px solid {t.accent}; }}
QPushButton[kind="tab"]:focus {{ background: {t.green_soft}; border-radius: {px(6)}px; }}
QPushButton[kind="row"] {{ background: transparent; border: 2px solid transparent; border-radius: {px(8)}px;
  text-align: left; font-weight: 400; }}
QPushButton[kind="row"]:hover {{ background: {t.sunken}; }}
QPushButton[kind="row"]:focus {{ border: 2px solid {t.accent}; }}
"""


def _fields(t: Tokens, px: Callable[[float], int]) -> str:
    inputs = "QLineEdit, QPlainTextEdit, QComboBox, QSpinBox"
    focus = "QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QComboBox:on, QSpinBox:focus"
    wrong = ", ".join(f'{name}[wrong="true"]' for name in inputs.split(", "))
    pad = f"{px(7)}px {px(11)}px"
    tight = f"{px(7) - 1}px {px(11) - 1}px"
    return f"""
{inputs} {{ background: {t.card}; border: 1px solid {t.edge}; border-radius: {px(8)}px; padding: {pad};
  min-height: {px(20)}px; selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
{focus} {{ border: 2px solid {t.accent}; padding: {tight}; }}
{wrong} {{ border: 2px solid {t.red}; padding: {tight}; }}
{inputs.replace(",", ":disabled,")}:disabled {{ background: {t.sunken}; color: {t.muted}; }}
QPlainTextEdit[role="large"] {{ font-size: {px(21)}px; padding: {px(18)}px; }}
QComboBox::drop-down {{ border: none; width: {px(28)}px; }}
QComboBox::down-arrow {{ image: {_drawn("down-" + t.name)}; width: {px(14)}px; height: {px(14)}px; }}
QComboBox QAbstractItemView, QListView[role="popup"] {{ background: {t.card}; color: {t.text};
  border: 1px solid {t.edge}; outline: none; padding: {px(4)}px;
  selection-background-color: {t.green_soft}; selection-color: {t.green}; }}
QComboBox QAbstractItemView::item {{ min-height: {px(30)}px; padding: 0 {px(8)}px; }}
QCheckBox, QRadioButton {{ background: transparent; spacing: {px(9)}px; padding: {px(3)}px;
  border: 2px solid transparent; border-radius: {px(6)}px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {t.accent}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(17)}px; height: {px(17)}px; border: 1px solid {t.edge};
  background: {t.card}; }}
QCheckBox::indicator {{ border-radius: {px(5)}px; }}
QRadioButton::indicator {{ border-radius: {px(9)}px; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent}; image: {_drawn("tick-" + t.name)}; }}
QRadioButton::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
  image: {_drawn("dot-" + t.name)}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.muted}; }}
"""


def _parts(t: Tokens, px: Callable[[float], int]) -> str:
    return f"""
#side {{ background: {t.side}; border: none; }}
#rule {{ background: {t.line}; border: none; }}
QFrame[role="card"] {{ background: {t.card}; border: 1px solid {t.line}; border-radius: {px(12)}px; }}
QFrame[role="sunken"] {{ background: {t.sunken}; border: none; border-radius: {px(10)}px; }}
QFrame[role="pill"] {{ background: {t.card}; border: 1px solid {t.line}; border-radius: {px(10)}px; }}
QFrame[role="toast"] {{ background: {t.text}; border-radius: {px(10)}px; }}
QFrame[role="toast"] QLabel {{ color: {t.card}; }}
QFrame[role="toast"] QPushButton {{ background: transparent; border: 2px solid transparent; color: {t.card};
  text-decoration: underline; padding: {px(4)}px {px(8)}px; }}
QFrame[role="toast"] QPushButton:focus {{ border-color: {t.card}; }}
QFrame[role="palette"] {{ background: {t.card}; border: 1px solid {t.edge}; border-radius: {px(12)}px; }}
QFrame[role="palette"] QListView {{ border: none; }}
QFrame[role="palette"] QLineEdit {{ border: none; font-size: {px(17)}px; padding: {px(12)}px; }}
QScrollArea, QAbstractScrollArea#plain, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QListView {{ background: transparent; border: none; outline: none; }}
QTableView {{ background: transparent; border: none; outline: none; selection-background-color: {t.green_soft};
  selection-color: {t.green}; }}
QTableView::item {{ border-bottom: 1px solid {t.line}; padding: 0 {px(6)}px; }}
QTableView::item:focus {{ border: 1px solid {t.accent}; }}
QHeaderView {{ background: transparent; }}
QHeaderView::section {{ background: {t.sunken}; border: none; font-weight: 700; padding: {px(5)}px {px(6)}px; }}
QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: {px(2)}px; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}px; margin: {px(2)}px; }}
QScrollBar::handle {{ background: {t.line}; border-radius: {px(4)}px; min-height: {px(36)}px; min-width: {px(36)}px; }}
QScrollBar::handle:hover {{ background: {t.edge}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {t.line}; border: none; border-radius: {px(4)}px; max-height: {px(8)}px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: {px(4)}px; }}
QMenu {{ background: {t.card}; border: 1px solid {t.edge}; padding: {px(5)}px; }}
QMenu::item {{ padding: {px(7)}px {px(16)}px; border-radius: {px(6)}px; }}
QMenu::item:selected {{ background: {t.green_soft}; color: {t.green}; }}
"""
