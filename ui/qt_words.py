"""Qt's own words (print dialog, file dialog, menus of a text field) in the screen's language, where Qt has them."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from mrc_app.i18n import screen_language


class _Worn:
    translator: QTranslator | None = None


def speak(app: QApplication) -> None:
    """Replaces the words of the former language. Qt has none in Amharic: English stays there."""
    if _Worn.translator is not None:
        app.removeTranslator(_Worn.translator)
    code = screen_language().code
    _Worn.translator = QTranslator(app)
    where = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if code != "en" and _Worn.translator.load(f"qtbase_{code}", where):
        app.installTranslator(_Worn.translator)
    QLocale.setDefault(QLocale(code))
