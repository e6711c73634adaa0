"""Writing a comparison to one workbook: words first, then a sheet a theme, then charts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planner.core.texts import Language
from planner.files.cell_writer import Styles
from planner.files.compare_charts import ChartWriter, LineChart, SheetWaterfall
from planner.files.named_tables import NamedTables
from planner.files.result_writer import ResultWriter
from planner.files.whole_file import whole_file
from planner.files.writing import new_workbook
from planner.sheets.result_sheets import ResultSheet

_A4 = 9


def write_comparison(  # noqa: PLR0913, PLR0917 - a comparison is written from these parts
    path: Path,
    sheets: Sequence[ResultSheet],
    names: Sequence[str],
    lines: Sequence[LineChart],
    waterfalls: Sequence[SheetWaterfall],
    language: Language,
) -> None:
    """Write the sheets of a comparison and its charts, whole or not at all.

    `TargetInUseError` where the file cannot be put in its place; it is then as it was.
    """
    with whole_file(path) as draft, new_workbook(draft) as workbook:
        styles, tables = Styles(workbook), NamedTables()
        for each in sheets:
            page = workbook.add_worksheet(each.table.title.in_(language))
            page.set_landscape()
            page.set_paper(_A4)
            page.fit_to_pages(1, 0)
            writer = ResultWriter(page, styles, language, tables=tables, units_told=True)
            writer.write(each, ())
        if not lines and not waterfalls:
            return
        charts = ChartWriter(workbook, styles, language)
        for line in lines:
            charts.lines(line, names)
        for waterfall in waterfalls:
            charts.steps(waterfall)
