"""Contract ends of the national demo, in the proportions of a published run-off table."""

from calendar import monthrange
from datetime import date
from itertools import pairwise

from seeds.allotment import spread
from seeds.demo_site import Site

# COA, pagina capaciteit en bezetting, "Vastgoedportefeuille versus capaciteitsbehoefte":
# places in the portfolio on 1-7-2022, 1-10-2022, 1-1-2023, 1-4-2023 and 1-7-2023.
PORTFOLIO_2022 = (42732, 41827, 34524, 31607, 30066)

_QUARTER_ENDS = (
    (date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)),
    (date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)),
    (date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)),
    (date(2027, 4, 30), date(2027, 5, 31), date(2027, 6, 30)),
)
# What does not end in the first year is there for years, as published: with the regular beds about
# 50,000 places (Kamerbrief of 05-02-2026).
_LATER_ENDS = (date(2031, 6, 30), date(2031, 12, 31), date(2032, 6, 30))
EXTENDABLE_PART = 0.8
EXTENSION_COST_PER_BED = 250


def portfolio_targets(total: int) -> list[int]:
    """Return the beds in contract at the five dates, in the published proportions."""
    return [round(total * places / PORTFOLIO_2022[0]) for places in PORTFOLIO_2022]


def set_contracts(sites: list[Site]) -> None:
    """Let emergency contracts end so that the portfolio runs off as published."""
    open_sites = [s for s in sites if s.status == "open"]
    targets = portfolio_targets(sum(s.beds for s in open_sites))
    ending = [before - after for before, after in pairwise(targets)]
    left = sorted((s for s in open_sites if s.is_emergency), key=_end_order)
    for number, (beds, ends) in enumerate(zip(ending, _QUARTER_ENDS, strict=True)):
        chosen, left = _take(left, beds)
        for order, site in enumerate(chosen):
            site.open_until = ends[order % len(ends)]
            if spread(order, salt=10 + number) < EXTENDABLE_PART and site.type != "crisis":
                _make_extendable(site, order)
    for order, site in enumerate(left):
        site.open_until = _LATER_ENDS[order % len(_LATER_ENDS)]
    _end_some_centres(open_sites)


def _end_order(site: Site) -> float:
    """Return the order in which contracts end: crisis halls first, tents before buildings."""
    early = {"crisis": -2.0, "emergency_tent": -1.0}.get(site.type, 0.0)
    return early + spread(int(site.id[1:]), salt=8)


def _take(sites: list[Site], beds: int) -> tuple[list[Site], list[Site]]:
    """Split off locations with exactly this many beds together.

    What whole locations cannot reach is moved, as beds, from the first location kept to the last
    one taken, so that the beds of all stay the same.
    """
    taken: list[Site] = []
    for site in sites:
        if site.beds <= beds - sum(s.beds for s in taken):
            taken.append(site)
    kept = [s for s in sites if s not in taken]
    rest = beds - sum(s.beds for s in taken)
    largest = max(kept, key=lambda s: s.beds)
    taken[-1].beds += rest
    largest.beds -= rest
    return taken, kept


def _make_extendable(site: Site, order: int) -> None:
    """Let a contract be extended by 18, 24 or 30 months, at a cost in euros."""
    if site.open_until is None:
        return
    months = (18, 24, 30)[order % 3]
    site.extendable_until = month_end_after(site.open_until, months)
    site.extension_cost = site.beds * EXTENSION_COST_PER_BED


def month_end_after(day: date, months: int) -> date:
    """Return the last day of the month that lies this many months after the day's month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _end_some_centres(open_sites: list[Site]) -> None:
    """Let a few regular contracts end in the second year, most of them extendable."""
    centres = [s for s in open_sites if s.type == "azc"]
    for order, site in enumerate(centres[5::12]):
        site.open_until = (date(2027, 9, 30), date(2027, 12, 31))[order % 2]
        if order:
            _make_extendable(site, 2)
