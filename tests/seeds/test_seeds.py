"""The starter data is complete and sourced, and the demo cases are what they claim to be."""

import csv
from collections import Counter
from pathlib import Path

import pytest

import seeds
from seeds.allotment import divide
from seeds.demo_arrivals import FACTORS, FAMILY_FOLLOWS_AFTER, YEARLY
from seeds.demo_tables import COLUMNS, read
from seeds.generate import demo_files, main

FOLDER = Path(seeds.__file__).parent
DEMOS = ("demo_small", "demo_national")
KINDS = [row["kind"] for row in read(FOLDER / "kinds.csv")]
EMERGENCY = {"emergency_fixed", "emergency_tent", "crisis"}
GROUPS = {row["group"]: row for row in read(FOLDER / "groups.csv")}
KIND_OF_TYPE = {row["type"]: row["kind"] for row in read(FOLDER / "types.csv")}


def demo_table(demo: str, table: str) -> list[dict[str, str]]:
    return read(FOLDER / demo / f"{table}.csv")


def residents(demo: str) -> Counter[str]:
    people: Counter[str] = Counter()
    for row in demo_table(demo, "occupancy"):
        people[row["location"]] += int(row["people"])
    return people


# --- the generator


def test_generated_files_are_the_committed_ones() -> None:
    for name, content in demo_files().items():
        assert content == (FOLDER / name).read_bytes(), name


def test_no_file_in_a_demo_folder_is_left_ungenerated() -> None:
    folders = (*DEMOS, "year_2024", "from_2025")
    found = {f"{demo}/{p.name}" for demo in folders for p in (FOLDER / demo).glob("*")}
    assert set(demo_files()) == found


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    main(tmp_path)
    first = {p: p.read_bytes() for p in tmp_path.rglob("*.csv")}
    main(tmp_path)
    assert first == {p: p.read_bytes() for p in tmp_path.rglob("*.csv")}


def test_division_keeps_the_total_and_the_caps() -> None:
    assert [3, 3, 4] == divide(10, [10, 1, 1], caps=[3, 3, 9])


def test_division_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        divide(10, [1, 1], caps=[4, 5])


# --- the published totals of the national demo


def test_national_counts_locations_as_published() -> None:
    still = [r for r in demo_table("demo_national", "locations") if r["status"] == "open"]
    emergency = sum(row["type"] in EMERGENCY for row in still)
    assert (94, 210) == (len(still) - emergency, emergency)


def test_national_residents_are_those_published() -> None:
    types = {r["id"]: r["type"] for r in demo_table("demo_national", "locations")}
    people = residents("demo_national")
    emergency = sum(n for location, n in people.items() if types[location] in EMERGENCY)
    assert (34675, 30393) == (people.total() - emergency, emergency)


def test_national_permit_holders_are_those_published() -> None:
    rows = demo_table("demo_national", "occupancy")
    assert 18651 == sum(int(r["people"]) for r in rows if r["group"] == "permit_holders")


def test_national_contracts_run_off_as_published() -> None:
    rows = [r for r in demo_table("demo_national", "locations") if r["status"] == "open"]
    months = ("2026-07-01", "2026-10-01", "2027-01-01", "2027-04-01", "2027-07-01")
    beds = [
        sum(int(r["beds"]) for r in rows if not r["open_until"] or r["open_until"] > month)
        for month in months
    ]
    published = (42732, 41827, 34524, 31607, 30066)
    assert [round(beds[0] * places / published[0]) for places in published] == beds


def test_national_covers_provinces_months_and_groups() -> None:
    places = {r["province"] for r in demo_table("demo_national", "locations")}
    assert {r["province"] for r in read(FOLDER / "provinces.csv")} == places
    months = sorted({r["month"] for r in demo_table("demo_national", "inflow")})
    assert (25, "2026-06-01", "2028-06-01") == (len(months), months[0], months[-1])


def test_national_minors_locations_have_30_to_100_places() -> None:
    rows = demo_table("demo_national", "locations")
    assert all(30 <= int(r["beds"]) <= 100 for r in rows if r["type"] == "amv")


def test_a_third_of_national_centres_has_a_dol_part() -> None:
    rows = [r for r in demo_table("demo_national", "locations") if r["status"] == "open"]
    centres = [r for r in rows if r["type"] == "azc"]
    with_part = [int(r["dol_beds"]) for r in centres if int(r["dol_beds"])]
    assert len(centres) / 3 == len(with_part)
    assert sum(with_part) > 2000


def test_ter_apel_starts_below_its_ceiling() -> None:
    [ceiling] = demo_table("demo_national", "ceilings")
    people = residents("demo_national")
    parts = ceiling["locations"].split(";")
    names = {r["id"]: r["name"] for r in demo_table("demo_national", "locations")}
    assert ["Demo col Ter Apel", "Demo vbl Ter Apel"] == [names[part] for part in parts]
    assert "2000" == ceiling["people"]
    assert sum(people[part] for part in parts) <= 2000


# --- the small demo


def test_small_has_twenty_locations_and_twelve_months() -> None:
    assert 20 == len(demo_table("demo_small", "locations"))
    # June 2026 is past: who came in it from the 12th on is part of the occupancy.
    assert 13 == len({r["month"] for r in demo_table("demo_small", "inflow")})


def test_small_shows_each_planning_question() -> None:
    rows = demo_table("demo_small", "locations")
    types = {r["type"] for r in rows}
    assert {"col", "amv", "special", "emergency_fixed", "emergency_tent"} <= types
    assert any(r["status"] == "candidate" for r in rows)
    assert any(r["extendable_until"] for r in rows)
    assert any(
        r["type"] == "azc" and r["open_until"] < "2027-07-01" for r in rows if r["open_until"]
    )
    assert any(int(r["dol_beds"]) for r in rows)


# --- both demos


@pytest.mark.parametrize("demo", DEMOS)
def test_nobody_sleeps_beyond_the_beds(demo: str) -> None:
    beds = {r["id"]: int(r["beds"]) for r in demo_table(demo, "locations")}
    assert [] == [where for where, people in residents(demo).items() if people > beds[where]]


@pytest.mark.parametrize("demo", DEMOS)
def test_nobody_is_in_a_barred_kind(demo: str) -> None:
    types = {r["id"]: r["type"] for r in demo_table(demo, "locations")}
    for row in demo_table(demo, "occupancy"):
        kind = KIND_OF_TYPE[types[row["location"]]]
        assert GROUPS[row["group"]][kind] != "barred", row


@pytest.mark.parametrize("demo", DEMOS)
def test_only_open_locations_house_people(demo: str) -> None:
    opened = {r["id"] for r in demo_table(demo, "locations") if r["status"] == "open"}
    assert set(residents(demo)) <= opened


@pytest.mark.parametrize("demo", DEMOS)
def test_dol_parts_are_separable_parts_of_centres(demo: str) -> None:
    for row in demo_table(demo, "locations"):
        if int(row["dol_beds"]):
            assert "azc" == row["type"]
            assert int(row["dol_prepared"]) <= int(row["dol_beds"]) < int(row["beds"])
            assert int(row["dol_min_section"]) <= int(row["dol_beds"])


@pytest.mark.parametrize("demo", DEMOS)
def test_contract_dates_are_in_order(demo: str) -> None:
    for row in demo_table(demo, "locations"):
        dates = [row[c] for c in ("open_from", "open_until", "extendable_until") if row[c]]
        assert sorted(dates) == dates, row["id"]


@pytest.mark.parametrize("demo", DEMOS)
def test_demos_are_planned_from_arrivals(demo: str) -> None:
    assert [] == demo_table(demo, "forecast")
    rows = demo_table(demo, "inflow")
    months = {r["month"] for r in rows}
    given = {(r["scenario"], r["month"], r["stream"]) for r in rows}
    assert len(FACTORS) * len(YEARLY) * len(months) == len(given) == len(rows)


def test_arrivals_of_a_year_are_those_published() -> None:
    rows = demo_table("demo_national", "inflow")
    for scenario, factor in FACTORS.items():
        for stream, year in YEARLY.items():
            months = sorted(
                (r["month"], float(r["people"]))
                for r in rows
                if (r["scenario"], r["stream"]) == (scenario, stream)
            )
            assert pytest.approx(year * factor, abs=6) == sum(n for _, n in months[1:13])
    # 43,480 a year in the middle lie between 39,000 and 67,100 (MPP, September 2025).
    assert 39000 < sum(YEARLY.values()) - YEARLY["border"] < 67100


def test_family_follows_from_permits_after_the_delay_of_the_streams() -> None:
    [row] = [r for r in read(FOLDER / "streams.csv") if r["stream"] == "permits"]
    assert FAMILY_FOLLOWS_AFTER == int(row["delay_months"])
    months = {r["month"] for r in demo_table("demo_national", "inflow")}
    nobody = {
        r["month"]
        for r in demo_table("demo_national", "inflow")
        if r["stream"] == "family_reunion" and float(r["people"]) == 0
    }
    assert sorted(months)[1 + FAMILY_FOLLOWS_AFTER :] == sorted(nobody)


@pytest.mark.parametrize("demo", DEMOS)
def test_arrivals_are_ordered_low_middle_high(demo: str) -> None:
    totals: Counter[tuple[str, str]] = Counter()
    for row in demo_table(demo, "inflow"):
        totals[row["scenario"], row["month"]] += round(10 * float(row["people"]))
    for month in sorted({month for _, month in totals})[1:]:
        assert totals["low", month] < totals["middle", month] < totals["high", month]


@pytest.mark.parametrize("demo", DEMOS)
def test_the_supplied_scenarios_are_there(demo: str) -> None:
    assert {
        "longer_contracts", "slower_dol", "transfers_stop", "transfers_stop_one_country",
        "twice_the_stay", "term_after_return", "next_peak", "ter_apel_down",
        "three_municipalities_refuse",
    } == {r["scenario"] for r in demo_table(demo, "scenarios")}  # fmt: skip


def test_national_places_are_those_published() -> None:
    rows = demo_table("demo_national", "locations")
    lasting = sum(int(r["beds"]) for r in rows if r["status"] == "open" and r["durable"] == "yes")
    assert pytest.approx(50000, rel=0.06) == lasting
    ahead = [r for r in rows if r["status"] == "candidate" and r["type"] == "azc"]
    assert 27000 == sum(int(r["beds"]) for r in ahead)


@pytest.mark.parametrize("demo", DEMOS)
def test_references_resolve(demo: str) -> None:
    ids = {r["id"] for r in demo_table(demo, "locations")}
    assert set(residents(demo)) <= ids
    for row in demo_table(demo, "ceilings"):
        assert set(row["locations"].split(";")) <= ids
    parameters = {r["parameter"] for r in read(FOLDER / "parameters.csv")}
    arrivals = demo_table(demo, "inflow")
    inflow = {"|".join((r["scenario"], r["month"], r["stream"])) for r in arrivals}
    stages = {"|".join((r["stage"], r["group"])) for r in read(FOLDER / "stages.csv")}
    keys = {"Locations": ids, "Groups": set(GROUPS), "Inflow": inflow, "Stages": stages}
    for row in demo_table(demo, "scenarios"):
        if row["table"] == "Parameters":
            assert row["key"].split("|")[0] in parameters
        else:
            assert row["key"] in keys[row["table"]]
            starter = row["table"] in {"Groups", "Stages"}
            assert starter or row["column"] in COLUMNS[row["table"].lower()]
    own = FOLDER / demo / "provinces.csv"
    provinces = {r["province"] for r in read(own if own.exists() else FOLDER / "provinces.csv")}
    assert {r["province"] for r in demo_table(demo, "locations")} <= provinces


@pytest.mark.parametrize("demo", DEMOS)
def test_the_synthetic_label_reaches_every_location(demo: str) -> None:
    assert all(r["name"].startswith("Demo ") for r in demo_table(demo, "locations"))
    about = {r["key"]: r["value"] for r in demo_table(demo, "about")}
    assert about["label_nl"].startswith("Synthetisch")
    assert about["label_en"].startswith("Synthetic")


def test_small_parameters_differ_only_where_scaled() -> None:
    national = {r["parameter"]: r for r in read(FOLDER / "parameters.csv")}
    own = {r["parameter"]: r for r in demo_table("demo_small", "parameters")}
    assert list(national) == list(own)
    changed = [key for key in own if own[key] != national[key]]
    assert "horizon_months" in changed
    assert all(own[key]["source"].startswith("Synthetic: national") for key in changed)
    assert ["12", "72", "120"] == [
        own[key]["value"] for key in ("dol_growth_per_month", "dol_band_low", "dol_published_mean")
    ]


# --- sources, keys and references of the starter data


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("groups", ("group",)),
        ("groups_sources", ("table", "key", "column")),
        ("kinds", ("kind",)),
        ("types", ("type",)),
        ("parameters", ("parameter",)),
        ("provinces", ("province",)),
        ("streams", ("stream", "stage_left", "group", "stage")),
        ("stages", ("stage", "group")),
        ("sources", ("key",)),
        ("demo_sources", ("demo", "table", "column")),
        ("demo_small/locations", ("id",)),
        ("demo_national/locations", ("id",)),
        ("demo_small/occupancy", ("date", "location", "group")),
        ("demo_national/occupancy", ("date", "location", "group")),
        ("demo_small/inflow", ("scenario", "month", "stream")),
        ("demo_national/inflow", ("scenario", "month", "stream")),
        ("demo_national/scenarios", ("scenario", "table", "key", "column")),
    ],
)
def test_keys_are_unique(name: str, key: tuple[str, ...]) -> None:
    rows = read(FOLDER / f"{name}.csv")
    seen = Counter(tuple(row[part] for part in key) for row in rows)
    assert [] == [k for k, count in seen.items() if count > 1]


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.csv")), ids=lambda p: p.stem)
def test_every_row_has_as_many_cells_as_the_header(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        widths = {len(row) for row in csv.reader(file)}
    assert 1 == len(widths)


@pytest.mark.parametrize("name", ["kinds", "types", "parameters", "provinces", "streams", "stages"])
def test_every_row_has_a_source(name: str) -> None:
    assert all(row["source"] for row in read(FOLDER / f"{name}.csv"))


def test_every_parameter_has_unit_titles_and_meanings() -> None:
    for row in read(FOLDER / "parameters.csv"):
        texts = ("unit", "title_nl", "title_en", "meaning_nl", "meaning_en")
        assert all(row[column] for column in texts), row["parameter"]
        assert not row["valid_until"] or row["valid_from"] <= row["valid_until"]


def test_every_cell_of_the_groups_has_a_unit_and_a_source() -> None:
    sourced = {
        (r["key"], r["column"])
        for r in read(FOLDER / "groups_sources.csv")
        if r["table"] == "groups" and r["unit"] and r["source"]
    }
    plain = {"group", "title_nl", "title_en"}
    cells = {(g, column) for g, row in GROUPS.items() for column in row if column not in plain}
    assert cells == sourced


@pytest.mark.parametrize("demo", DEMOS)
@pytest.mark.parametrize("table", ["locations", "occupancy", "inflow", "scenarios"])
def test_every_figure_of_a_demo_has_a_source(demo: str, table: str) -> None:
    sourced = {
        row["column"]
        for row in read(FOLDER / "demo_sources.csv")
        if row["table"] == table and row["demo"] in {demo, "both"} and row["unit"] and row["source"]
    }
    plain = {"id", "location", "key", "date", "month"}
    figures = {
        column
        for row in demo_table(demo, table)
        for column, cell in row.items()
        if cell[:1].isdigit() and column not in plain
    }
    assert figures <= sourced


def test_ceilings_and_demo_provinces_have_a_source() -> None:
    for demo in DEMOS:
        assert all(row["source"] for row in demo_table(demo, "ceilings"))
    assert all(row["source"] for row in demo_table("demo_small", "provinces"))


def test_every_group_says_for_each_kind_how_it_suits() -> None:
    for group, row in GROUPS.items():
        assert {row[kind] for kind in KINDS} <= {"preferred", "fallback", "barred"}, group
        assert "preferred" in {row[kind] for kind in KINDS}, group


def test_every_group_has_a_place_in_times_of_shortage() -> None:
    for group, row in GROUPS.items():
        assert "barred" not in {row["regular"], row["emergency_fixed"], row["emergency_tent"]}, (
            group
        )


def test_only_the_dublin_groups_may_be_in_dol() -> None:
    allowed = {group for group, row in GROUPS.items() if row["dol"] != "barred"}
    assert {"dublin_single", "dublin_family"} == allowed


def test_types_name_known_kinds_and_dol_is_no_type() -> None:
    assert set(KINDS) - {"dol"} == set(KIND_OF_TYPE.values())


def test_streams_divide_all_arrivals_over_known_groups() -> None:
    given = {r["parameter"]: r["value"] for r in read(FOLDER / "parameters.csv")}
    named: Counter[tuple[str, str]] = Counter()
    others: Counter[tuple[str, str]] = Counter()
    for row in read(FOLDER / "streams.csv"):
        assert row["group"] in GROUPS
        if not float(row["delay_months"] or 0):
            place = row["stream"], row["stage_left"]
            named[place] += round(1000 * float(given.get(row["share_parameter"], 0)))
            others[place] += round(1000 * float(row["share"] or 0))
    # A third of those who live elsewhere need reception; everybody else who arrives is divided.
    arriving = {"first_applications", "family_reunion", "repeat", "resettled", "border"}
    assert {1000} == {total for (stream, _), total in others.items() if stream in arriving}
    assert 1000 == others["in_registration", "registration"]
    assert all(total <= 1000 for total in (*named.values(), *others.values()))


def test_every_stage_is_entered_or_lived_in() -> None:
    stages = {(r["group"], r["stage"]) for r in read(FOLDER / "stages.csv")}
    rows = read(FOLDER / "streams.csv")
    assert {(r["group"], r["stage"]) for r in rows} <= stages
    assert {(r["stream"], r["stage_left"]) for r in rows if r["stage_left"]} <= stages
    shares: Counter[str] = Counter()
    for row in read(FOLDER / "stages.csv"):
        shares[row["group"]] += round(1000 * float(row["share_at_start"] or 0))
    assert {1000} == set(shares.values())


def test_province_tasks_add_up_to_the_national_need() -> None:
    rows = read(FOLDER / "provinces.csv")
    assert (88000, 6500) == tuple(sum(int(r[c]) for r in rows) for c in ("task", "staff_fte"))


@pytest.mark.parametrize(
    ("parameter", "value", "first", "last"),
    [
        ("border_year_max_2026", 422, "2026-06-12", "2027-06-12"),
        ("border_year_max_2027", 633, "2027-06-13", "2028-06-12"),
        ("border_year_max_2028", 844, "2028-06-13", ""),
    ],
)
def test_yearly_border_maxima_are_multiples_of_the_places(
    parameter: str, value: int, first: str, last: str
) -> None:
    rows = {r["parameter"]: r for r in read(FOLDER / "parameters.csv")}
    row = rows[parameter]
    times = int(parameter[-4:]) - 2024
    assert times * int(rows["border_places"]["value"]) == value
    assert (str(value), first, last) == (row["value"], row["valid_from"], row["valid_until"])


def test_the_acts_cited_are_in_the_list_of_sources() -> None:
    acts = [row["act"] for row in read(FOLDER / "sources.csv")]
    for number in ("2024/1346", "2024/1351", "2024/1348"):
        assert any(number in act for act in acts)
    assert "Stb. 2024, 13" in acts
