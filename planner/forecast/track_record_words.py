"""What a track record says in sentences: how good each old forecast was, and each horizon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.core.over_months import as_read
from planner.core.texts import Message, message
from planner.forecast.track_record import TrackRecord, judged

# Of these horizons a line is told; between estimate and budget lie some 14 months.
_TOLD = (1, 3, 6, 12, 14, 18, 24)


def sentences(found: TrackRecord) -> Iterator[Message]:
    """Yield what is left out, then how good each forecast was, each horizon, and all together."""
    yield from found.notes
    for old, figures in found.figures.groupby("old", sort=False):
        yield _told("track_record.old", judged(figures), old=old)
    for ahead, figures in found.figures.groupby("horizon"):
        if ahead in _TOLD:
            yield _told("track_record.horizon", judged(figures), ahead=ahead)
    yield _told("track_record.all", judged(found.figures))


def _told(key: str, row: Mapping[str, object], **named: object) -> Message:
    """Return in words how good figures were, taken together."""
    error = float(str(row["mean_error"]))
    lean = "even" if round(abs(error)) == 0 else "high" if error > 0 else "low"
    return message(
        key,
        **named,
        count=int(str(row["figures"])),
        leans=message(f"track_record.{lean}", error=round(abs(error))),
        **{name: as_read(float(str(row[name]))) for name in ("score", "width", "over", "under")},
        against=_against(row),
    )


def _against(row: Mapping[str, object]) -> Message:
    """Return which part the score is of those of doing without a forecast, as far as known."""
    parts = [(key, row[f"to_{key}"]) for key in ("last_month", "last_year")]
    told = tuple(
        message(f"track_record.{key}", percent=round(100 * float(str(part))))
        for key, part in parts
        if part is not None and part == part  # noqa: PLR0124 - not a number
    )
    return message("track_record.against", parts=told) if told else message("track_record.unknown")
