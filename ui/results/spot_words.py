"""A location in words: in a month, as a pointer shows it, and how much is decided about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.sheets.result_tables import Decision

if TYPE_CHECKING:
    from planner.input.kinds import PlaceKind
    from planner.input.location import Location
    from planner.result.to_decide import ToDecide
    from ui.results.by_location import Falling, LocationState
    from ui.words import Words

FIT = ("child_suitable", "women_safe", "fixed_building", "durable")
LEAST_SEEN = 0.5  # less than half a person or place rounds to none


def name_of(location: Location) -> str:
    """Return a location's name with its code, or the code alone where it has no name."""
    return f"{location.name} ({location.id})" if location.name else location.id


def kind_name(words: Words, kind: PlaceKind) -> str:
    """Return a kind of place as the first word of a line."""
    title = words.title(kind.label)
    return title[:1].upper() + title[1:]


def described(words: Words, spot: LocationState) -> str:
    """Return everything the map knows of a location in a month, as a sentence with parts."""
    location = spot.location
    kind = words.title(spot.kind.label)
    province = location.province or location.municipality
    parts = [words.say("spot.where", name=name_of(location), province=province, kind=kind)]
    if spot.occupancy is None:
        parts.append(words.say("spot.closed"))
    else:
        parts.append(
            words.say(
                "spot.occupied",
                beds=words.counted("beds", spot.beds),
                people=words.counted("people", spot.people),
                share=words.number(spot.occupancy * 100),
            )
        )
    if spot.dol_prepared >= LEAST_SEEN:
        in_use, prepared = words.number(spot.dol_in_use), words.number(spot.dol_prepared)
        parts.append(words.say("spot.dol", in_use=in_use, prepared=prepared))
    if spot.emergency >= LEAST_SEEN:
        people = words.counted("people", spot.emergency)
        parts.append(words.say("spot.emergency", people=people))
    if spot.short:
        rules = words.listed([falling(words, each) for each in spot.short])
        parts.append(words.say("spot.short", rules=rules))
    return "; ".join(parts) + "."


def falling(words: Words, each: Falling) -> str:
    """Return a rule that falls short, with how much."""
    return words.say(
        "spot.rule",
        rule=words.title(each.rule),
        amount=words.number(each.amount, 0 if each.amount >= LEAST_SEEN else 1),
        unit=words.title(each.unit),
    )


def contract_words(words: Words, location: Location) -> str:
    """Return a location's contract: from when, until when, whether it can be extended, beds."""
    begins, ends, last = location.open_from, location.open_until, location.extendable_until
    parts = [
        words.say("location.open_from", date=begins)
        if begins
        else words.say("location.open_already"),
        words.say("location.until", date=ends) if ends else words.say("location.no_end"),
    ]
    if ends:
        extendable = words.say("location.extendable", date=last) if last else ""
        parts.append(extendable or words.say("location.not_extendable"))
    sentences = [", ".join(parts) + "."]
    if location.candidate:
        months = words.counted("months", location.lead_time_months)
        sentences = [words.say("location.candidate", months=months), *sentences]
    beds = words.counted("beds", location.beds)
    if location.dol_beds:
        dol, prepared = words.number(location.dol_beds), words.number(location.dol_prepared)
        beds = words.say("location.beds_dol", beds=beds, dol=dol, prepared=prepared)
    return " ".join([*sentences, f"{beds}."])


def facts_words(words: Words, location: Location) -> str:
    """Return a location's type and where it is, and what it is fit for."""
    places = (location.municipality, location.province)
    place = words.listed([each for each in places if each])
    kind = words.title(location.type.label)
    kind = kind[:1].upper() + kind[1:]
    fit = [each for each in FIT if getattr(location, each)]
    said = words.say("location.facts", type=kind, place=place) if place else kind
    return "; ".join([said, *(words.say(f"location.fit.{each}") for each in fit)]) + "."


def size_of(each: ToDecide, words: Words) -> str:
    """Return how much a decision is about: beds, or places for DOL."""
    dol = each.decision is Decision.PREPARE_DOL
    return words.counted("places" if dol else "beds", each.amount)
