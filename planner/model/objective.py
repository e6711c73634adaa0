"""`LEVELS`: what comes before what, and what each level adds up.

Levels are solved in turn; none gives up anything for a later one. The planner may reorder the
levels between `shared` and `cost` through the parameters `priority_…` (lower comes first).
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.core.texts import Text
from planner.input.case import Case
from planner.input.parameters import Parameters
from planner.model.measures import (
    COST,
    DOL_GROWTH,
    DOL_IN_ORDER,
    PROTECTED_UNPLACED,
    WORST_PROVINCE,
    Measure,
)
from planner.model.rules.rule import Level


@dataclass(frozen=True)
class LevelContent:
    """A level: its title, its unit, and the measures it adds to its rules' shortfalls."""

    level: Level
    title: Text
    unit: str
    measures: tuple[Measure, ...] = ()


LEVELS: tuple[LevelContent, ...] = (
    LevelContent(Level.UNPLACED, Text("zonder plaats", "without a place"), "person-months"),
    LevelContent(
        Level.PROTECTED,
        Text("beschermde groepen", "protected groups"),
        "person-months",
        (PROTECTED_UNPLACED,),
    ),
    LevelContent(Level.SHARED, Text("gelijk verdeeld", "shared evenly"), "share-months"),
    LevelContent(Level.NORM, Text("norm en plafonds", "norm and ceilings"), "person-months"),
    LevelContent(
        Level.EMERGENCY, Text("noodopvang", "emergency reception"), "weighted person-months"
    ),
    LevelContent(Level.DUBLIN, Text("Dublin", "Dublin"), "person- and place-months"),
    LevelContent(
        Level.RESERVE, Text("reserve en personeel", "reserve and staff"), "place- and fte-months"
    ),
    LevelContent(
        Level.PROVINCES_WORST,
        Text("grootste achterstand provincie", "largest arrears of a province"),
        "share",
        (WORST_PROVINCE,),
    ),
    LevelContent(Level.PROVINCES, Text("taken van provincies", "province tasks"), "place-months"),
    LevelContent(Level.MOVES, Text("verhuizingen", "moves"), "weighted persons"),
    LevelContent(Level.COST, Text("kosten", "cost"), "euro", (COST,)),
    LevelContent(
        Level.CHANGE,
        Text("wijzigingen en nieuw DOL", "changes and new DOL"),
        "place-months",
        (DOL_GROWTH, DOL_IN_ORDER),
    ),
)

# Who goes without a place, if someone must, is settled before anything else.
FIRST = (Level.UNPLACED, Level.PROTECTED, Level.SHARED)
REORDERABLE = {
    Level.NORM: "priority_norm",
    Level.EMERGENCY: "priority_emergency",
    Level.DUBLIN: "priority_dublin",
    Level.RESERVE: "priority_reserve",
    Level.PROVINCES_WORST: "priority_provinces",
    Level.PROVINCES: "priority_provinces",
    Level.MOVES: "priority_moves",
}


def levels_in_order(case: Case) -> tuple[LevelContent, ...]:
    """Return the levels in the order the case asks for; equal priorities keep the order above."""
    return levels_by(case.parameters)


def levels_by(parameters: Parameters) -> tuple[LevelContent, ...]:
    """Return the levels in the order that parameters ask for; `LookupError` where one is unset."""
    movable = [content for content in LEVELS if content.level in REORDERABLE]
    movable.sort(key=lambda content: parameters.number(REORDERABLE[content.level]))
    first = [c for c in LEVELS if c.level in FIRST]
    last = [c for c in LEVELS if c.level in (Level.COST, Level.CHANGE)]
    return (*first, *movable, *last)
