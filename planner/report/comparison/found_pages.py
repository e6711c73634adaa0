"""The pages on what was found about a comparison: contributions of edits, and regret."""

from __future__ import annotations

from planner.compare.sheets import contribution_sheet, regret_at_a_glance, regret_sheet
from planner.core.display_names import called
from planner.report.comparison.printed import SHORTEST, Printed
from planner.report.comparison.tables import frame_table
from planner.report.paper import Paper, PrintedColumn


def contributions(paper: Paper, printed: Printed) -> None:
    """Print what each edit contributes to the difference of each plan that was explained."""
    paper.heading(printed.say("compare.paper.contributions"), 1)
    for found in printed.contributed:
        sheet = contribution_sheet([found])
        paper.heading(printed.show(called(found.scenario)), 3)
        for note in sheet.notes:
            paper.paragraph(printed.show(note))
        frame = sheet.frame
        if frame.empty:
            paper.paragraph(printed.say("compare.paper.contributions.none"))
            continue
        # What is said once for a figure need not be said again for each of its edits.
        about = ["title", "unit"]
        again = (frame[about] == frame[about].shift()).all(axis=1)
        frame = frame.assign(**{each: frame[each].mask(again, "") for each in about})
        frame_table(
            paper,
            frame,
            (
                (PrintedColumn(printed.say("compare.paper.figure"), 2.2), "title", printed.show),
                (PrintedColumn(printed.say("compare.paper.unit"), 1.3), "unit", printed.show),
                (PrintedColumn(printed.say("compare.paper.edit"), 4.6), "factor", printed.show),
                (
                    PrintedColumn(printed.say("compare.paper.alone"), 1.4, right=True),
                    "alone",
                    printed.signed,
                ),
                (
                    PrintedColumn(printed.say("compare.paper.lost"), 1.4, right=True),
                    "switched_off",
                    printed.signed,
                ),
            ),
        )


def regret(paper: Paper, printed: Printed) -> None:
    """Print what is regretted of each plan's decisions if another scenario happens."""
    matrix = printed.matrix
    if matrix is None:
        return
    paper.heading(printed.say("compare.paper.regret"), 1)
    sheet = regret_sheet(matrix)
    for note in sheet.notes:
        paper.paragraph(printed.show(note))
    places = [printed.comparison.names.index(name) for name in matrix.names]
    glance = regret_at_a_glance(matrix).frame
    keys = [str(key) for key in glance if key != "decisions_of"]
    paper.table(
        [
            PrintedColumn(printed.say("compare.paper.decisions_of"), 1.6),
            *(
                PrintedColumn(printed.say("compare.paper.if", name=printed.tag(at, SHORTEST)), 1.5)
                for at in places
            ),
        ],
        [
            (
                printed.tag(at),
                *(printed.show(row[key]) for key in keys),
            )
            for at, (_, row) in zip(places, glance.iterrows(), strict=True)
        ],
    )
    tags = {called(name): printed.tag(at) for at, name in zip(places, matrix.names, strict=True)}
    amounts = ("unplaced", "protected", "emergency", "cost")
    frame_table(
        paper,
        sheet.frame,
        (
            (
                PrintedColumn(printed.say("compare.paper.decisions_of"), 2.4),
                "decisions_of",
                tags.__getitem__,
            ),
            (
                PrintedColumn(printed.say("compare.paper.happens"), 2.4),
                "scenario",
                tags.__getitem__,
            ),
            *(
                (
                    PrintedColumn(printed.say(f"compare.paper.regret.{name}"), 1.6, right=True),
                    f"regret_{name}",
                    printed.signed,
                )
                for name in amounts
            ),
            (
                PrintedColumn(printed.say("compare.paper.departed"), 1.5, right=True),
                "departed",
                printed.number,
            ),
        ),
    )
