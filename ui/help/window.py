"""The help: a window of its own with an index, a search line, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QShortcut, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ui.help import pages as help_pages
from ui.help.contents import PAGES, START
from ui.splitter_state import keep_share
from ui.widgets import button, row

if TYPE_CHECKING:
    from planner.core.texts import Text
    from ui.theme import Theme
    from ui.words import Words

MARGIN = 24  # pixels on either side of a picture


class Reader(QTextBrowser):
    """Shows pages of the help; links between them and the way back work."""

    def __init__(self, words: Words) -> None:
        """Read in the language in use."""
        super().__init__()
        self._words = words
        self.setOpenExternalLinks(True)

    @property
    def page(self) -> Text:
        """The page that is shown."""
        name = self.source().fileName().removesuffix(".md")
        return next((each for each in PAGES if name in (each.nl, each.en)), START)

    def read(self, page: Text) -> None:
        """Show a page."""
        name = f"{page.in_(self._words.language)}.md"
        self.setSource(QUrl(name), QTextDocument.ResourceType.MarkdownResource)

    def loadResource(self, _kind: int, name: QUrl | str) -> object:
        url = QUrl(name)
        if url.fileName().endswith(".md"):
            stem = url.fileName().removesuffix(".md")
            known = [each for each in PAGES if stem in (each.nl, each.en)]
            return help_pages.text_of(known[0], self._words.language) if known else ""
        picture = QImage(str(help_pages.FOLDER / self._words.language.value / url.path()))
        room = max(self.viewport().width() - 2 * MARGIN, MARGIN)
        if picture.width() <= room:
            return picture
        return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)


class HelpWindow(QWidget):
    """The index and the search line on the left, a page on the right."""

    def __init__(self, parent: QWidget, words: Words, theme: Theme) -> None:
        """Show the first page; the window stays open beside the program."""
        super().__init__(parent, Qt.WindowType.Window)
        self._words = words
        self.reader = Reader(words)
        self.line = QLineEdit()
        self.line.setClearButtonEnabled(True)
        self.index = QListWidget()
        self.index.setWordWrap(True)
        self.index.setSpacing(3)
        self.index.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._back = button(self.reader.backward)
        self._forward = button(self.reader.forward)
        self._lay_out()
        for keys, press in (
            (QKeySequence.StandardKey.Back, self.reader.backward),
            (QKeySequence.StandardKey.Forward, self.reader.forward),
            (QKeySequence(QKeySequence.StandardKey.Find), self.line.setFocus),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(press)
        self.line.textChanged.connect(self._list)
        self.line.returnPressed.connect(lambda: self._follow(self.index.item(0)))
        self.index.itemActivated.connect(self._follow)
        self.index.itemClicked.connect(self._follow)
        self.reader.historyChanged.connect(self._arrived)
        self.reader.backwardAvailable.connect(self._back.setEnabled)
        self.reader.forwardAvailable.connect(self._forward.setEnabled)
        words.changed.connect(self.reword)
        theme.changed.connect(self.reader.reload)
        self.reword()

    def read(self, page: Text) -> None:
        """Show a page and come to the front."""
        self.line.clear()
        self.reader.read(page)
        self.show()
        self.activateWindow()
        self.reader.setFocus()

    def reword(self) -> None:
        """Say everything again in the language in use, on the same page."""
        self._back.setText(self._words.say("help.back"))
        self._forward.setText(self._words.say("help.forward"))
        self.line.setPlaceholderText(self._words.say("help.search"))
        self.line.setAccessibleName(self._words.say("help.search"))
        self.index.setAccessibleName(self._words.say("help.index"))
        self.reader.setAccessibleName(self._words.say("help.page"))
        self.reader.read(self.reader.page)
        self._list(self.line.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _list(self, sought: str) -> None:
        """List every page, or those that hold what is sought."""
        self.index.clear()
        language = self._words.language
        if sought.strip():
            found = [
                (hit.page, f"{hit.title}\n{hit.around}")
                for hit in help_pages.search(sought, language)
            ]
        else:
            found = [(each, help_pages.title_of(each, language)) for each in PAGES]
        for page, said in found:
            item = QListWidgetItem(said)
            item.setData(Qt.ItemDataRole.UserRole, page.nl)
            self.index.addItem(item)
        if not found:
            self.index.addItem(QListWidgetItem(self._words.say("help.none")))
        self._arrived()

    def _follow(self, item: QListWidgetItem | None) -> None:
        name = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        for page in PAGES:
            if page.nl == name:
                self.reader.read(page)
                if self.line.text():
                    self.reader.find(self.line.text().split()[0])

    def _arrived(self) -> None:
        """Show in title, index and buttons where the reader is."""
        page = self.reader.page
        for at in range(self.index.count()):
            if self.index.item(at).data(Qt.ItemDataRole.UserRole) == page.nl:
                self.index.setCurrentRow(at)
        self.reader.document().setDocumentMargin(MARGIN / 2)
        title = help_pages.title_of(page, self._words.language)
        self.setWindowTitle(self._words.say("help.title", page=title))

    def _lay_out(self) -> None:
        left = QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        for each in (row(self._back, self._forward), self.line, self.index):
            box.addWidget(each)
        halves = QSplitter()
        halves.addWidget(left)
        halves.addWidget(self.reader)
        halves.setStretchFactor(1, 1)
        halves.setChildrenCollapsible(False)
        across = self.fontMetrics().averageCharWidth()
        halves.setSizes([across * 32, across * 90])
        keep_share(halves, "help")
        whole = QHBoxLayout(self)
        whole.addWidget(halves)
        self.resize(across * 130, self.fontMetrics().height() * 40)
