"""A copy of the user's own workbook with what was found in it, in its cells and as a list."""

from __future__ import annotations

import shutil
import warnings
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from planner.core.errors import Finding, Severity
from planner.core.texts import Language, say
from planner.files.faults import FileKind, content_of, kind_of
from planner.files.reading import read_sheets, read_workbook
from planner.files.stored_results import put_results_back
from planner.files.whole_file import whole_file
from planner.files.writing import write_workbook

_FILLS = {
    Severity.ERROR: PatternFill("solid", fgColor="F8CBAD"),
    Severity.REMARK: PatternFill("solid", fgColor="FFF2CC"),
}
_WIDTHS = (11, 20, 9, 60, 60)
_COMMENT_SIZE = (320, 160)
_LONGEST_NAME = 31


def write_marked_copy(
    source: Path, target: Path, findings: Sequence[Finding], language: Language
) -> None:
    """Write a copy of a file as .xlsx with the findings in their cells and on a sheet of their own.

    The rest of the workbook stays as far as openpyxl keeps it: formulas with their results, looks,
    charts, pictures, and macros if the target is an .xlsm. What it does not keep, reading the
    source has told: `left_behind`. `UnusableInputError` where the source cannot be read;
    `TargetInUseError` as in saving.
    """
    sheets, _ = read_sheets(source)
    with whole_file(target) as draft:
        if kind_of(content_of(source), source) is FileKind.EXCEL:
            shutil.copyfile(source, draft)
        else:
            write_workbook(draft, read_workbook(source), (), language)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is not kept; it is told in our own words
            workbook = load_workbook(
                draft, keep_vba=target.suffix.casefold() == ".xlsm", rich_text=True
            )
        _mark(workbook, findings, language)
        _list(workbook, findings, language)
        workbook.save(draft)
        if workbook.vba_archive is not None:
            workbook.vba_archive.close()  # the library leaves it open
        put_results_back(draft, [each.title for each in workbook.worksheets], sheets)


def _mark(workbook: Workbook, findings: Sequence[Finding], language: Language) -> None:
    """Colour each cell that has findings and tell them in a comment."""
    by_cell: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for each in findings:
        if each.cell and each.sheet in workbook.sheetnames:
            by_cell[each.sheet, each.cell].append(each)
    for (sheet, address), found in by_cell.items():
        cell = workbook[sheet][address]
        if not isinstance(cell, Cell):
            continue
        worst = Severity.ERROR if any(_is_error(each) for each in found) else Severity.REMARK
        cell.fill = _FILLS[worst]
        words = [f"{each.what.text(language)}; {each.todo.text(language)}" for each in found]
        before = [] if cell.comment is None else [str(cell.comment.text)]
        width, height = _COMMENT_SIZE
        cell.comment = Comment("\n\n".join([*before, *words]), "Opvangplan", height, width)


def _is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR


def _list(workbook: Workbook, findings: Sequence[Finding], language: Language) -> None:
    """Put all findings on a sheet in front; a cell is a link to itself."""
    title = say("marked.title", language)
    while title in workbook.sheetnames:
        title = f"{title[: _LONGEST_NAME - 1]}_"
    page = workbook.create_sheet(title, 0)
    keys = ("severity", "sheet", "cell", "what", "todo")
    page.append([say(f"marked.{key}", language) for key in keys])
    for each in findings:
        severity = each.severity.label.in_(language)
        what, todo = each.what.text(language), each.todo.text(language)
        page.append([severity, each.sheet, each.cell, what, todo])
    _link(page, workbook, findings)
    _dress(page)
    workbook.active = 0


def _link(page: Worksheet, workbook: Workbook, findings: Sequence[Finding]) -> None:
    for number, finding in enumerate(findings, start=2):
        if finding.cell and finding.sheet in workbook.sheetnames:
            name = finding.sheet.replace("'", "''")
            page.cell(number, 3).hyperlink = f"#'{name}'!{finding.cell}"


def _dress(page: Worksheet) -> None:
    for column, width in zip("ABCDE", _WIDTHS, strict=True):
        page.column_dimensions[column].width = width
    for row in page.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            # A sentence that begins with = is a sentence, not a formula.
            cell.data_type = "s" if cell.data_type == "f" else cell.data_type
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"
