"""Reading the command line and running the command it names.

Exit codes: 0 done (shortfalls are results), 1 a fault of the program, 2 input or arguments not
usable, 3 stopped with the best plan found written, 4 stopped without a plan.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path

from planner import workflow
from planner.commands.compare import compare
from planner.commands.console import Console
from planner.commands.forecasts import forecast, look_back
from planner.commands.inspect import check, rules, tables, template
from planner.commands.plans import demo, plan, verify
from planner.commands.report import export, report
from planner.commands.targets import refuse_taken
from planner.errors import OpvangplanError, TargetInUseError, UnusableInputError
from planner.texts import Language, say
from planner.workbook.table_files import TableFormat
from planner.workbook.whole_file import looked_at_again

DONE, FAULT, UNUSABLE = 0, 1, 2

Options = argparse.Namespace


@dataclass(frozen=True)
class Command:
    """A command: its name, what it does, and the arguments it takes.

    `keeps_input` is whether what it writes to `--out` holds all of its input too.
    """

    name: str
    act: Callable[[Options, Console], int]
    arguments: tuple[tuple[tuple[str, ...], dict[str, object]], ...] = field(default=())
    keeps_input: bool = False


def _option(*names: str, **settings: object) -> tuple[tuple[str, ...], dict[str, object]]:
    return names, settings


_INPUT = _option("input", type=Path, metavar="IN.xlsx")
_JSON = _option("--json", type=Path, metavar="F", dest="json_file")

COMMANDS: tuple[Command, ...] = (
    Command(
        "demo",
        demo,
        (
            _option("--out", type=Path, metavar="DIR", default=Path("opvangplan-demo")),
            _option("--size", choices=("small", "national"), default="small"),
        ),
    ),
    Command("template", template, (_option("output", type=Path, metavar="OUT.xlsx"),)),
    Command("check", check, (_INPUT, _JSON)),
    Command("tables", tables, (_JSON,)),
    Command(
        "rules",
        rules,
        (
            _option("input", type=Path, metavar="IN.xlsx", nargs="?"),
            _option("--scenario", metavar="NAME"),
            _JSON,
        ),
    ),
    Command(
        "forecast",
        forecast,
        (
            _INPUT,
            _option("--out", type=Path, metavar="OUT.xlsx", required=True),
            _option("--scenario", metavar="NAME"),
            _option("--calibrate", action="store_true"),
        ),
        keeps_input=True,
    ),
    Command(
        "look-back",
        look_back,
        (
            _option("old", type=Path, metavar="OLD.xlsx"),
            _option("later", type=Path, metavar="LATER.xlsx"),
            _option("--out", type=Path, metavar="OUT.xlsx", required=True),
            _option("--scenario", metavar="NAME"),
        ),
    ),
    Command(
        "plan",
        plan,
        (
            _INPUT,
            _option("--out", type=Path, metavar="PLAN.xlsx", required=True),
            _option("--scenario", metavar="NAME"),
            _JSON,
            _option("--whole", action="store_true"),
            _option("--time-limit", type=float, metavar="S"),
            _option("--model-dir", type=Path, metavar="DIR"),
        ),
        keeps_input=True,
    ),
    Command(
        "compare",
        compare,
        (
            _option("inputs", type=Path, metavar="PLAN.xlsx", nargs="+"),
            _option("--out", type=Path, metavar="COMPARE.xlsx", required=True),
            _option("--report", type=Path, metavar="COMPARE.pdf"),
            _option("--scenarios", metavar="A,B,C"),
            _option("--regret", action="store_true"),
            _option("--contributions", action="store_true"),
        ),
    ),
    Command("verify", verify, (_option("input", type=Path, metavar="PLAN.xlsx"), _JSON)),
    Command(
        "report",
        report,
        (
            _option("input", type=Path, metavar="PLAN.xlsx"),
            _option("--out", type=Path, metavar="REPORT.pdf", required=True),
            _option("--against", type=Path, metavar="BASE.xlsx"),
        ),
    ),
    Command(
        "export",
        export,
        (
            _option("input", type=Path, metavar="PLAN.xlsx"),
            _option("--out", type=Path, metavar="DIR", required=True),
            _option("--format", choices=[each.value for each in TableFormat], default="csv"),
        ),
    ),
)

NAMES = tuple(command.name for command in COMMANDS)


def run(given: Sequence[str]) -> int:
    """Run the command that the arguments name and return its exit code.

    Whatever goes wrong is told in words on standard error.
    """
    language = _language_of(given)
    parser = _parser(language)
    try:
        options = parser.parse_args(list(given))
    except SystemExit as ending:
        return DONE if ending.code in (0, None) else UNUSABLE
    console = Console(language, quiet=options.quiet)
    try:
        refuse_taken(options)
        with looked_at_again(partial(refuse_taken, options)):
            code: int = options.act(options, console)
    except BrokenPipeError:
        # Whoever reads the output has seen enough; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as fault:
        if os.environ.get("OPVANGPLAN_DEBUG"):
            raise
        return _told(fault, console)
    return code


def _told(fault: Exception, console: Console) -> int:
    """Tell in words what went wrong, never as a traceback; return the exit code for it."""
    match fault:
        case UnusableInputError():
            for finding in fault.findings:
                console.tell(finding.line(console.language))
            console.tell(console.say(fault.told))
            return UNUSABLE
        case TargetInUseError():
            console.tell(console.say(fault.told))
            return UNUSABLE
        case OpvangplanError():
            console.tell(console.say(fault.told))
        case _:
            words = f"{type(fault).__name__}: {fault}"
            console.tell(say("command.fault", console.language, fault=words))
    return FAULT


def _language_of(given: Sequence[str]) -> Language:
    """Return the language asked for, before the arguments are read: Dutch unless English."""
    asked = [each for each in given if each.startswith("--language=")]
    if asked:
        return Language.EN if asked[-1].endswith("=en") else Language.NL
    for before, each in pairwise(given):
        if before == "--language":
            return Language.EN if each == "en" else Language.NL
    return Language.NL


def _parser(language: Language) -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--language",
        choices=[each.value for each in Language],
        default=Language.NL.value,
        help=say("help.language", language),
    )
    common.add_argument("--quiet", action="store_true", help=say("help.quiet", language))
    common.add_argument(
        "--overwrite", action="store_true", help=say("help.argument.overwrite", language)
    )
    parser = argparse.ArgumentParser(
        prog="opvangplan", description=say("help.program", language), parents=[]
    )
    parser.add_argument(
        "--version", action="version", version=f"Opvangplan {workflow.program_version()}"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        sentence = say(f"help.{command.name}", language)
        sub = commands.add_parser(
            command.name, help=sentence, description=sentence, parents=[common]
        )
        for names, settings in command.arguments:
            words = say(f"help.argument.{names[0].lstrip('-')}", language)
            sub.add_argument(*names, help=words, **settings)  # type: ignore[arg-type] # data
        sub.set_defaults(act=command.act, keeps_input=command.keeps_input)
    return parser
