"""Writing the report: its pages in order, as one PDF or .odt, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from planner.core.display_names import called
from planner.core.texts import Language, say
from planner.files.whole_file import whole_file
from planner.planning import program_version
from planner.report.answer_pages import assumptions, dol_pages, plan_pages, question
from planner.report.certificate import certificate, rule_register
from planner.report.cost_pages import costs
from planner.report.legal_pages import contingency, map_page, notice, shortfalls
from planner.report.paper import Paper
from planner.report.question_pages import children, five_questions
from planner.report.reason_page import reasons
from planner.result import PlanOfBook

Page = Callable[[Paper, PlanOfBook, Language], None]

# Each begins on a page of its own.
PAGES: tuple[Page, ...] = (
    question,
    plan_pages,
    dol_pages,
    notice,
    contingency,
    shortfalls,
    map_page,
    reasons,
    costs,
    five_questions,
    children,
    assumptions,
    rule_register,
    certificate,
)


def write_report(
    plan: PlanOfBook,
    path: Path,
    language: Language,
    more: Page | None = None,
    pages: Sequence[Page] = PAGES,
) -> int:
    """Write the report of a plan as PDF, or .odt, and return how many pages it has.

    `pages` are those printed, the whole report by default; `more` prints pages before those about
    the rules. `UnusableInputError` where the plan's book cannot be planned any more;
    `TargetInUseError` where the report cannot be put in its place.
    """
    paper, running = _printed(plan, language, more, pages)
    about = {
        "Title": say("report.title", language),
        "Subject": running,
        "Creator": f"Opvangplan {program_version()}",
    }
    with whole_file(path) as draft:
        return paper.save(draft, about, language.value)


def pages_taken(plan: PlanOfBook, language: Language, pages: Page) -> int:
    """Return how many pages something takes that is printed by itself."""
    paper, _ = _printed(plan, language, None, (pages,))
    return paper.pages_taken(language.value)


def report_pictures(
    plan: PlanOfBook, language: Language, dots: int, more: Page | None = None
) -> tuple[bytes, ...]:
    """Return the pages of the report of a plan as PNG pictures, of so many dots to an inch.

    `UnusableInputError` where the plan's book cannot be planned any more.
    """
    paper, _ = _printed(plan, language, more)
    return paper.pictures(dots)


def _printed(
    plan: PlanOfBook, language: Language, more: Page | None, pages: Sequence[Page] = PAGES
) -> tuple[Paper, str]:
    """Return the pages, and the words that stand above each of them."""
    running = say(
        "report.running",
        language,
        file=plan.book.name,
        scenario=called(plan.case.scenario),
        fingerprint=plan.case.fingerprint,
    )
    plan = plan.shown()
    paper = Paper(running, say("report.page", language, page="{page}", pages="{pages}"))
    for print_pages in pages:
        if print_pages is rule_register and more is not None:
            paper.page()
            more(paper, plan, language)
        paper.page()
        print_pages(paper, plan, language)
    return paper, running
