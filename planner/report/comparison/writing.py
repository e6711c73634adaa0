"""Writing a comparison as one PDF, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from planner.compare.areas import AREAS
from planner.core.texts import say
from planner.files.whole_file import whole_file
from planner.planning import program_version
from planner.report.comparison.found_pages import contributions, regret
from planner.report.comparison.pages import by_month, main_figures, plans, words
from planner.report.comparison.place_pages import changes, costs, where
from planner.report.comparison.printed import Printed
from planner.report.comparison.tables import themes
from planner.report.paper import Paper

Pages = Callable[[Paper, Printed], None]


def shortfalls(paper: Paper, printed: Printed) -> None:
    """Print the shortfalls that differ, by article, province and location."""
    paper.heading(printed.say("compare.paper.shortfalls"), 1)
    themes(paper, printed, "shortfalls_rule", "shortfalls_province", "shortfalls_location")


def areas(paper: Paper, printed: Printed) -> None:
    """Print what differs by province, municipality and region, the largest first."""
    themes(paper, printed, AREAS)
    paper.paragraph(printed.say("compare.note.areas"), small=True)


def rules_and_choices(paper: Paper, printed: Printed) -> None:
    """Print which rules began or ceased to bind, and the decisions that differ."""
    themes(paper, printed, "rules", "rules_places", "decisions")


def inputs(paper: Paper, printed: Printed) -> None:
    """Print the inputs that differ."""
    themes(paper, printed, "inputs")


# Each begins on a page of its own.
PAGES: tuple[Pages, ...] = (
    plans, main_figures, by_month, where, areas, shortfalls, rules_and_choices, costs,
    inputs, changes,
)  # fmt: skip
# What a report of one plan has room for.
SECTION: tuple[Pages, ...] = (words, main_figures, by_month)


def print_comparison(path: Path, printed: Printed) -> int:
    """Write a comparison on A4 paper as a PDF and return how many pages it has.

    `TargetInUseError` where the file cannot be put in its place; it is then as it was.
    """
    running = say(
        "compare.paper.running", printed.language, base=printed.tag(0), count=len(printed.names)
    )
    paper = Paper(running, say("report.page", printed.language, page="{page}", pages="{pages}"))
    for print_pages in pages_of(printed):
        paper.page()
        print_pages(paper, printed)
    about = {
        "Title": printed.say("compare.paper.title"),
        "Subject": running,
        "Creator": f"Opvangplan {program_version()}",
    }
    with whole_file(path) as draft:
        return paper.save(draft, about, printed.language.value)


def pages_of(printed: Printed) -> tuple[Pages, ...]:
    """Return what is printed: regret and contributions only where they were computed."""
    found = ((contributions, bool(printed.contributed)), (regret, printed.matrix is not None))
    return (*PAGES, *(pages for pages, there in found if there))


def print_section(paper: Paper, printed: Printed) -> None:
    """Print the short form of a comparison on paper that has other pages too."""
    paper.heading(printed.say("compare.paper.title"), 1)
    for print_pages in SECTION:
        print_pages(paper, printed)
