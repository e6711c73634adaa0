"""The command that looks back on several old forecasts at once."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from planner import api
from planner.cli.console import Console
from planner.core.errors import UnusableInputError
from planner.core.texts import Language, Text, message, show_number
from planner.files.json_file import write_json
from planner.forecast import track_record as verbs

# Of these horizons a line is printed; between estimate and budget lie some 14 months.
_TOLD = (1, 3, 6, 12, 14, 18, 24)


def track_record(options: argparse.Namespace, console: Console) -> int:
    """Compare old forecasts with later counts, by months ahead; `UnusableInputError`."""
    books = {name: api.open_workbook(path) for name, path in _named(options.olds).items()}
    counts = api.open_workbook(options.counts)
    found = verbs.track_record(books, counts, options.scenario)
    if options.out is not None:
        verbs.save_track_record(options.out, found, console.language)
    if options.json_file is not None:
        write_json(options.json_file, verbs.track_record_record(found))
    for line in _lines(found, console.language):
        console.result(line)
    for path in (options.out, options.json_file):
        if path is not None:
            console.note("command.written", file=str(path))
    return 0


def _lines(found: verbs.TrackRecord, language: Language) -> Iterator[str]:
    """Yield what is left out, then how good each forecast was, each horizon, and all together."""
    yield from (note.text(language) for note in found.notes)
    for old, figures in found.figures.groupby("old", sort=False):
        yield _line("track_record.old", verbs.judged(figures), language, old=old)
    for ahead, figures in found.figures.groupby("horizon"):
        if ahead in _TOLD:
            yield _line("track_record.horizon", verbs.judged(figures), language, ahead=ahead)
    yield _line("track_record.all", verbs.judged(found.figures), language)


def _named(paths: list[Path]) -> Mapping[str, Path]:
    """Return files by their names, or by where they are where two have the same name.

    `UnusableInputError` where one is given twice.
    """
    for at, path in enumerate(paths):
        if path.resolve() in {each.resolve() for each in paths[:at]}:
            raise UnusableInputError(message("track_record.same", one=str(path), other=str(path)))
    names = [path.name for path in paths]
    return {path.name if names.count(path.name) == 1 else str(path): path for path in paths}


def _line(key: str, row: Mapping[str, object], language: Language, **named: object) -> str:
    """Return in words how good figures were, taken together."""
    error = float(str(row["mean_error"]))
    lean = "even" if round(abs(error)) == 0 else "high" if error > 0 else "low"
    told = message(
        key,
        **named,
        count=int(str(row["figures"])),
        leans=message(f"track_record.{lean}", error=round(abs(error))),
        **{name: _shown(row[name]) for name in ("score", "width", "over", "under")},
        month=_against(row["to_last_month"]),
        year=_against(row["to_last_year"]),
    )
    return told.text(language)


def _shown(value: object) -> Text:
    return Text(*(show_number(float(str(value)), each, 1) for each in (Language.NL, Language.EN)))


def _against(part: object) -> Text:
    """Return a part of another score as a percentage, or that it is not known."""
    if part is None or part != part:  # noqa: PLR0124 - not a number
        return message("track_record.unknown").both
    return Text(
        *(
            f"{show_number(100 * float(str(part)), each, 0)} %"
            for each in (Language.NL, Language.EN)
        )
    )
