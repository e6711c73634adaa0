"""The page that says why the plan is as it is, of what was solved again and what was not yet."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planner.core.texts import Language, say, show
from planner.report.paper import Paper
from planner.result import PlanOfBook

_MOST_SENTENCES = 12
_CHOICE = "choice"
# How a sentence ends whose answer was left for who asks, and what is told of all those at once.
_LEFT = {
    "explain.causes.unsolved": "report.reasons.causes_left",
    "explain.opposite.unsolved": "report.reasons.opposite_left",
}


def reasons(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    """Print why the plan falls short, what binds and what would help, as the workbook words it.

    That something was not solved again is told once a section, and not after each of its rows.
    """
    paper.heading(say("report.reasons", language), 1)
    frame = plan.tables.get("explanation", pd.DataFrame())
    if frame.empty:
        paper.paragraph(say("report.reasons.none", language))
        return
    paper.paragraph(say("report.reasons.text", language))
    if plan.written_in not in {None, language}:
        paper.paragraph(say("report.reasons.language", language))
    for section, rows in frame.groupby(frame["section"].fillna(""), sort=False):
        title = say(f"explain.is.{section}", language).capitalize() if section else ""
        paper.heading(title or say("report.reasons.other", language), 3)
        _section(paper, str(section), [show(each, language) for each in rows["sentence"]], language)


def _section(paper: Paper, section: str, sentences: Sequence[str], language: Language) -> None:
    told: list[str] = []
    left = dict.fromkeys(_LEFT, 0)
    hidden = 0
    for sentence in sentences:
        key, kept = _without_what_is_left(sentence, language)
        if key is not None:
            left[key] += 1
            if section == _CHOICE:  # what is decided stands in a table of its own
                continue
        if len(told) < _MOST_SENTENCES:
            told.append(kept)
        else:
            hidden += 1
    paper.points(told)
    for key, count in left.items():
        if count:
            paper.paragraph(say(_LEFT[key], language, count=count), small=True)
    if hidden:
        paper.paragraph(say("report.more_reasons", language, count=hidden), small=True)


def _without_what_is_left(sentence: str, language: Language) -> tuple[str | None, str]:
    """Return by which of `_LEFT` a sentence ends, and the sentence without it."""
    for key in _LEFT:
        ending = say(key, language)
        if sentence.endswith(ending):
            return key, sentence.removesuffix(ending).rstrip()
    return None, sentence
