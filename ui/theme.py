"""The looks: one set of colours for light and one for dark, and the style sheet made of them.

Every pair of text and ground has a contrast of at least 4.5 to 1 (EN 301 549, 9.1.4.3); a test
computes it. Sizes follow the font, so that a larger system font gives a larger window.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

import resources

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


class ColourScheme(StrEnum):
    """Which colours to use."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Colours(NamedTuple):
    """The colours by what they are for; a tuple, for a start waits until its class is made."""

    ground: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    edge: str  # around what can be typed in or ticked, and of handles: seen at 3 to 1
    accent: str
    on_accent: str
    selected: str
    on_selected: str
    error: str
    error_ground: str
    remark: str
    remark_ground: str
    good: str
    good_ground: str
    dol_ground: str
    # A DOL part that is full, what is written on it, and one with room.
    dol_full: str
    on_dol_full: str
    dol_room: str
    # Chart colours, each also with a pattern of its own; told apart by who sees less colour.
    series: tuple[str, ...]
    # What a colour of a chart means: blues for regular places, oranges for emergency reception,
    # purples for DOL, greens for who is there by national law, red for what falls short alone,
    # grey for what is not in use.
    regular: tuple[str, ...]
    emergency: tuple[str, ...]
    dol: tuple[str, ...]
    national: tuple[str, ...]
    short: tuple[str, ...]
    spare: tuple[str, ...]
    plain: tuple[str, ...]
    ink: tuple[str, ...]


LIGHT = Colours(
    ground="#eef1f4",
    surface="#ffffff",
    raised="#f7f9fb",
    text="#18222d",
    muted="#4f5b68",
    line="#c3ccd5",
    edge="#77838f",
    accent="#15568f",
    on_accent="#ffffff",
    selected="#cfe3f6",
    on_selected="#0e2236",
    error="#9a1c13",
    error_ground="#fbe2df",
    remark="#6a4700",
    remark_ground="#fff1c7",
    good="#1c6638",
    good_ground="#e0f3e6",
    dol_ground="#eadff2",
    dol_full="#6b3fa0",
    on_dol_full="#ffffff",
    dol_room="#e6daf4",
    series=("#1a5fa0", "#d06a28", "#2f8f6f", "#561c5c", "#6b5200", "#5a5d63"),
    regular=("#0f3f73", "#4a8bc8", "#1f5c99", "#8ebbe2", "#2f74b5", "#b9d6ef"),
    emergency=("#d9741a", "#f2a65a", "#a84e08"),
    dol=("#6b3fa0", "#9a72cf", "#3f1d6b"),
    national=("#2f8f6f", "#8cc9b0", "#1d5f49"),
    short=("#c22a1e",),
    spare=("#cdd5dd",),
    plain=("#6fa3d6",),
    ink=("#18222d", "#4f5b68"),
)

DARK = Colours(
    ground="#12171d",
    surface="#1a2129",
    raised="#222b35",
    text="#e8edf2",
    muted="#aab6c2",
    line="#3b4754",
    edge="#7c8a98",
    accent="#86bdf2",
    on_accent="#0c1a28",
    selected="#27486a",
    on_selected="#f3f8fd",
    error="#ffb1a8",
    error_ground="#4d1f1b",
    remark="#ffdb85",
    remark_ground="#453510",
    good="#8fd6a6",
    good_ground="#173524",
    dol_ground="#3d2a4d",
    dol_full="#c3a3ec",
    on_dol_full="#1c0f2e",
    dol_room="#3c2a57",
    series=("#c2ddf3", "#e4995f", "#3fae84", "#d97cd3", "#f5da7f", "#8793a0"),
    regular=("#9cc7f0", "#3f78b0", "#c5e0f8", "#2c5a8a", "#74a9d8", "#1f456d"),
    emergency=("#f0a35c", "#c9762a", "#f8cfa6"),
    dol=("#c3a3ec", "#9468cf", "#e2d2f7"),
    national=("#3fae84", "#9fdcc2", "#2a7257"),
    short=("#ff8f84",),
    spare=("#4a5664",),
    plain=("#3f78b0",),
    ink=("#e8edf2", "#aab6c2"),
)


class Theme(QObject):
    """The look in use; `changed` when the colours become others."""

    changed = Signal()

    def __init__(self, look: ColourScheme, parent: QObject | None = None) -> None:
        """Begin with a look and follow the system where that was chosen."""
        super().__init__(parent)
        self._look = look
        self.hatched = False  # whether charts differ by hatching too, also on the screen
        self._icons: dict[tuple[str, str, str], QIcon] = {}
        self._dressed: list[QWidget] = []
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def look(self) -> ColourScheme:
        """The look that was chosen."""
        return self._look

    @property
    def colours(self) -> Colours:
        """The colours in use."""
        if self._look is ColourScheme.SYSTEM:
            dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self._look is ColourScheme.DARK else LIGHT

    def choose(self, look: ColourScheme) -> None:
        """Use a look from now on."""
        self._look = look
        self.apply()

    def hatch(self, hatched: bool) -> None:  # noqa: FBT001 - a switch
        """Have charts differ by hatching too, or by colour and order alone."""
        self.hatched = hatched
        self.changed.emit()

    def dress(self, window: QWidget) -> None:
        """Give a window and all within it the look, now and when another is chosen.

        The sheet is the window's and not the application's: with that, Qt works out the style of a
        page again each time that a part of it is put into another.
        """
        self._dressed.append(window)
        window.setStyleSheet(style_sheet(self.colours))

    def apply(self) -> None:
        """Give the application its palette, the windows their sheet, and tell the views."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(palette(self.colours))
        for window in self._dressed:
            window.setStyleSheet(style_sheet(self.colours))
        self.changed.emit()

    def icon(self, name: str) -> QIcon:
        """Return one of the program's icons in the colours in use."""
        return self._drawn(name, self.colours.text, self.colours.muted)

    def mark(self, name: str, colour: str) -> QIcon:
        """Return one of the program's icons in a colour; muted where it cannot be pressed.

        Greyed by the style, what is white on a button would be white on its pale ground.
        """
        return self._drawn(name, colour, self.colours.muted)

    def _drawn(self, name: str, colour: str, muted: str) -> QIcon:
        """Return an icon; each is drawn once, for findings ask for it at every painted cell."""
        key = (name, colour, muted)
        if key not in self._icons:
            from ui.icon_drawing import draw_icon  # noqa: PLC0415 - after the first paint

            self._icons[key] = draw_icon(name, colour, muted)
        return self._icons[key]

    def _system_changed(self) -> None:
        if self._look is ColourScheme.SYSTEM:
            self.apply()


def palette(colours: Colours) -> QPalette:
    """Return the colours as Qt's roles."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.ground,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.raised,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.Button: colours.raised,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.BrightText: colours.error,
        QPalette.ColorRole.ToolTipBase: colours.raised,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Highlight: colours.selected,
        QPalette.ColorRole.HighlightedText: colours.on_selected,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.Light: colours.surface,
        QPalette.ColorRole.Midlight: colours.raised,
        QPalette.ColorRole.Mid: colours.line,
        QPalette.ColorRole.Dark: colours.line,
        QPalette.ColorRole.Shadow: colours.line,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return made


def style_sheet(colours: Colours) -> str:
    """Return the style sheet: sizes in `em`-like padding, colours from the set."""
    look = "light" if colours is LIGHT else "dark"
    icons = resources.FOLDER / "icons"
    paths = {name: str(icons / f"{name}-{look}.svg").replace("\\", "/") for name in SHEET_ICONS}
    return _SHEET.format_map({**colours._asdict(), **paths})


# A style sheet names files, so each look has its own.
SHEET_ICONS = ("down", "up", "left", "right", "tick")

_SHEET = """
QWidget:focus {{ outline: none; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 4px; }}
QMenuBar {{ background: {ground}; color: {text}; }}
QMenuBar::item:selected {{ background: {selected}; color: {on_selected}; }}
QMenu {{ background: {surface}; color: {text}; border: 1px solid {line}; padding: 4px 0; }}
QMenu::item {{ padding: 5px 24px 5px 14px; }}
QMenu::icon, QMenu::indicator {{ left: 8px; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QMenu::item:selected {{ background: {selected}; color: {on_selected}; }}
QMenu::item:disabled {{ color: {muted}; }}
QPushButton, QToolButton {{
    background: {raised}; color: {text}; border: 1px solid {line}; border-radius: 4px;
    padding: 5px 12px;
}}
QPushButton:hover, QToolButton:hover {{ border-color: {accent}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {accent}; padding: 4px 11px; }}
QPushButton:disabled, QToolButton:disabled {{ color: {muted}; background: {ground}; }}
QPushButton[main="true"] {{
    background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: bold;
}}
QPushButton[main="true"]:focus {{ border: 2px solid {text}; }}
QPushButton[main="true"]:disabled {{
    background: {ground}; color: {muted}; border-color: {line};
}}
QPushButton[back="true"], QPushButton[step="true"] {{
    background: transparent; border: none; border-bottom: 3px solid transparent;
    border-radius: 0; padding: 8px 12px; text-align: left; color: {text};
}}
QPushButton[back="true"]:hover, QPushButton[step="true"]:hover {{
    color: {text}; border-bottom-color: {line};
}}
QPushButton[step="true"]:checked {{
    color: {accent}; border-bottom-color: {accent};
}}
QPushButton[back="true"]:focus, QPushButton[step="true"]:focus {{
    border: 2px solid {accent}; padding: 6px 10px;
}}
QPushButton[back="true"]:disabled, QPushButton[step="true"]:disabled {{
    color: {muted}; background: transparent;
}}
QPushButton[link="true"] {{
    background: transparent; border: none; color: {accent}; padding: 1px 4px; text-align: right;
}}
QPushButton[link="true"]:hover {{ text-decoration: underline; }}
QPushButton[link="true"]:focus {{ border: 2px solid {accent}; padding: 0 3px; }}
QFrame[band="true"] {{ background: {surface}; border-bottom: 1px solid {line}; }}
QFrame[card="true"] {{
    background: {surface}; border: 1px solid {line}; border-radius: 6px;
}}
QFrame[notice="error"] {{
    background: {error_ground}; border: 1px solid {error}; border-radius: 4px;
}}
QFrame[notice="error"] QLabel {{ color: {error}; }}
QFrame[notice="remark"] {{
    background: {remark_ground}; border: 1px solid {remark}; border-radius: 4px;
}}
QFrame[notice="remark"] QLabel {{ color: {remark}; }}
QFrame[notice="good"] {{
    background: {good_ground}; border: 1px solid {good}; border-radius: 4px;
}}
QFrame[notice="good"] QLabel {{ color: {good}; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QLabel[role="strong"] {{ font-weight: bold; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="good"] {{ color: {good}; font-weight: bold; }}
QLabel[role="error"] {{ color: {error}; font-weight: bold; }}
QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit {{
    background: {surface}; color: {text}; border: 1px solid {edge}; border-radius: 4px;
    padding: 3px 6px; selection-background-color: {selected}; selection-color: {on_selected};
}}
QLineEdit {{ placeholder-text-color: {muted}; }}
QPlainTextEdit:read-only {{ border-color: {line}; }}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{
    color: {muted}; background: {ground}; border-color: {line};
}}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus {{
    border: 2px solid {accent}; padding: 2px 5px;
}}
QTableView QLineEdit, QTableView QComboBox {{ border-radius: 0; padding: 0 3px; }}
QAbstractSpinBox QLineEdit {{ border: none; padding: 0 4px; background: transparent; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ image: url("{down}"); width: 14px; height: 14px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; width: 18px; }}
QAbstractSpinBox::up-arrow {{ image: url("{up}"); width: 11px; height: 11px; }}
QAbstractSpinBox::down-arrow {{ image: url("{down}"); width: 11px; height: 11px; }}
QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: 4px; padding: 1px 2px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {accent}; }}
QCheckBox::indicator, QTableView::indicator, QListView::indicator {{
    width: 15px; height: 15px; border: 1px solid {edge}; border-radius: 3px;
    background: {surface};
}}
QCheckBox::indicator:checked, QTableView::indicator:checked, QListView::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url("{tick}");
}}
QCheckBox::indicator:disabled {{ background: {ground}; border-color: {line}; }}
QSlider {{ border: 2px solid transparent; border-radius: 4px; }}
QSlider:focus {{ border-color: {accent}; }}
QSlider::groove:horizontal {{ height: 4px; background: {line}; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{
    width: 14px; margin: -5px 0; border-radius: 7px; background: {accent};
    border: 1px solid {surface};
}}
QComboBox QAbstractItemView::item {{ padding: 3px 4px; }}
QComboBox QAbstractItemView {{
    background: {surface}; color: {text}; selection-background-color: {selected};
    selection-color: {on_selected}; border: 1px solid {line};
}}
QTableView, QListWidget, QTreeView {{
    background: {surface}; alternate-background-color: {raised}; color: {text};
    border: 1px solid {line}; gridline-color: {line};
    selection-background-color: {selected}; selection-color: {on_selected};
}}
QTableView:focus, QListWidget:focus, QTreeView:focus, QTextBrowser:focus {{
    border: 1px solid {accent};
}}
QTableView::item {{ padding: 0 4px; }}
QTreeView::item {{ padding: 3px 0; }}
QListWidget::item {{ padding-left: 6px; }}
QListWidget::item:selected {{ background: {selected}; color: {on_selected}; }}
QHeaderView {{ background: {raised}; }}
QHeaderView::section {{
    background: {raised}; color: {text}; border: none; border-right: 1px solid {line};
    border-bottom: 1px solid {line}; padding: 4px 6px;
}}
/* Rows are as high as their text and hardly more: the tail of a letter is not to be cut off. */
QHeaderView::section:vertical {{ padding: 0 6px; }}
/* Fusion points down for what rises; sheets point up. */
QHeaderView::down-arrow {{
    image: url("{down}"); width: 11px; height: 11px; subcontrol-position: center right; right: 4px;
}}
QHeaderView::up-arrow {{
    image: url("{up}"); width: 11px; height: 11px; subcontrol-position: center right; right: 4px;
}}
QTableCornerButton::section {{
    background: {raised}; border: none; border-right: 1px solid {line};
    border-bottom: 1px solid {line};
}}
QTabWidget::pane {{ border: 1px solid {line}; background: {surface}; top: -1px; }}
QTabBar::tab {{
    background: {ground}; color: {muted}; border: 1px solid {line}; padding: 6px 14px;
    margin-right: 2px; border-top-left-radius: 4px; border-top-right-radius: 4px;
}}
QTabBar::tab:selected {{
    background: {surface}; color: {text}; border-bottom-color: {surface};
}}
QTabBar::tab:focus {{ border: 2px solid {accent}; }}
QProgressBar {{
    background: {ground}; border: 1px solid {line}; border-radius: 4px; color: {text};
    text-align: center; min-height: 10px;
}}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QSplitter::handle {{ background: {ground}; }}
QSplitter::handle:vertical {{
    background: qlineargradient(x1: 0, x2: 1, y1: 0, y2: 0, stop: 0.47 {ground},
        stop: 0.471 {muted}, stop: 0.529 {muted}, stop: 0.53 {ground});
}}
QSplitter::handle:horizontal {{
    background: qlineargradient(x1: 0, x2: 0, y1: 0, y2: 1, stop: 0.45 {ground},
        stop: 0.451 {muted}, stop: 0.549 {muted}, stop: 0.55 {ground});
}}
QSplitter::handle:hover {{ background: {line}; }}
QFileDialog QToolButton {{ padding: 2px; }}
QCalendarWidget QToolButton {{ padding: 3px 8px; }}
QTabBar {{ qproperty-drawBase: 0; }}
QTabBar QToolButton {{ padding: 0; border-radius: 0; }}
QTabBar QToolButton::left-arrow {{ image: url("{left}"); width: 14px; height: 14px; }}
QTabBar QToolButton::right-arrow {{ image: url("{right}"); width: 14px; height: 14px; }}
QTabWidget[within="true"]::pane {{ border: none; border-top: 1px solid {line}; top: 0; }}
QTabWidget[within="true"] > QTabBar::tab {{
    background: transparent; color: {muted}; border: none; border-bottom: 3px solid transparent;
    border-radius: 0; padding: 6px 12px 4px 12px; margin: 0;
}}
QTabWidget[within="true"] > QTabBar::tab:hover {{ color: {text}; border-bottom-color: {line}; }}
QTabWidget[within="true"] > QTabBar::tab:selected {{
    color: {accent}; border-bottom-color: {accent};
}}
QTabWidget[within="true"] > QTabBar::tab:focus {{ border: 2px solid {accent}; padding: 4px 10px; }}
QTabWidget[pages="true"]::tab-bar {{ left: 12px; }}
QTabWidget[pages="true"] > QTabBar::tab {{ margin-top: 6px; }}
QDockWidget {{ color: {text}; }}
QDockWidget::title {{ background: {ground}; padding: 7px 10px; }}
QScrollBar:vertical {{ background: transparent; width: 13px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 13px; margin: 0; }}
QScrollBar::handle {{ background: {edge}; border-radius: 3px; }}
QScrollBar::handle:vertical {{ min-height: 28px; margin: 2px 3px 2px 4px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; margin: 4px 2px 3px 2px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: {surface}; border: none; }}
QStatusBar QLabel {{ padding: 1px 10px; }}
QStatusBar {{ background: {ground}; color: {text}; }}
QStatusBar::item {{ border: none; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
"""
