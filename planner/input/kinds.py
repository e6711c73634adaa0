"""The listed values of the workbook: location types, place kinds, statuses, suitability.

A value is recognised by its key or its title in either language.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from planner.core.texts import Text


class Listed(StrEnum):
    """A value from a list, with a label in both languages."""

    label: Text

    def __new__(cls, key: str, nl: str, en: str) -> Self:
        """Make a listed value from its key and labels."""
        value = str.__new__(cls, key)
        value._value_ = key
        value.label = Text(nl, en)
        return value

    # An enum hashes its name in Python code; these are parts of millions of keys.
    __hash__ = str.__hash__


class PlaceKind(Listed):
    """The kinds of place that people are housed in."""

    REGISTRATION = "registration", "aanmelding", "registration"
    REGULAR = "regular", "regulier", "regular"
    ACCELERATED = "accelerated", "versneld", "accelerated"
    MINORS = "minors", "amv", "minors"
    SPECIAL = "special", "bijzondere zorg", "special care"
    RETURN = "return", "terugkeer", "return"
    DOL = "dol", "DOL", "DOL (Dublin shelter)"
    EMERGENCY_FIXED = "emergency_fixed", "noodopvang gebouw", "emergency building"
    EMERGENCY_TENT = "emergency_tent", "noodopvang tent of hal", "emergency tent or hall"
    CRISIS = "crisis", "crisisnoodopvang", "crisis emergency"

    @property
    def emergency(self) -> bool:
        """Whether a place of this kind is emergency reception (Art. 20(10))."""
        return self in EMERGENCY_KINDS


EMERGENCY_KINDS = (PlaceKind.EMERGENCY_FIXED, PlaceKind.EMERGENCY_TENT, PlaceKind.CRISIS)


class LocationType(Listed):
    """The types of location, each with one base kind of place."""

    COL = "col", "centrale ontvangstlocatie", "central reception location"
    POL = "pol", "procesopvanglocatie", "process reception location"
    AZC = "azc", "asielzoekerscentrum", "asylum seekers' centre"
    AZC_ACCELERATED = "azc_accelerated", "azc versnelde procedure", "centre, accelerated procedure"
    AMV = "amv", "amv-locatie", "minors' location"
    SPECIAL = "special", "bijzondere opvang", "special reception"
    VBL = "vbl", "vrijheidsbeperkende locatie", "restricted-liberty location"
    GL = "gl", "gezinslocatie", "family location"
    HTL = "htl", "handhaving- en toezichtlocatie", "enforcement location"
    PBL = "pbl", "procesbeschikbaarheidslocatie", "process availability location"
    EMERGENCY_FIXED = "emergency_fixed", "noodopvanglocatie gebouw", "emergency location, building"
    EMERGENCY_TENT = "emergency_tent", "noodopvanglocatie tent of hal", "emergency location, tent"
    CRISIS = "crisis", "crisisnoodopvanglocatie", "crisis emergency location"

    @property
    def base_kind(self) -> PlaceKind:
        """The kind of place that a location of this type has."""
        return BASE_KINDS[self]


BASE_KINDS = {
    LocationType.COL: PlaceKind.REGISTRATION,
    LocationType.POL: PlaceKind.REGISTRATION,
    LocationType.AZC: PlaceKind.REGULAR,
    LocationType.AZC_ACCELERATED: PlaceKind.ACCELERATED,
    LocationType.AMV: PlaceKind.MINORS,
    LocationType.SPECIAL: PlaceKind.SPECIAL,
    LocationType.VBL: PlaceKind.RETURN,
    LocationType.GL: PlaceKind.RETURN,
    LocationType.HTL: PlaceKind.RETURN,
    LocationType.PBL: PlaceKind.RETURN,
    LocationType.EMERGENCY_FIXED: PlaceKind.EMERGENCY_FIXED,
    LocationType.EMERGENCY_TENT: PlaceKind.EMERGENCY_TENT,
    LocationType.CRISIS: PlaceKind.CRISIS,
}


class Status(Listed):
    """Whether a location is there or may be opened."""

    OPEN = "open", "open", "open"
    CANDIDATE = "candidate", "kandidaat", "candidate"


class Pinned(Listed):
    """A decision about a location that a planner can fix beforehand."""

    OPEN = "open", "openen", "open"
    EXTEND = "extend", "verlengen", "extend"
    CLOSE_EARLY = "close_early", "eerder sluiten", "close early"
    PREPARE_DOL = "prepare_dol", "DOL ingericht", "DOL fitted out"
    PLACES = "places", "plaatsen in gebruik", "places in use"


class Suitability(Listed):
    """What a kind of place is for a group."""

    PREFERRED = "preferred", "voorkeur", "preferred"
    FALLBACK = "fallback", "uitwijk", "fallback"
    BARRED = "barred", "uitgesloten", "barred"


class Ground(Listed):
    """On what legal ground a group has a place in reception."""

    APPLICANT = "applicant", "asielverzoeker", "applicant"
    TRANSFER = "transfer", "overdrachtsbesluit", "transfer decision"
    NATIONAL = "national", "nationaal recht", "national law"


class Standing(Listed):
    """What a rule rests on, and so what falling short of it is."""

    LAW = "law", "wet", "law"  # an act obliges: falling short is a breach
    EXCEPTION = "exception", "uitzondering", "exception"  # allowed while it must
    RULING = "ruling", "uitspraak of afspraak", "ruling or agreement"
    POLICY = "policy", "beleid", "policy"
    NORM = "norm", "norm", "norm"
    CHOICE = "choice", "keuze", "choice"  # of the model or of the planner


class StayFamily(Listed):
    """How the lengths of stays lie around their mean."""

    EXPONENTIAL = "exponential", "exponentieel", "exponential"
    FIXED = "fixed", "vast", "fixed"
    LOGNORMAL = "lognormal", "lognormaal", "lognormal"
    DUBLIN_CLOCKS = "dublin_clocks", "Dublintermijnen", "Dublin clocks"
