"""Why a DOL part is where it is, in words."""

from __future__ import annotations

from collections.abc import Iterator

from planner.core.display_names import called
from planner.core.over_months import as_read
from planner.core.texts import Message, Text, message, month_words
from planner.explain.dol_here import DolHere, Held
from planner.explain.prices import Worth
from planner.explain.solved import NOTHING, Solved
from planner.explain.wording.lines import amount_fields, place_name
from planner.sheets.without_place import SOMEBODY


def here_words(solved: Solved, here: DolHere, wider: Message | None) -> Text:
    """Return the answer as one text; `wider` tells what a larger separable part is worth."""
    told = [each.both for each in _sentences(solved, here, wider)]
    return Text(" ".join(each.nl for each in told), " ".join(each.en for each in told))


def _sentences(solved: Solved, here: DolHere, wider: Message | None) -> Iterator[Message]:
    month = month_words(here.month)
    size = {"prepared": as_read(here.prepared), "part": as_read(here.part), "month": month}
    some = here.prepared > NOTHING
    yield message("explain.here.is" if some else "explain.here.none", **size)
    count = len(here.growth_months)
    held = f"explain.here.held.{here.held.value}"
    yield message(held, month=month, outside=as_read(here.outside), count=count)
    yield _one_more(solved, here, wider)
    if here.free_beds >= SOMEBODY:
        yield message("explain.here.free", month=month, beds=as_read(here.free_beds))
    elif here.residents:
        group, people = here.residents[0]
        fields = {"group": called(group), "people": as_read(people)}
        yield message("explain.here.displaced", month=month, **fields)
    if here.as_good:
        yield message("explain.here.as_good", locations=_names(solved, here.as_good))
    for name, loss in here.worse:
        fields = {"location": place_name(solved, name), **_loss(solved, loss)}
        yield message("explain.here.worse", **fields)
    if here.unfit:
        yield message("explain.here.unfit", locations=_names(solved, here.unfit))
    if here.untried:
        yield message("explain.here.untried", count=here.untried)
    yield message("explain.here.order")


def _one_more(solved: Solved, here: DolHere, wider: Message | None) -> Message:
    if here.held is Held.PART:
        if wider is None:
            return message("explain.here.more.wider_none")
        return message("explain.here.more.wider", words=wider)
    if not here.tried:
        return message("explain.here.more.untried")
    if here.one_more is None:
        return message("explain.here.more.same")
    return message("explain.here.more.solved", **_loss(solved, here.one_more))


def _loss(solved: Solved, loss: Worth) -> dict[str, object]:
    level = solved.level(loss.level)
    return {
        **amount_fields(abs(loss.change), level.unit),
        "sign": message(f"explain.sign.{'more' if loss.change > 0 else 'fewer'}"),
        "level": level.title,
    }


def _names(solved: Solved, locations: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(place_name(solved, each) for each in locations)
