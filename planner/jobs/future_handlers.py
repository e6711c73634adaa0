"""Carrying out the requests about a plan if the forecast is wrong, in the child process."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from planner import api
from planner.alternatives import Alternative
from planner.alternatives import words as other_plans
from planner.api import PlanOptions
from planner.compare import verbs as compare
from planner.compare.beside import beside
from planner.compare.beside_values import PlanBeside
from planner.compare.gone_on import gone_on
from planner.compare.views import StageProgress
from planner.core.errors import UnusableInputError
from planner.core.outcome import CancelToken, Progress
from planner.core.texts import Language, Message, Text, message
from planner.ensemble import verbs as sampled
from planner.ensemble.executors import SerialExecutor
from planner.files.compare_writer import write_comparison
from planner.forecast import track_record as records
from planner.forecast.track_record_words import sentences as record_sentences
from planner.input.book import Book
from planner.input.case import usable
from planner.jobs.future_requests import AskFutures, FuturesAnswer, FuturesQuestion, WriteFutures
from planner.margin import Kind, margins
from planner.margin.words import first_words, margin_sheet
from planner.model.rules.rule import Level
from planner.planning import SEED
from planner.result.plan import Plan
from planner.robust import verbs as together

Tell = Callable[[Message, int, int], None]

# By how much another plan may be worse, and at which level.
MARGIN, LEVEL = 0.02, Level.EMERGENCY.value
_OTHERS = 4
_KINDS = {each.value: each.label for each in Kind}


def ask_futures(
    task: AskFutures, book: Book, progress: Callable[[Progress], None], cancel: CancelToken
) -> FuturesAnswer:
    """Return the answer to a question; `UnusableInputError`, `CancelledError`."""
    begun = time.monotonic()

    def tell(told: Message, done: int = 0, total: int = 0) -> None:
        passed = time.monotonic() - begun
        progress(StageProgress("futures", None, None, passed, done, total, told))

    return _ASKED[task.question](task, book, tell, cancel)


def _margin(task: AskFutures, book: Book, tell: Tell, cancel: CancelToken) -> FuturesAnswer:
    if task.plan is None:
        raise UnusableInputError(message("futures.no_plan"))
    case = usable(book, task.plan.scenario or None)
    if case.fingerprint != task.plan.fingerprint:
        raise UnusableInputError(message("futures.other_input"))
    tell(message("futures.stage.begin"), 0, 0)
    found = margins(
        case,
        task.plan,
        cancel,
        lambda what: tell(message("futures.stage.margin", what=_KINDS[what]), 0, 0),
        first_only=api.is_large(case),
    )
    kept = "margin.kept" if len(found) > 1 else "futures.margin.first_only"
    told = (first_words(found[0]), message(kept))
    return FuturesAnswer(task.question, told, (margin_sheet(found, case.location_names),))


def _robust(task: AskFutures, book: Book, tell: Tell, cancel: CancelToken) -> FuturesAnswer:
    found = together.plan_for_all(
        book,
        task.scenarios,
        together.weights_of(None, len(task.scenarios)),
        options=PlanOptions(whole=task.whole),
        tell=lambda told: tell(told, 0, 0),
        cancel=cancel,
    )
    judged = None
    if len(found.scenarios) > 1:
        count, done = together.usual_futures(found), itertools.count()
        judged = together.tried(
            found, count, tell=lambda told: tell(told, next(done), count), cancel=cancel
        )
    sentences = tuple(together.sentences(found, judged))
    return FuturesAnswer(task.question, sentences, together.sheets(found, judged))


def _alternatives(task: AskFutures, book: Book, tell: Tell, cancel: CancelToken) -> FuturesAnswer:
    best, found = api.alternatives(
        book,
        task.scenario,
        level=LEVEL,
        margin=MARGIN,
        count=_OTHERS,
        options=PlanOptions(whole=task.whole),
        tell=lambda told: tell(told, 0, 0),
        cancel=cancel,
    )
    sentences = tuple(other_plans.sentences(found, best, LEVEL))
    if not found:
        sentences = (message("futures.alternatives.none"),)
    return FuturesAnswer(
        task.question,
        sentences,
        other_plans.sheets(best, found, LEVEL, MARGIN),
        plans=_side_by_side(book, best, [each for each in found if each.is_less], task.language),
    )


def _side_by_side(
    book: Book, best: Plan, others: Sequence[Alternative], language: Language
) -> tuple[tuple[Text, PlanBeside], ...]:
    """Return the best plan and others side by side; none where there is no other."""
    if not others:
        return ()
    titles = (message("alternatives.best").both, *(each.wish.label for each in others))
    plans = (best, *(each.plan for each in others))
    named = [
        compare.PlanOfBook(title.in_(language), book, plan)
        for title, plan in zip(titles, plans, strict=True)
    ]
    return tuple(zip(titles, beside(compare.compare(named)).plans, strict=True))


def _ensemble(task: AskFutures, book: Book, tell: Tell, cancel: CancelToken) -> FuturesAnswer:
    if task.plan is None:
        raise UnusableInputError(message("futures.no_plan"))
    past = records.past_errors_in(task.olds, book) if task.widened else None
    found = sampled.tried(
        book,
        task.plan,
        task.members,
        seed=SEED,
        executor=SerialExecutor(),  # a child may have no children
        past=past,
        tell=lambda done: tell(
            message("ensemble.stage", done=done, count=task.members), done, task.members
        ),
        cancel=cancel,
    )
    places = sampled.usual_places(found)
    sentences = tuple(sampled.sentences(found, places))
    return FuturesAnswer(task.question, sentences, sampled.sheets(found, places))


def _track_record(task: AskFutures, book: Book, tell: Tell, cancel: CancelToken) -> FuturesAnswer:
    del cancel  # it is over at once
    tell(message("futures.stage.track_record"), 0, 0)
    olds = {path.name: api.open_workbook(path) for path in task.olds}
    counts = book if task.counts is None else api.open_workbook(task.counts)
    found = records.track_record(olds, counts, task.scenario)
    return FuturesAnswer(
        task.question, tuple(record_sentences(found)), records.track_record_sheets(found)
    )


def _since(task: AskFutures, book: Book, tell: Tell, cancel: CancelToken) -> FuturesAnswer:
    if task.adopted is None:
        raise UnusableInputError(message("futures.no_adopted"))
    found = gone_on(
        task.adopted,
        book,
        task.scenario,
        task.language,
        options=PlanOptions(whole=task.whole),
        tell=lambda told: tell(told, 0, 0),
        cancel=cancel,
    )
    return FuturesAnswer(task.question, found.sentences, (found.sheet,), found.edits)


_ASKED = {
    FuturesQuestion.MARGIN: _margin,
    FuturesQuestion.ROBUST: _robust,
    FuturesQuestion.ALTERNATIVES: _alternatives,
    FuturesQuestion.ENSEMBLE: _ensemble,
    FuturesQuestion.TRACK_RECORD: _track_record,
    FuturesQuestion.SINCE: _since,
}


def write_futures(task: WriteFutures) -> Path:
    """Write the tables of an answer; `TargetInUseError` where the file is in use."""
    write_comparison(task.path, task.sheets, (), (), (), task.language)
    return task.path
