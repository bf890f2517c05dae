"""How the screen looks now: the colours of day or night, one style sheet, bundled fonts, and the size of the text."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from mrc_app.i18n import language, screen_language
from mrc_app.places import RESOURCES
from ui.sheet import style_sheet
from ui.tokens import BODY, DARK, LIGHT, Tokens


class _Now:
    tokens = LIGHT
    percent = 100


def tokens() -> Tokens:
    """The colours on the screen now."""
    return _Now.tokens


def px(size: float) -> int:
    """A length in pixels at the size of text chosen on this computer."""
    return round(size * _Now.percent / 100)


def colour(name: str) -> QColor:
    """A token as a colour for painting."""
    return QColor(getattr(_Now.tokens, name))


_FIRST = ("Noto Sans", "Vazirmatn", "Noto Sans Ethiopic")
_LAST = ("Noto Nastaliq Urdu",)


@lru_cache(maxsize=1)
def bundled_families() -> tuple[str, ...]:
    """Loads every bundled font once for the life of the program; the families in file order."""
    families: dict[str, None] = {}
    for path in sorted((RESOURCES / "fonts").rglob("*.[to]tf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families.update(dict.fromkeys(QFontDatabase.applicationFontFamilies(number) if number >= 0 else []))
    return tuple(families)


def families_for(code: str) -> list[str]:
    """The fonts of a language in order of preference: Latin, those of the screen's languages, then every other one.

    Urdu alone is written in Nastaliq first.
    """
    known = bundled_families()
    first = (*_LAST, *_FIRST) if language(code).code == "ur" else _FIRST
    wanted = [name for name in first if name in known]
    others = [name for name in known if name not in _LAST]
    return list(dict.fromkeys([*wanted, *others, *(name for name in _LAST if name in known)]))


def app_font() -> QFont:
    """The font of ordinary text in the screen's language and size."""
    font = QFont()
    families = families_for(screen_language().code)
    if families:
        font.setFamilies(families)
    font.setPixelSize(px(BODY))
    return font


def is_dark(theme: str) -> bool:
    """Whether a theme setting means dark now; ``system`` asks the desktop and is light where it does not say."""
    if theme == "system":
        return QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return theme == "dark"


def wear(app: QApplication, theme: str, percent: int) -> None:
    """Puts colours, font, direction and style sheet on the whole program."""
    from ui import qt_words

    _Now.tokens = DARK if is_dark(theme) else LIGHT
    _Now.percent = percent
    qt_words.speak(app)
    rtl = screen_language().right_to_left
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    app.setFont(app_font())
    app.setPalette(_palette(_Now.tokens))
    app.setStyleSheet(style_sheet(_Now.tokens, px))


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: t.page, role.WindowText: t.text, role.Base: t.card, role.AlternateBase: t.sunken,
        role.Text: t.text,
        role.Button: t.card, role.ButtonText: t.text, role.Highlight: t.accent, role.HighlightedText: t.on_accent,
        role.PlaceholderText: t.muted, role.ToolTipBase: t.text, role.ToolTipText: t.card, role.Link: t.accent,
        role.Mid: t.line, role.Dark: t.edge, role.Light: t.card, role.Shadow: t.edge,
    }  # fmt: skip
    for which, name in pairs.items():
        palette.setColor(which, QColor(name))
    for which in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.edge))
    return palette
