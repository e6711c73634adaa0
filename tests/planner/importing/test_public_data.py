"""Public tables in the shapes that their publishers give them, made here; figures are not theirs.

Only the sum of 2025 is: 24,140 first applications (CBS 83102NED).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from planner.core.texts import Language
from planner.files.seeds import read_seed_book
from planner.importing.mapping import ImportMapping
from planner.importing.verbs import Imported, import_files, read_files
from planner.input.book import Book
from tests.tables import coded

FIRST_2025 = 24_140
# Twelve months, rounded to five as CBS does, whose sum is the published year.
MONTHS = (2010, 1830, 1900, 1785, 1850, 1905, 2120, 2240, 2310, 2290, 2080, 1820)
HEADINGS = (
    "ID", "Geslacht", "Leeftijd", "Nationaliteit", "Perioden", "TotaalAsielverzoeken_1",
    "EersteAsielverzoekenPersonen_2", "VolgendeAsielverzoeken_3", "NareizigersPersonen_4",
)  # fmt: skip


def cbs(first: tuple[int, ...] = MONTHS, year: int = FIRST_2025, last: str = "") -> str:
    """Return the table as downloaded: codes padded, all sorts of periods, men beside all."""
    rows = [HEADINGS]
    totals = ("T001038", "10000", "T001059  ")
    periods = [(f"2025MM{at:02}", str(each)) for at, each in enumerate(first, start=1)]
    quarters = [(f"2025KW0{at}", str(sum(first[3 * at - 3 : 3 * at]))) for at in range(1, 5)]
    for period, count in (*periods, *quarters, ("2025JJ00", str(year)), ("2026MM01", last)):
        rows += [
            ("0", *totals, period, count, count, "", "       ."),
            ("1", "3000   ", *totals[1:], period, "9", "9", "9", "9"),
        ]
    return "\n".join(";".join(f'"{cell}"' for cell in row) for row in rows)


@pytest.fixture(scope="module")
def demo() -> Book:
    return read_seed_book("demo_small")


def taken(folder: Path, content: str, name: str, book: Book) -> Imported:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return import_files(read_files([path]), ImportMapping(), book, Language.NL)


def counts(of: Imported, stream: str, scenario: str = "middle") -> dict[dt.date, float]:
    rows = coded(of.incoming, "inflow")
    return {
        row["month"]: row["people"]
        for row in rows
        if (row["stream"], row["scenario"]) == (stream, scenario)
    }


def errors(of: Imported) -> list[tuple[str, str]]:
    return [(each.what.key, each.cell) for each in of.findings if each.severity == "error"]


def test_the_published_first_applications_of_2025_come_out_of_the_cbs_table(
    tmp_path: Path, demo: Book
) -> None:
    read = taken(tmp_path, cbs(), "83102NED_UntypedDataSet.csv", demo)

    found = counts(read, "first_applications")
    assert FIRST_2025 == sum(found.values())
    assert [dt.date(2025, each, 1) for each in range(1, 13)] == sorted(found)
    assert [] == errors(read)
    assert {} == counts(read, "family_reunion")  # a point is not known, and no nought
    assert found == counts(read, "first_applications", "low")  # what happened, happened in each


def test_a_month_that_is_not_known_gives_no_row_and_is_told(tmp_path: Path, demo: Book) -> None:
    read = taken(tmp_path, cbs(last="   ."), "cbs.csv", demo)

    assert dt.date(2026, 1, 1) not in counts(read, "first_applications")
    assert "importing.public.unknown" in [each.what.key for each in read.findings]


def test_a_year_that_differs_from_its_months_is_an_error(tmp_path: Path, demo: Book) -> None:
    read = taken(tmp_path, cbs(year=25_000), "cbs.csv", demo)

    # The year stands below twelve months and four quarters, each with a row of men: row 34.
    assert [("importing.public.year", "G34")] == errors(read)


def test_a_table_of_another_years_layout_is_an_error(tmp_path: Path, demo: Book) -> None:
    other = cbs().replace("EersteAsielverzoekenPersonen_2", "EersteAsielverzoeken_9")

    read = taken(tmp_path, other, "cbs.csv", demo)

    assert [("importing.public.layout", "A1")] == errors(read)
    assert "EersteAsielverzoekenPersonen_2" in read.findings[0].what.text(Language.NL)
    assert () == read.takeover.edits


EUROSTAT_CSV = """\
DATAFLOW,LAST UPDATE,freq,unit,citizen,sex,applicant,age,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG
ESTAT:MIGR_ASYAPPCTZM(1.0),10/01/26,M,PER,TOTAL,T,FRST,TOTAL,NL,2025-01,2010,
ESTAT:MIGR_ASYAPPCTZM(1.0),10/01/26,M,PER,TOTAL,M,FRST,TOTAL,NL,2025-01,1500,
ESTAT:MIGR_ASYAPPCTZM(1.0),10/01/26,M,PER,TOTAL,T,FRST,TOTAL,BE,2025-01,3000,
ESTAT:MIGR_ASYAPPCTZM(1.0),10/01/26,M,PER,SY,T,FRST,TOTAL,NL,2025-01,600,
ESTAT:MIGR_ASYAPPCTZM(1.0),10/01/26,M,PER,TOTAL,T,ASY_APP,TOTAL,NL,2025-01,2150,
ESTAT:MIGR_ASYAPPCTZM(1.0),10/01/26,M,PER,TOTAL,T,FRST,TOTAL,NL,2025-02,,
"""
EUROSTAT_TSV = """\
freq,unit,citizen,sex,applicant,age,geo\\TIME_PERIOD\t2025-01 \t2025-02 \t2025-03{end}
M,PER,TOTAL,T,NASY_APP,TOTAL,NL\t2010 \t1830 p\t:{end}
M,PER,TOTAL,T,NASY_APP,TOTAL,BE\t3010 \t2830 \t1{end}
""".replace("{end}", " ")


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (EUROSTAT_CSV, "migr_asyappctzm.csv", {dt.date(2025, 1, 1): 2010}),
        (
            EUROSTAT_TSV,
            "migr_asyappctzm.tsv",
            {dt.date(2025, 1, 1): 2010, dt.date(2025, 2, 1): 1830},
        ),
    ],
)
def test_eurostat_gives_first_applicants_of_the_netherlands(
    tmp_path: Path, demo: Book, content: str, name: str, expected: dict[dt.date, int]
) -> None:
    read = taken(tmp_path, content, name, demo)

    assert expected == counts(read, "first_applications")
    assert [] == errors(read)
    assert ["importing.public.unknown"] == [each.what.key for each in read.findings]


def dublin(name: str, count: int, folder: Path, book: Book) -> tuple[str, str]:
    """What is said of a Dublin table: what it comes to, and what to do."""
    content = (
        "freq,unit,partner,sex,geo\\TIME_PERIOD\t2024 \t2025 \n"
        f"A,PER,TOTAL,T,NL\t6500 \t{count} \n"
        "A,PER,DE,T,NL\t2500 \t3010 \n"
    )
    read = taken(folder, content, f"{name}.tsv", book)
    (finding,) = read.findings
    assert () == read.takeover.edits
    assert "2025" in finding.what.text(Language.NL)
    return finding.what.text(Language.NL), finding.todo.text(Language.NL)


def test_requests_stand_beside_the_claims_that_the_book_counts_as_accepted(
    tmp_path: Path, demo: Book
) -> None:
    what, _ = dublin("migr_dubro", 7010, tmp_path, demo)
    # The small demo counts 29 accepted claims a month: 12 x 29 = 348.
    assert "7.010 aan andere landen" in what
    assert "348 aanvaarde claims" in what


def test_more_accepted_claims_than_requests_are_questioned(tmp_path: Path, demo: Book) -> None:
    what, todo = dublin("migr_dubro", 300, tmp_path, demo)
    assert "meer aanvaarde claims per jaar: 348" in what
    assert "Aanvaarde Dublinclaims per maand" in todo


def test_decisions_are_no_requests_and_not_all_of_them_accept(tmp_path: Path, demo: Book) -> None:
    what, todo = dublin("migr_dubdo", 6100, tmp_path, demo)
    assert "6.100 beslissingen van andere landen" in what
    assert "348 aanvaarde claims" in what
    assert "ook een weigering is een beslissing" in todo
    fewer, _ = dublin("migr_dubdo", 300, tmp_path, demo)
    assert "meer aanvaarde claims per jaar: 348" in fewer


def test_transfers_stand_beside_the_part_that_the_book_counts_with(
    tmp_path: Path, demo: Book
) -> None:
    what, todo = dublin("migr_dubto", 87, tmp_path, demo)
    # 0.29 of 348 is 100.92; 87 / 348 is 0.25.
    assert "87 mensen overgedragen" in what
    assert "op 101 per jaar" in what
    assert " 0,25; " in todo


def test_who_comes_from_another_country_is_no_figure_of_dol(tmp_path: Path, demo: Book) -> None:
    what, _ = dublin("migr_dubti", 1200, tmp_path, demo)
    assert "telt niet mee voor DOL" in what


PORTFOLIO = (
    "Datum;Capaciteit portefeuille;Benodigde extra opvangcapaciteit\n"
    "1-7-2026;71.500;12.000\n1-1-2027;68.000;30.000\n1-7-2027;;30.000\n1-1-2028;60.000;\n"
)


def test_the_portfolio_of_coa_gives_estimates_and_is_held_against_the_contracts(
    tmp_path: Path, demo: Book
) -> None:
    read = taken(tmp_path, PORTFOLIO, "portefeuille.csv", demo)

    assert [
        "unknown", "portfolio_needed", "portfolio_needed", "portfolio", "portfolio_day",
    ] == [each.what.key.removeprefix("importing.public.") for each in read.findings]  # fmt: skip
    rows = [
        (each["decided"], each["for_day"], each["places"])
        for each in coded(read.incoming, "capacity_decision")
    ]
    # What COA has and what it lacks; of July 2027 and January 2028 one of the two is not known.
    july, january = dt.date(2026, 7, 1), dt.date(2027, 1, 1)
    assert [(july, july, 83_500), (july, january, 98_000)] == rows
    own = read.findings[1].what.text(Language.NL)
    beds = sum(
        row["beds"]
        for row in demo.frame("locations").to_dict("records")
        if row["status"] == "open"
        and (row["open_until"] is None or row["open_until"] >= dt.date(2026, 7, 1))
    )
    assert "71.500" in own
    assert f"{beds:,}".replace(",", ".") in own
    assert read.takeover.edits


def test_the_day_above_the_portfolio_is_when_it_was_estimated(tmp_path: Path, demo: Book) -> None:
    above = "Portefeuille, peildatum 15 mei 2026;;\n"
    read = taken(tmp_path, above + PORTFOLIO, "portefeuille.csv", demo)

    found = {each["decided"] for each in coded(read.incoming, "capacity_decision")}
    assert {dt.date(2026, 5, 1)} == found
    assert "importing.public.portfolio_day" not in [each.what.key for each in read.findings]
