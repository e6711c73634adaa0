"""Slips that planners make in a workbook, planted in a demo: where, and what then stands there.

Each is one cell (or two that changed places) of the small and of the national demo. All of them
were written before the questions about input were tuned to find them; the questions were then
tuned on them, so that what they show is what is found, and not how much of anything is found. That
is what the random slips in `random_slips` are for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from planner.input.book import Book
from planner.input.edits import AddRow, DropRow, Edit, SetCell
from planner.input.typed import read_tables

Cell = tuple[str, int, str]
Change = Callable[[Any], Any]


@dataclass(frozen=True)
class Slip:
    """A slip: the row by its key (in either demo), and what becomes of each of its cells."""

    name: str
    table: str
    small: Mapping[str, object]
    national: Mapping[str, object]
    becomes: Mapping[str, Change]
    # In which demo nothing in the workbook shows it, since it stands within what is usual there.
    unseen_in_national: bool = False

    def planted(self, book: Book, size: str) -> tuple[list[Edit], set[Cell]]:
        """Return the edits that plant it, and the cells that are wrong then."""
        row = row_of(book, self.table, self.small if size == "small" else self.national)
        edits: list[Edit] = [
            SetCell(self.table, row, column, change(book.cell(self.table, row, column)))
            for column, change in self.becomes.items()
        ]
        return edits, {(self.table, row, column) for column in self.becomes}


def row_of(book: Book, table: str, key: Mapping[str, object]) -> int:
    """Return the first row of a table of which the fields are as in a key."""
    for each in read_tables(book)[0].rows(table):
        if all(getattr(each.record, name) == value for name, value in key.items()):
            return each.row
    raise LookupError(key)


def to(value: object) -> Change:
    return lambda _: value


def times(by: float) -> Change:
    return lambda number: round(number * by) if isinstance(number, int) else number * by


def years(by: int) -> Change:
    return lambda day: day.replace(year=day.year + by, day=min(day.day, 28))


def at(  # noqa: PLR0913 - where it is in either demo, and what
    name: str, small: str, national: str, column: str, change: Change, *, unseen: bool = False
) -> Slip:
    """Return a slip in one cell of a location."""
    return Slip(name, "locations", {"id": small}, {"id": national}, {column: change}, unseen)


def of(name: str, table: str, column: str, change: Change, /, **key: object) -> Slip:
    """Return a slip in a row that has the same key in both demos."""
    return Slip(name, table, key, key, {column: change})


def counted(name: str, column: str, change: Change, *where: tuple[str, str]) -> Slip:
    """Return a slip in the count, at a location and group of either demo."""
    (small, group), (national, other) = where
    keys = {"location": small, "group": group}, {"location": national, "group": other}
    return Slip(name, "occupancy", *keys, {column: change})


AZC, OTHER = ("L05", "N012"), ("L03", "N010")
ENDS, EMERGENCY = ("L06", "N014"), ("L17", "N095")
NOVEMBER = {"scenario": "middle", "month": dt.date(2026, 11, 1), "stream": "first_applications"}
MEN = (("L03", "single_men"), ("N010", "single_men"))
PERMITS = (("L05", "permit_holders"), ("N012", "permit_holders"))
DIGITS = {530: 350, 458: 845}


def arrivals(name: str, column: str, change: Change) -> Slip:
    return of(name, "inflow", column, change, **NOVEMBER)


def parameter(name: str, parameter_: str, change: Change, column: str = "value") -> Slip:
    return of(name, "parameters", column, change, parameter=parameter_)


SLIPS: tuple[Slip, ...] = (
    at("beds_a_digit_more", "L07", "N011", "beds", times(10)),
    at("beds_a_digit_less", *AZC, "beds", times(0.1)),
    at("beds_digits_swapped", *OTHER, "beds", lambda beds: DIGITS[beds]),
    at("beds_another_first_digit", *OTHER, "beds", lambda beds: beds - 300),
    at("beds_nothing", *AZC, "beds", to(0)),
    Slip(
        "beds_and_staff_changed_places",
        "locations",
        {"id": OTHER[0]},
        {"id": OTHER[1]},
        {"beds": to(49), "staff_fte": to(530)},
    ),
    at("staff_a_digit_more", *AZC, "staff_fte", times(10)),
    at("staff_empty", *AZC, "staff_fte", to(None)),
    at("staff_in_hours", "L09", "N062", "staff_fte", times(36)),
    at("end_of_last_year", *ENDS, "open_until", to(dt.date(2026, 2, 28))),
    at("end_a_century_later", *ENDS, "open_until", years(100)),
    at("end_a_century_earlier", *ENDS, "open_until", years(-100)),
    at("emergency_ends_ten_years_on", *EMERGENCY, "open_until", years(10), unseen=True),
    at("begins_next_year", *AZC, "open_from", to(dt.date(2027, 1, 1))),
    at("begins_after_its_end", *ENDS, "open_from", to(dt.date(2028, 1, 1))),
    at("extended_before_its_end", "L14", "N100", "extendable_until", years(-3)),
    at("lead_time_in_weeks", "L20", "N306", "lead_time_months", times(4.3)),
    at("lead_time_in_days", "L20", "N306", "lead_time_months", times(30)),
    at("another_province", "L05", "N035", "province", to("Groningen")),
    at("province_misspelt", *AZC, "province", to("Gelderlnd")),
    at("province_empty", *AZC, "province", to(None)),
    at("type_of_minors", *AZC, "type", to("amv")),
    at("type_of_care", *OTHER, "type", to("special")),
    at("open_called_candidate", *AZC, "status", to("candidate")),
    at("id_mistyped", *AZC, "id", lambda name: f"{name[0]}O{name[2:]}"),
    counted("counted_at_no_location", "location", to("Q77"), *PERMITS),
    counted("count_a_digit_more", "people", times(10), *MEN),
    counted("count_a_digit_less", "people", times(0.1), *PERMITS),
    counted("count_of_last_year", "date", years(-1), *MEN),
    counted("count_of_another_group", "group", to("unaccompanied_minors"), *MEN),
    at("not_for_children", *AZC, "child_suitable", to("no")),
    at("not_for_women", *OTHER, "women_safe", to("no")),
    at("no_seats", *AZC, "school_seats", to(0), unseen=True),
    at("seats_a_digit_more", *AZC, "school_seats", times(10)),
    at("no_accessible_beds", *AZC, "accessible_beds", to(0)),
    at("dol_over_beds", *OTHER, "dol_beds", times(10)),
    at("least_dol_over_dol", *OTHER, "dol_min_section", times(10)),
    at("norm_as_percentage", *AZC, "occupancy_norm", to(91)),
    at("norm_another_digit", *AZC, "occupancy_norm", to(0.19)),
    at("most_people_a_digit_less", *AZC, "max_people", to(60)),
    at("cost_by_day", *AZC, "cost_per_bed_month", to(83)),
    at("cost_by_year", *AZC, "cost_per_bed_month", to(30_360)),
    at("cost_in_thousands", *AZC, "cost_per_bed_month", to(2.53)),
    at("cost_below_nothing", *AZC, "cost_per_bed_month", times(-1)),
    at("longitude_another_digit", "L05", "N035", "longitude", lambda degrees: degrees + 2),
    at("term_of_one_month", "L14", "N100", "emergency_max_months", to(1)),
    at("intake_a_digit_more", "L01", "N001", "intake_per_week", times(10)),
    at("intake_a_digit_less", "L01", "N001", "intake_per_week", times(0.1), unseen=True),
    arrivals("arrivals_a_digit_more", "people", times(10.0)),
    arrivals("arrivals_a_digit_less", "people", times(0.1)),
    arrivals("arrivals_another_first_digit", "people", times(2.3)),
    arrivals("arrivals_empty", "people", to(None)),
    arrivals("arrivals_nothing", "people", to(0)),
    arrivals("arrivals_below_nothing", "people", times(-1)),
    arrivals("arrivals_of_last_year", "month", years(-1)),
    arrivals("stream_misspelt", "stream", to("first_aplications")),
    Slip("ceiling_a_digit_less", "ceilings", {}, {}, {"people": times(0.1)}),
    Slip("ceiling_a_digit_more", "ceilings", {}, {}, {"people": times(10)}),
    of("task_a_digit_more", "provinces", "task", times(10.0), province="Gelderland"),
    of("task_as_percentage", "provinces", "task", to(11.3), province="Gelderland"),
    of("province_staff_less", "provinces", "staff_fte", times(0.1), province="Gelderland"),
    of("stay_in_weeks", "groups", "stay_months", times(4.35), group="single_men"),
    of("stay_in_days", "groups", "stay_months", times(30.4), group="dublin_single"),
    of("stay_in_years", "groups", "stay_months", times(1 / 12), group="permit_holders"),
    of("school_share_less", "groups", "school_share", times(0.1), group="families"),
    of("kind_barred", "groups", "regular", to("barred"), group="families"),
    of("group_misspelt", "groups", "group", to("familes"), group="families"),
    of("staff_for_one_person", "groups", "staff_per_100", times(0.01), group="single_men"),
    parameter("no_transfer_term", "transfer_months", to(0)),
    parameter("transfer_term_in_weeks", "transfer_months", to(26)),
    parameter("no_claims", "dublin_accepted_share", to(0)),
    parameter("claims_digits_swapped", "dublin_accepted_share", to(0.81)),
    parameter("claims_as_percentage", "dublin_accepted_share", to(18)),
    parameter("no_growth", "dol_growth_per_month", to(0)),
    parameter("growth_a_hundred_times", "dol_growth_per_month", times(100)),
    parameter("band_a_digit_more", "dol_band_low", times(10)),
    parameter("norm_divided_again", "occupancy_norm", to(0.091)),
    parameter("rate_of_another_year", "accelerated_share", to(dt.date(2036, 6, 12)), "valid_from"),
    parameter("granted_divided_again", "granted_share", to(0.033)),
    parameter("housed_a_digit_less", "permits_housed_month", times(0.1)),
    parameter("housed_a_digit_more", "permits_housed_month", times(10)),
    parameter("peak_a_digit_more", "peak_week_factor", to(15)),
    parameter("registration_in_hours", "registration_stay_days", to(240)),
    parameter("decision_in_weeks", "regular_decision_months", to(26)),
    parameter("law_of_another_decade", "dublin_start_date", to(dt.date(2036, 6, 12))),
)


@dataclass(frozen=True)
class RowSlip:
    """A slip with whole rows, or in two of them."""

    name: str
    planted: Callable[[Book, str], tuple[list[Edit], set[Cell]]]


def _pasted(book: Book, size: str) -> tuple[list[Edit], set[Cell]]:
    sheet = book.tables["locations"]
    row = row_of(book, "locations", {"id": {"small": "L04", "national": "N010"}[size]})
    cells = {key: book.cell("locations", row, key) for key in sheet.positions}
    there = sheet.next_row
    return [AddRow("locations", there, {**cells, "id": "X99"})], {("locations", there, "id")}


def _not_counted(book: Book, size: str) -> tuple[list[Edit], set[Cell]]:
    name = {"small": "L05", "national": "N012"}[size]
    rows = read_tables(book)[0].rows("occupancy")
    gone: list[Edit] = [
        DropRow("occupancy", each.row) for each in rows if each.record.location == name
    ]
    return gone, {("locations", row_of(book, "locations", {"id": name}), "id")}


def _streams_changed_places(book: Book, _size: str) -> tuple[list[Edit], set[Cell]]:
    rows = [
        row_of(book, "inflow", {**NOVEMBER, "stream": stream})
        for stream in ("first_applications", "family_reunion")
    ]
    numbers = [book.cell("inflow", row, "people") for row in rows]
    edits: list[Edit] = [
        SetCell("inflow", row, "people", number)
        for row, number in zip(rows, reversed(numbers), strict=True)
    ]
    return edits, {("inflow", row, "people") for row in rows}


ROW_SLIPS = (
    RowSlip("location_pasted_twice", _pasted),
    RowSlip("location_not_counted", _not_counted),
    RowSlip("streams_changed_places", _streams_changed_places),
)


def every_slip(size: str) -> Iterator[Slip | RowSlip]:
    """Yield the slips that a demo's own figures can show."""
    for each in SLIPS:
        if size == "small" or not each.unseen_in_national:
            yield each
    yield from ROW_SLIPS
