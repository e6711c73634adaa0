"""Qt's own words, such as those on the buttons of its dialogs, in the language in use.

Qt brings its Dutch along; where an installation lacks it, Qt's English stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from planner.texts import Language

if TYPE_CHECKING:
    from ui.words import Words

LOCALES = {Language.NL: "nl_NL", Language.EN: "en_GB"}


class QtWords(QObject):
    """Follows the language of the window."""

    def __init__(self, words: Words) -> None:
        """Wait for `speak`; the words own this."""
        super().__init__(words)
        self._words = words
        self._translator = QTranslator(self)
        words.changed.connect(self.speak)

    def speak(self) -> None:
        """Give Qt the words, and the notation of numbers and dates, of the language in use."""
        locale = QLocale(LOCALES[self._words.language])
        QLocale.setDefault(locale)
        QCoreApplication.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{self._words.language.value}", folder):
            QCoreApplication.installTranslator(self._translator)
