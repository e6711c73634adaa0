from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from planner import api
from planner.cli.line import run
from planner.core.texts import Language, say, show_number
from planner.files.reading import read_workbook
from planner.input.kinds import EMERGENCY_KINDS, Ground
from planner.report.answer_pages import plan_pages
from planner.report.build import beside_it
from planner.report.fonts import width_of
from planner.report.legal_pages import notice
from planner.report.paper import Paper, PrintedColumn, wrapped
from planner.report.reason_page import reasons
from planner.report.writing import PAGES, write_report
from planner.result import PlanOfBook, load_plan
from planner.result.register import register
from planner.result.sentences import reporting
from tests.fuzz.judging import at_most
from tests.other_tables import with_tables
from tests.planner.files.gallery.rows import plain_rows
from tests.planner.files.gallery.writers import openpyxl_book
from tests.tables import drawn_pages

OF_80 = {"men": 50.0, "holders": 20.0, "notified": 10.0}


@pytest.fixture(scope="module")
def plan(plan_file: Path) -> PlanOfBook:
    return load_plan(plan_file)


def printed(plan: PlanOfBook, language: Language) -> str:
    paper = Paper("", "{page}/{pages}")
    for print_pages in PAGES:
        paper.page()
        print_pages(paper, plan, language)
    return words_of(paper)


def printed_page(page: Callable[[Paper, PlanOfBook, Language], None], plan: PlanOfBook) -> str:
    paper = Paper("", "{page}/{pages}")
    paper.page()
    page(paper, plan, Language.NL)
    return words_of(paper).replace("\n", " ")


def words_of(paper: Paper) -> str:
    return "\n".join(text.get_text() for figure in drawn_pages(paper) for text in figure.texts)


@pytest.mark.parametrize("language", list(Language))
def test_the_report_says_what_the_plan_says(plan: PlanOfBook, language: Language) -> None:
    words = printed(plan, language)

    source = {Language.NL: "Richtlijn (EU) 2024/1346, artikel 20, lid 10"}.get(
        language, "Directive (EU) 2024/1346, Art. 20(10)"
    )
    assert source in words.replace("\n", " ")
    assert plan.case.fingerprint in words
    assert "L2" in words
    assert not re.search(r"\{\w+\}", words)


def test_the_notice_names_people_and_months_of_emergency_reception(plan: PlanOfBook) -> None:
    assert [month.month for month in plan.months] == [7, 8, 9, 10]
    assert plan.emergency == pytest.approx([0, 0, 0, 80])
    words = printed(plan, Language.NL)

    assert "Van okt 2026 tot en met okt 2026" in words
    assert "ten hoogste 80 asielverzoekers, in okt 2026" in words.replace("\n", " ")
    assert "Niet meegeteld" not in printed_page(notice, plan)


def test_the_notice_counts_applicants_and_names_the_others_under_what_holds_for_them(
    plan: PlanOfBook,
) -> None:
    living = plan.tables["placement"]
    there = living[living["kind"].isin([kind.value for kind in EMERGENCY_KINDS])]
    assert [80] == there["people"].round().tolist()
    # Of the 80 there 50 are applicants; 20 have a permit, and 10 a transfer decision.
    split = pd.concat([there.assign(group=name, people=count) for name, count in OF_80.items()])
    tables = {**plan.plan.tables, "placement": pd.concat([living.drop(there.index), split])}
    grounds = {**plan.plan.grounds, "holders": Ground.NATIONAL, "notified": Ground.TRANSFER}
    of_three = replace(plan, plan=replace(plan.plan, tables=tables, grounds=grounds))

    words = printed_page(notice, of_three)

    assert "ten hoogste 50 asielverzoekers, in okt 2026" in words
    assert "Niet meegeteld: 20 statushouders en terugkeerders die dan ook in noodopvang" in words
    assert "Niet meegeteld: 10 mensen in noodopvang met een overdrachtsbesluit" in words
    told = reporting(of_three.plan)
    # It begins in October, the last month planned, and lasts: twice the same figures.
    assert [(50, 30), (50, 30)] == list(zip(told["people"], told["others"], strict=True))


def test_the_largest_emergency_locations_are_named_first(plan: PlanOfBook) -> None:
    living = plan.tables["placement"]
    there = living[living["kind"].isin([kind.value for kind in EMERGENCY_KINDS])]
    # L2 has 80; one more location a row below it has 90.
    more = there.assign(location="L1", people=90.0)
    words = printed_page(notice, with_tables(plan, {"placement": pd.concat([living, more])}))
    assert re.search(r"L1 .* 90 L2 .* 80", words)


def test_shortfalls_read_as_people_say_them(plan: PlanOfBook) -> None:
    frame = plan.tables["shortfalls"]
    month = plan.months[0]
    about = {"rule": "everyone_placed", "unit": "persons", "month": month, "source": ""}
    about["standing"] = "law"
    rows = [
        {**about, "location": None, "group": "dublin_single", "amount": 1193876.04},
        {**about, "rule": "ceilings", "location": "L1;L2", "amount": 2.5},
        {**about, "rule": "ceilings", "location": "L1;L2", "amount": 0.0, "month": plan.months[1]},
    ]
    made = pd.DataFrame(rows, columns=frame.columns)
    all_words = printed(with_tables(plan, {"shortfalls": made}), Language.NL)
    words = all_words.split(say("report.verdict", Language.NL))[0]

    assert "\n1.193.876\n" in words
    assert "Dublin alleenstaand" in words.replace("\n", " ")
    assert "dublin_single" not in words
    assert "1, jul 2026" in words
    assert "2, van jul 2026 tot en met aug 2026" in words.replace("\n", " ")
    assert "\n2,5\n" in words
    assert "L1;L2" not in words


def test_a_source_that_stands_above_is_not_repeated(plan: PlanOfBook) -> None:
    words = printed(plan, Language.NL)
    assert "als hierboven" in words
    told = re.findall("de meeste aanvragen komen van augustus", " ".join(words.split()))
    # Once for the twelve months, and again for the next that has it after another source.
    assert 1 == len(told)


@pytest.mark.parametrize(("value", "shown"), [(1e-7, "0"), (0.0, "0"), (0.88, "0,88")])
def test_what_is_next_to_nothing_has_no_decimals(
    plan: PlanOfBook, value: float, shown: str
) -> None:
    levels = plan.tables["levels"].assign(value=value)
    words = printed(with_tables(plan, {"levels": levels}), Language.NL)
    figures = words.split("Het antwoord in cijfers")[1].split("Aannamen")[0]
    assert f"\n{shown}\n" in figures
    assert "0,00" not in figures


def test_the_report_recomputes_the_plan(plan_file: Path, tmp_path: Path) -> None:
    import openpyxl  # noqa: PLC0415 - used here only

    assert () == load_plan(plan_file).breaches
    workbook = openpyxl.load_workbook(plan_file)
    workbook["Bezetting"]["D2"] = 900
    workbook["Verloop"]["C7"] = 5
    workbook.save(tmp_path / "changed.xlsx")

    changed = load_plan(tmp_path / "changed.xlsx")

    assert changed.breaches
    assert not changed.same_input
    assert "Let op: de invoer in de werkmap" in printed(changed, Language.NL)


def test_the_command_writes_a_pdf(
    plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.pdf"

    assert 0 == run(["report", str(plan_file), "--out", str(out), "--long"])

    pages = PdfReader(out).pages
    assert f"({len(pages)} pagina's)" in capsys.readouterr().out
    assert len(pages) >= len(PAGES)
    # The page for who decides is one page before a long report too.
    assert "Opvangplan: verslag van een plan" in pages[1].extract_text()
    assert [out] == list(tmp_path.iterdir())


def test_a_workbook_without_a_plan_is_refused(tmp_path: Path) -> None:
    openpyxl_book(plain_rows()).save(tmp_path / "in.xlsx")

    assert 2 == run(["report", str(tmp_path / "in.xlsx"), "--out", str(tmp_path / "r.pdf")])
    assert not (tmp_path / "r.pdf").exists()


def test_lines_fit_their_width() -> None:
    text = "Verordening (EU) 2024/1351 en een-woord-dat-veel-te-lang-is-voor-zijn-kolom"

    lines = wrapped(text, 8.0, 60.0)

    assert text.replace(" ", "") == "".join(lines).replace(" ", "")
    assert max(width_of(line, 8.0) for line in lines) <= 60.0


def test_a_long_table_repeats_its_header() -> None:
    paper = Paper("", "{page}")
    paper.page()

    paper.table(
        [PrintedColumn("kop", 1), PrintedColumn("getal", 1, right=True)], [("x", "1")] * 120
    )

    texts = [[text.get_text() for text in figure.texts] for figure in drawn_pages(paper)]
    assert len(texts) > 1
    assert all("kop" in page for page in texts)
    assert 120 == sum(page.count("x") for page in texts)


# In both languages, whatever the language of the workbook.


def test_a_dutch_workbook_gives_an_english_report(plan: PlanOfBook) -> None:
    sentences = plan.tables["explanation"]["sentence"]
    dutch, english = ([each.in_(language) for each in sentences] for language in Language)
    words = printed(plan, Language.EN).replace("\n", " ")

    assert plan.written_in is None
    assert not set(dutch) & set(english)
    assert english[0][:60] in words
    assert "not met everywhere" in words
    titles = {each.rule.title for each in register() if each.rule.title.nl != each.rule.title.en}
    assert not [each.nl for each in titles if f"{each.nl}," in words]


def test_sources_that_the_program_supplies_are_dutch_in_a_dutch_report(plan: PlanOfBook) -> None:
    assert "aanname van de demo, te vervangen" in printed(plan, Language.NL).replace("\n", " ")
    assert "assumption of the demo" not in printed(plan, Language.NL).replace("\n", " ")


def test_a_workbook_without_both_languages_says_so() -> None:
    old = load_plan(Path(__file__).parents[2] / "files" / "gallery" / "plan-layout-1.xlsx")

    assert "earlier layout" in printed(old, Language.EN)
    assert "eerdere indeling" not in printed(old, Language.NL)


def test_the_file_tells_its_language_and_its_chapters(plan_file: Path, tmp_path: Path) -> None:
    write_report(load_plan(plan_file), tmp_path / "report.pdf", Language.EN)

    reader = PdfReader(tmp_path / "report.pdf")
    root: Any = reader.trailer["/Root"]
    assert "en" == root["/Lang"]
    chapters = [each.title for each in reader.outline if isinstance(each, Destination)]
    assert len(PAGES) == len(chapters)
    assert "Certificate" == chapters[-1]


# Beside another plan.


@pytest.mark.parametrize("language", list(Language))
def test_a_plan_is_put_beside_another(plan: PlanOfBook, tmp_path: Path, language: Language) -> None:
    rows = plain_rows()
    rows["Prognose"] = [["Scenario", "Maand", "Groep", "Personen"]]
    for month in (7, 8, 9, 10):
        rows["Prognose"].append(["middle", dt.date(2026, month, 1), "men", 1040])
    openpyxl_book(rows).save(tmp_path / "in.xlsx")
    book = read_workbook(tmp_path / "in.xlsx")
    api.save_plan(tmp_path / "basis.xlsx", book, api.plan(book), Language.NL)
    paper = Paper("", "{page}")

    base = replace(load_plan(tmp_path / "basis.xlsx"), name="basis")
    beside_it(base)(paper, plan, language)

    words = words_of(paper)
    assert "basis" in words
    assert {Language.NL: "dit plan"}.get(language, "this plan") in words
    # A contract that ends: 1,040 people without a place, or 80 in a tent and 960 without.
    assert "+960" in words
    assert not re.search(r"\{\w+\}|nan", words)


def test_the_command_puts_a_plan_beside_another(
    plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.pdf"

    assert 0 == run(["report", str(plan_file), "--against", str(plan_file), "--out", str(out)])
    pages = int(re.findall(r"\((\d+) pagina", capsys.readouterr().out)[0])
    assert pages > len(PAGES)
    assert 2 == run(["report", str(plan_file), "--against", str(tmp_path), "--out", str(out)])


def test_a_word_of_thousands_of_letters_is_broken_at_once() -> None:
    long = "Gemeenteopvanglocatie" * 200
    with at_most(2):
        lines = wrapped(long, 8.0, 60.0)
    assert long == "".join(lines)
    assert all(width_of(line, 8.0) <= 60.0 for line in lines)


def test_what_was_not_solved_again_is_told_once_a_section(plan: PlanOfBook) -> None:
    cause, opposite = (
        say(f"explain.{key}.unsolved", Language.NL) for key in ("causes", "opposite")
    )
    lines = [
        ("shortfall", f"Er ontbreken 4 plaatsen. {cause}"),
        ("shortfall", f"Er ontbreken 3 plaatsen. {cause}"),
        ("choice", f"L1 wordt verlengd. {opposite}"),
        ("choice", "L2 wordt geopend. Niet openen geeft 9 persoonsmaanden meer."),
    ]
    frame = pd.DataFrame(lines, columns=["section", "sentence"])
    words = printed_page(reasons, with_tables(plan, {"explanation": frame}))

    assert "Er ontbreken 3 plaatsen." in words
    assert cause not in words
    assert 1 == words.count("Van 2 tekorten is de oorzaak nog niet nagerekend")
    assert "L1 wordt verlengd" not in words
    assert "L2 wordt geopend. Niet openen geeft 9" in words
    assert 1 == words.count("Van 1 besluit is nog niet nagerekend wat het omgekeerde kost")


def test_a_decision_is_told_in_places(plan: PlanOfBook) -> None:
    site = next(iter(plan.case.locations.values()))
    made = {"location": site.id, "decision": "extend", "month": plan.months[0], "value": 1.0}
    words = printed_page(plan_pages, with_tables(plan, {"decisions": pd.DataFrame([made])}))
    assert f"{show_number(site.beds, Language.NL, 0)} plaatsen" in words
    assert "100 %" not in words
