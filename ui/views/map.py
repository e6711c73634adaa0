"""The map of the locations by month, with the same figures by province and by location."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QSizePolicy,
    QSlider,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from planner.input.kinds import PlaceKind
from planner.result.main_figures import MainFigures
from ui.map import export as map_export
from ui.map.clusters import CROWD
from ui.map.drawing import SHAPES, KeyEntry, MapPicture, Shows
from ui.map.land import province_key
from ui.map.panel import MapKey, MapPanel
from ui.map.rows import BY_LOCATION, BY_PROVINCE, location_rows, province_rows
from ui.results.model import ResultModel, ShownColumn
from ui.results.spot_words import described, kind_name, name_of
from ui.results.table import ResultGrid
from ui.splitter_state import keep_share
from ui.still import StillChoice, StillSlider
from ui.view import PlanView
from ui.why_not import allow
from ui.widgets import Saying, button, column, heading, muted, plain_label, row, scrolling

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from ui.map.clusters import MapCluster
    from ui.results.by_location import ByLocation, LocationState, PlanFigures
    from ui.view import Context

LEAST_LINES = 26  # of text: less height than that would cut the tables off
NAMED = 4  # locations that are named of several drawn as one
WORST = 12  # locations whose shortfall is shown as its size


class MapView(PlanView):
    """The map, what is on it, the month, and the tables beside it."""

    def __init__(
        self, context: Context, plan_figures: PlanFigures, open_location: Callable[[str], None]
    ) -> None:
        """Show the locations of the session's plan; `open_location` shows the page of one."""
        super().__init__(context)
        words, theme = context.words, context.theme
        self._plan_figures = plan_figures
        self._ask_path = context.ask_path
        self._open_location = open_location
        self._codes: dict[object, str] = {}  # a location's code by its name in the table
        self.panel = MapPanel(theme, lambda spot: described(words, spot), self._tell_many)
        self._key_beside = MapKey(theme)
        self._title = heading()
        self._lead = muted()
        self._shows_label = plain_label()
        self.shows = StillChoice()
        for each in Shows:
            self.shows.addItem("", each)
        self._month_label = plain_label()
        self.month = StillSlider()
        self._month_name = plain_label()
        self.read_out = plain_label()
        self._means = muted()
        self._told = Saying(self._words)
        self._open = button(self._open_chosen)
        self._copy_picture = button(self._copy_map)
        self._copy_data = button(self._copy_table)
        self._save = button(self._save_map)
        self.by_province = ResultModel([ShownColumn(each) for each in BY_PROVINCE], words)
        self.by_location = ResultModel([ShownColumn(each) for each in BY_LOCATION], words)
        self._provinces = ResultGrid(self.by_province)
        self._locations = ResultGrid(self.by_location)
        self._tables = QTabWidget()
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._connect()
        self.follow()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._title.setText(self._words.say("map.title"))
        self._lead.setText(self._words.say("map.lead"))
        self._shows_label.setText(self._words.say("map.shows"))
        self.shows.setAccessibleName(self._words.say("map.shows"))
        for at, each in enumerate(Shows):
            self.shows.setItemText(at, self._words.say(f"map.shows.{each}"))
        self._month_label.setText(self._words.say("map.month"))
        self.month.setAccessibleName(self._words.say("map.month"))
        self.panel.setAccessibleName(self._words.say("map.title"))
        self._tables.setTabText(0, self._words.say("map.by_province"))
        self._tables.setTabText(1, self._words.say("map.by_location"))
        self._provinces.setAccessibleName(self._words.say("map.by_province"))
        self._locations.setAccessibleName(self._words.say("map.by_location"))
        self._open.setText(self._words.say("map.open_location"))
        self._copy_picture.setText(self._words.say("map.copy_picture"))
        self._copy_data.setText(self._words.say("chart.copy_data"))
        self._save.setText(self._words.say("map.save"))
        self._copy_picture.setIcon(self._theme.icon("picture"))
        self._copy_data.setIcon(self._theme.icon("copy"))
        self._save.setIcon(self._theme.icon("export"))
        self.show_again()

    def show_plan(self) -> None:
        """Show the plan anew, in the month that was chosen where it still has that."""
        found = self._plan_figures.current()
        if found is None or not found.months:
            return
        with QSignalBlocker(self.month):
            self.month.setRange(0, len(found.months) - 1)
            chosen = self._session.month.month
            if chosen not in found.months:
                chosen = MainFigures.of(found.made.shown.tables).month_that_matters
            if chosen in found.months:
                self.month.setValue(found.months.index(chosen))
        self._show_month()

    def _take_month(self) -> None:
        """Show the month that is looked at, where the plan has it."""
        found, month = self._plan_figures.current(), self._session.month.month
        if found is not None and month in found.months:
            self.month.setValue(found.months.index(month))

    def _tell_month(self, at: int) -> None:
        found = self._plan_figures.current()
        if found is not None and at < len(found.months):
            self._session.month.choose(found.months[at])

    def _show_month(self) -> None:
        found = self._plan_figures.current()
        if found is None or not found.months:
            return
        month = found.months[min(self.month.value(), len(found.months) - 1)]
        name = self._words.month(month)
        self._month_name.setText(name)
        self.month.setAccessibleDescription(name)
        spots = found.spots(month)
        picture = self._picture(found, month, spots)
        self._key_beside.show_key(picture.key)
        self.panel.show_picture(picture)
        self._fill_table(found, month, spots)
        self._say_chosen()
        means = [self._words.say(f"map.shows.{self._kind_shown}.means")]
        if self._kind_shown is Shows.SHORTFALL and found.provinces_short(month):
            means.append(self._words.say("map.provinces_mean"))
        if len(spots) >= CROWD:
            means.append(self._words.say("map.clusters_mean"))
        missing = sum(
            each.location.longitude is None or each.location.latitude is None for each in spots
        )
        if missing:
            locations = self._words.counted("locations", missing)
            means.append(self._words.say("map.not_placed", locations=locations))
        self._means.setText(" ".join(means))

    def _fill_table(
        self, found: ByLocation, month: dt.date, spots: tuple[LocationState, ...]
    ) -> None:
        """List the month in the table that is in view; the other waits until it is."""
        if self._tables.currentIndex() == 0:
            self.by_province.show(province_rows(spots, found.provinces_short(month)))
            return
        self._codes = {name_of(each.location): each.location.id for each in spots}
        self.by_location.show(location_rows(spots, self._words))
        self._choose(self.panel.code)

    @property
    def _kind_shown(self) -> Shows:
        return Shows(self.shows.currentData())

    def _picture(
        self, found: ByLocation, month: dt.date, spots: tuple[LocationState, ...]
    ) -> MapPicture:
        shows = self._kind_shown
        short = shows is Shows.SHORTFALL
        arrears = {
            province_key(name): sum(each.amount for each in falling)
            for name, falling in (found.provinces_short(month) if short else {}).items()
        }
        worst = sorted(spots, key=Shows.SHORTFALL.size, reverse=True)[:WORST]
        worst = [spot for spot in worst if Shows.SHORTFALL.size(spot) > 0]
        most = max(arrears.values(), default=1.0) or 1.0
        return MapPicture(
            spots,
            shows,
            Shows.SHORTFALL.size(worst[0]) if short and worst else self._largest(found),
            {name: (value / most, self._words.number(value)) for name, value in arrears.items()},
            self._key(spots),
            frozenset(spot.location.id for spot in worst) if short else None,
        )

    def _largest(self, found: ByLocation) -> float:
        """Return the largest of all months, so that dots of one month compare with another's."""
        return {
            Shows.OCCUPANCY: found.most_beds,
            Shows.DOL: found.most_prepared,
            Shows.EMERGENCY: found.most_emergency,
            Shows.SHORTFALL: 1.0,
        }[self._kind_shown]

    def _key(self, spots: tuple[LocationState, ...]) -> tuple[KeyEntry, ...]:
        """Return the key to what is shown: the kinds that occur, or the largest shortfalls."""
        shows = self._kind_shown
        if shows is Shows.SHORTFALL:
            return (KeyEntry(None, self._words.say("map.key.short")),)
        if shows is Shows.DOL:
            return (KeyEntry(PlaceKind.DOL, kind_name(self._words, PlaceKind.DOL)),)
        occurring = {spot.kind for spot in spots if shows.size(spot) > 0}
        return tuple(
            KeyEntry(kind, kind_name(self._words, kind)) for kind in SHAPES if kind in occurring
        )

    def _tell_many(self, cluster: MapCluster) -> str:
        """Return in words what several locations come to that are drawn as one."""
        spots = cluster.spots
        fields = {
            "count": len(spots),
            "beds": self._words.number(cluster.beds),
            "people": self._words.number(sum(spot.people for spot in spots)),
            "emergency": self._words.number(sum(spot.emergency for spot in spots)),
        }
        names = ", ".join(name_of(spot.location) for spot in spots[:NAMED])
        more = ", …" if len(spots) > NAMED else ""
        return f"{self._words.say('map.cluster', **fields)}\n{names}{more}"

    def _say_chosen(self) -> None:
        said = self.panel.accessibleDescription()
        self.read_out.setText(said or self._words.say("map.none_chosen"))
        allow(self._open, "" if self.panel.code else self._words.say("why_not.no_place"))

    def _place_key(self, on_map: bool) -> None:  # noqa: FBT001 - of a signal
        """Show the key beside the map where it does not stand on it; then more room is needed."""
        self._key_beside.setHidden(on_map)
        least = self.fontMetrics().height() * LEAST_LINES
        self._halves.setMinimumHeight(least + (0 if on_map else self._key_beside.height()))

    def _choose(self, code: str) -> None:
        """Mark a location that was chosen on the map in the table too."""
        self._say_chosen()
        for at in range(self.by_location.rowCount()):
            if self._code_at(at) == code:
                with QSignalBlocker(self._locations.selectionModel()):
                    self._locations.selectRow(at)
                self._locations.viewport().update()
                return

    def _choose_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self.panel.choose(self._code_at(index.row()))

    def _open_row(self, index: QModelIndex) -> None:
        self._open_location(self._code_at(index.row()))

    def _code_at(self, row: int) -> str:
        return self._codes[self.by_location.row(row)[0]]

    def _open_chosen(self) -> None:
        if self.panel.code:
            self._open_location(self.panel.code)

    def _copy_map(self) -> None:
        sheet = self._sheet()
        if sheet is not None:
            QGuiApplication.clipboard().setImage(map_export.image(sheet))

    def _copy_table(self) -> None:
        shown = self.by_location if self._tables.currentIndex() else self.by_province
        QGuiApplication.clipboard().setText(shown.as_text())

    def _save_map(self) -> None:
        sheet = self._sheet()
        path = None if sheet is None else self._ask_path(self._words.say("map.title"))
        if sheet is None or path is None:
            return
        key = map_export.saved(sheet, path)
        self._told.tell(lambda: self._words.say(key, path=path))

    def _sheet(self) -> map_export.MapSheet | None:
        """Return the map as it is shown, for on paper."""
        found = self._plan_figures.current()
        if found is None or not found.months:
            return None
        month = found.months[min(self.month.value(), len(found.months) - 1)]
        shows = self._words.say(f"map.shows.{self._kind_shown}")
        subtitle = self._words.say(
            "map.on_paper",
            shows=shows,
            month=self._words.month(month),
            scenario=self._words.called(found.made.shown.scenario),
        )
        picture = self._picture(found, month, found.spots(month))
        title, credit = self._words.say("map.title"), self._words.say("map.credit")
        return map_export.MapSheet(picture, title, subtitle, credit)

    def _connect(self) -> None:
        self.month.valueChanged.connect(lambda _value: self._show_month())
        self.month.valueChanged.connect(self._tell_month)
        self._session.month.changed.connect(self._take_month)
        self.shows.currentIndexChanged.connect(lambda _at: self._show_month())
        self.panel.chosen.connect(self._choose)
        self.panel.opened.connect(self._open_location)
        self.panel.key_fitted.connect(self._place_key)
        self._locations.selectionModel().currentRowChanged.connect(self._choose_row)
        self._locations.activated.connect(self._open_row)
        self._tables.currentChanged.connect(lambda _at: self._show_month())

    def _lay_out(self) -> None:
        self.read_out.setWordWrap(True)
        self.read_out.setMinimumHeight(self.fontMetrics().height() * 3)
        self.read_out.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.month.setPageStep(3)
        self.month.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.month.setTickInterval(1)
        self.month.setMinimumWidth(self.fontMetrics().averageCharWidth() * 26)
        self._month_name.setMinimumWidth(self.fontMetrics().averageCharWidth() * 10)
        self._locations.sort_by_header()
        self._tables.setDocumentMode(True)
        self._tables.setProperty("within", "true")
        self._tables.addTab(self._provinces, "")
        self._tables.addTab(self._locations, "")
        for table in (self._provinces, self._locations):
            table.setMinimumHeight(self.fontMetrics().height() * 7)
        side = column(
            self._means,
            self.read_out,
            row(self._open, self._copy_data),
            self._tables,
            row(self._copy_picture, self._save),
            self._told,
            self._key_beside,
        )
        halves = self._halves
        halves.addWidget(self.panel)
        halves.addWidget(side)
        halves.setSizes([620, 580])
        keep_share(halves, "map")
        side.setContentsMargins(8, 0, 0, 0)
        halves.setChildrenCollapsible(False)
        # What the halves would like does not count: the page scrolls only below their least.
        halves.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(16, 14, 16, 14)
        box.addWidget(self._title)
        box.addWidget(self._lead)
        choices = (self._shows_label, self.shows, self._month_label, self.month, self._month_name)
        box.addWidget(row(*choices))
        box.addWidget(halves, 1)
        self.hold(scrolling(page))
