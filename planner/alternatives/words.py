"""What other plans come to in words and on sheets: what each has least of, proof and levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from planner.alternatives.alternatives import Alternative
from planner.alternatives.wishes import level_of
from planner.core.over_months import SHARES
from planner.core.texts import Language, Message, Text, message
from planner.result.plan import Plan
from planner.sheets.alternatives_tables import ALTERNATIVES, alternative_levels
from planner.sheets.result_sheets import ResultSheet
from planner.sheets.units import figure_text, figure_words
from planner.sheets.without_place import SOMEBODY

# Values of levels are compared within this part of their size.
_SAME = 1e-6
_PERCENT = 100.0
_HALF_A_PERCENT = 0.005


def told(each: Alternative, level: str) -> Message:
    """Return in a sentence what a plan has least of, against the best one, and what it costs.

    `level` is the chosen one, which may be worse.
    """
    before, unit = _words(each, each.in_best)
    fields: dict[str, object] = {"wish": each.wish.label, "before": before, "unit": unit}
    if not each.is_less:
        if _is_least(each):
            key = "alternatives.no_less" if each.all_plans else "alternatives.no_less.held"
            return message(key, **fields)
        return message("alternatives.not_found", **fields, bound=_bound(each))
    least, unit = _words(each, each.least)
    fields |= {
        "least": least,
        "unit": unit,
        "bound": _bound(each),
        "level": message(f"progress.level.{level}"),
        "moved": round(each.moved),
    }
    if each.given_up <= _SAME:
        return message("alternatives.told.as_good", **fields)
    return message("alternatives.told", **fields, percent=_PERCENT * each.given_up)


def otherwise(each: Alternative, best: Plan, level: str) -> Message | None:
    """Return which levels after the chosen one are worse or better than in the best plan.

    None where none differs by half a person, place or euro, or half a percent of a share.
    """
    names = [one.name for one in best.levels]
    own = level_of(each.wish)
    worse: list[Text] = []
    better: list[Text] = []
    for one in best.levels[names.index(level) + 1 :]:
        after = each.plan.level_values[one.name]
        least = _HALF_A_PERCENT if one.unit in SHARES else SOMEBODY
        if abs(after - one.value) < least or (own is not None and own.value == one.name):
            continue
        before = Text(*(figure_words(one.value, one.unit, spoken)[0] for spoken in Language))
        title = message(f"progress.level.{one.name}").both
        told = message(
            "alternatives.from_to", level=title, before=before, after=figure_text(after, one.unit)
        ).both
        (worse if after > one.value else better).append(told)
    if not worse and not better:
        return None
    key = "worse" if not better else "better" if not worse else "both"
    return message(f"alternatives.otherwise.{key}", worse=tuple(worse), better=tuple(better))


def _words(each: Alternative, amount: float) -> tuple[Text, Text]:
    nl, en = (figure_words(amount, each.wish.unit, language) for language in Language)
    return Text(nl[0], en[0]), Text(nl[1], en[1])


def _bound(each: Alternative) -> Message:
    """Return what cannot be less; nothing goes below none of a thing, which tells nothing."""
    if _is_unknown(each):
        return message("alternatives.bound.unknown")
    key = "alternatives.bound" if each.all_plans else "alternatives.bound.held"
    return message(key, bound=_words(each, each.bound)[0])


def _is_unknown(each: Alternative) -> bool:
    return each.bound <= 0 and not _is_least(each)


def _is_least(each: Alternative) -> bool:
    """Whether nothing is between a plan and what no plan goes below, as a reader is told it."""
    apart = each.least - each.bound
    return apart <= _SAME * max(1.0, abs(each.least)) or _words(each, apart)[0].en == "0"


def is_known(each: Alternative) -> bool:
    """Whether there is less of something, or is known not to be; time may have run out before."""
    return each.is_less or _is_least(each)


def none_less(found: Sequence[Alternative]) -> Message:
    """Return why nothing is written: nothing to choose, nothing with less, or nothing in time."""
    if not found:
        return message("alternatives.nothing")
    known = all(is_known(each) for each in found)
    return message("alternatives.none_less" if known else "alternatives.none_in_time")


def stays_within(each: Alternative, best: Plan, level: str, margin: float) -> bool:
    """Whether a plan is within the margin: by the values of its levels as counted again.

    Those before the chosen one are no worse, and that one by no more than its part.
    """
    before, after = best.level_values, each.plan.level_values
    names = list(before)
    for name in names[: names.index(level) + 1]:
        slack = margin * abs(before[name]) if name == level else 0.0
        if after[name] - before[name] > slack + _SAME * max(1.0, abs(before[name])):
            return False
    return True


def proof(each: Alternative, best: Plan, level: str, margin: float) -> Message:
    """Return how it is known that a plan is within the margin, and how near it is to the least."""
    title = message(f"progress.level.{level}")
    if not stays_within(each, best, level, margin):
        return message("alternatives.proof.outside", level=title)
    within = message("alternatives.within.equal", level=title)
    if margin:
        within = message("alternatives.within", level=title, percent=_PERCENT * margin)
    held = "" if each.all_plans else ".held"
    if _is_least(each):
        return message(f"alternatives.proof.least{held}", within=within)
    if _is_unknown(each):
        return message("alternatives.proof.unknown", within=within)
    more, unit = _words(each, each.least - each.bound)
    return message(f"alternatives.proof.near{held}", within=within, more=more, unit=unit)


def sentences(found: Sequence[Alternative], best: Plan, level: str) -> Iterator[Message]:
    """Yield what each plan has least of, and what else is otherwise for it."""
    for each in found:
        yield told(each, level)
        if (other := otherwise(each, best, level)) is not None:
            yield other
    if (kept := held(found, level)) is not None:
        yield kept


def held(found: Sequence[Alternative], level: str) -> Message | None:
    """Return that what counts before a level was held, which bounds what is proven; else None."""
    if all(each.all_plans for each in found):
        return None
    return message("alternatives.held", level=message(f"progress.level.{level}"))


def _shown(value: float, before: float) -> float:
    """Return the value of a level, as that of the best plan where only rounding is between."""
    return before if abs(value - before) <= _SAME * max(1.0, abs(before)) else value


def sheets(
    best: Plan, found: Sequence[Alternative], level: str, margin: float
) -> tuple[ResultSheet, ...]:
    """Return what each plan has least of with its proof, and every level side by side.

    Beside the best plan stand those that have less of something: others are that plan itself.
    """
    rows = [
        (
            each.wish.label,
            each.least,
            each.in_best,
            each.bound,
            each.wish.unit,
            round(_PERCENT * max(each.given_up, 0.0), 4),
            float(round(each.moved)),
            proof(each, best, level, margin).both,
        )
        for each in found
    ]
    frame = pd.DataFrame(rows, columns=[each.key for each in ALTERNATIVES.columns], dtype=object)
    less = [each for each in found if each.is_less]
    titles = (message("alternatives.best").both, *(each.wish.label for each in less))
    table = alternative_levels(titles)
    plans = (best, *(each.plan for each in less))
    levels = [
        (
            message(f"progress.level.{each.name}").both,
            *(_shown(plan.level_values[each.name], each.value) for plan in plans),
            each.unit,
        )
        for each in best.levels
    ]
    beside = pd.DataFrame(levels, columns=[each.key for each in table.columns], dtype=object)
    return (
        ResultSheet(ALTERNATIVES, frame, tuple(sentences(found, best, level))),
        ResultSheet(table, beside),
    )
