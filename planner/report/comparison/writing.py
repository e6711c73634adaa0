"""Writing a comparison as one PDF, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from planner.compare.areas import AREAS
from planner.core.texts import say
from planner.files.whole_file import whole_file
from planner.planning import program_version
from planner.report.comparison.found_pages import contributions, regret
from planner.report.comparison.pages import (
    ROOM,
    by_month,
    decisions,
    first,
    main_figures,
    side_by_side,
    words,
)
from planner.report.comparison.place_pages import changes, costs, where
from planner.report.comparison.printed import Printed
from planner.report.comparison.tables import MOST_ROWS, themes
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
    """Print the decisions that differ, and which rules began or ceased to bind."""
    decisions(paper, printed, MOST_ROWS)
    themes(paper, printed, "rules")


def appendix(paper: Paper, printed: Printed) -> None:
    """Begin the annex: how plans came about, and what differs in words."""
    paper.page()
    paper.heading(printed.say("compare.paper.annex"), 1)
    paper.paragraph(printed.say("compare.paper.annex.text"))
    for at, plan in enumerate(printed.comparison.plans):
        made = " \N{MIDDLE DOT} ".join(
            filter(None, (plan.provenance.get(key, "") for key in ("program", "fingerprint")))
        )
        if made:
            paper.paragraph(f"{printed.tag(at)}: {made}", small=True)
    words(paper, printed)


def inputs(paper: Paper, printed: Printed) -> None:
    """Print the inputs that differ."""
    themes(paper, printed, "inputs")


# The page for who decides, and what is behind it.
PAGES: tuple[Pages, ...] = (
    first, appendix, main_figures, by_month, where, areas, shortfalls, rules_and_choices, costs,
    inputs, changes,
)  # fmt: skip
# What a report of one plan has room for.
SECTION: tuple[Pages, ...] = (side_by_side, words, main_figures, by_month)


def print_comparison(path: Path, printed: Printed) -> int:
    """Write a comparison on A4 paper as a PDF and return how many pages it has.

    One page for who decides, and an annex. `TargetInUseError` where the file cannot be put in its
    place; it is then as it was.
    """
    running = say(
        "compare.paper.running", printed.language, base=printed.tag(0), count=len(printed.names)
    )
    numbered = say("report.page", printed.language, page="{page}", pages="{pages}")
    about = {
        "Title": printed.say("compare.paper.title"),
        "Subject": running,
        "Creator": f"Opvangplan {program_version()}",
    }
    with whole_file(path) as draft:

        def on_one_page(room: int) -> bool:
            alone = Paper(running, numbered)
            first(alone, printed, room)
            return alone.pages_taken(printed.language.value) == 1

        room = next((room for room, _ in enumerate(ROOM) if on_one_page(room)), len(ROOM) - 1)
        paper = Paper(running, numbered)
        first(paper, printed, room)
        for print_pages in pages_of(printed)[1:]:
            print_pages(paper, printed)
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
