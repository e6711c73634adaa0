"""What the planner has fixed beforehand, told with every plan: what, who, and why."""

from __future__ import annotations

from collections.abc import Iterator

from planner.core.texts import Message, message, month_words
from planner.input.case import Case


def pin_notes(case: Case) -> Iterator[Message]:
    """Yield each pin of a case in words."""
    for pin in case.pins:
        location = case.locations[pin.location]
        yield message(
            "plan.pinned",
            location=f"{location.id} {location.name}".strip(),
            decision=pin.decision.label,
            value=pin.value,
            month=month_words(pin.month),
            who=pin.who,
            why=pin.why,
        )
