"""Qt's own words, such as those on the buttons of its dialogs, in the language in use.

Qt brings its Dutch along; where an installation lacks it, Qt's English stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from planner.core.texts import Language

if TYPE_CHECKING:
    from ui.words import Words

# By the names that Qt gives them: the context of its translations, the name, the description.
OWN_BUTTONS = {
    "ScrollLeftButton": ("QTabBar", "Scroll Left", ""),
    "ScrollRightButton": ("QTabBar", "Scroll Right", ""),
    "qt_dockwidget_closebutton": ("QDockWidget", "Close", "Closes the dock widget"),
    "qt_dockwidget_floatbutton": (
        "QDockWidget", "Float", "Undocks and re-attaches the dock widget",
    ),
}  # fmt: skip
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
        _name_again()


def _name_again() -> None:
    """Name the buttons that Qt makes itself; it words them once only, when it makes them."""
    say = QCoreApplication.translate
    for each in QApplication.allWidgets():
        context, name, about = OWN_BUTTONS.get(each.objectName(), ("", "", ""))
        if context:
            each.setAccessibleName(say(context, name))
            each.setAccessibleDescription(say(context, about) if about else "")
