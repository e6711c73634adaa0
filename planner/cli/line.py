"""Reading the command line and running the command it names.

Exit codes: 0 done (shortfalls are results), 1 a fault of the program, 2 input or arguments not
usable, 3 stopped with the best plan found written, 4 stopped without a plan, 130 ended by Ctrl-C.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from planner import api
from planner.cli.alternatives import alternatives
from planner.cli.arguments import Arguments, language_of, words_of
from planner.cli.bridge import bridge
from planner.cli.buffer import buffer
from planner.cli.compare import compare
from planner.cli.console import Console
from planner.cli.dossier import dossier
from planner.cli.ensemble import ensemble
from planner.cli.forecasts import forecast, look_back
from planner.cli.importing import import_command
from planner.cli.inspect import check, rules, tables, template
from planner.cli.margin import margin
from planner.cli.plans import demo, plan, verify
from planner.cli.report import export, report
from planner.cli.robust import robust
from planner.cli.status import status
from planner.cli.streams import use_letters_there_are
from planner.cli.targets import refuse_taken, refuse_unusable
from planner.cli.track_record import track_record
from planner.cli.what_if import sweep_command, what_if
from planner.cli.why import why
from planner.core.errors import (
    OpvangplanError,
    TargetInUseError,
    UnusableInputError,
    machine_fault,
)
from planner.core.texts import Language, say
from planner.files.table_files import TableFormat
from planner.files.whole_file import looked_at_again
from planner.input.alike import told_once
from planner.input.book import keep_texts_plainly
from planner.result.plan_status import PlanStatus

DONE, FAULT, UNUSABLE = 0, 1, 2
INTERRUPTED = 130  # as a shell calls what Ctrl-C ended


@dataclass(frozen=True)
class Command:
    """A command: its name, what it does, and the arguments it takes.

    `keeps_input` is whether what it writes to `--out` holds all of its input too, `writes_input`
    whether it writes into the file that it reads, when that is asked for. `also` are
    endings of names that an argument may have besides that of its example, by argument.
    """

    name: str
    act: Callable[[argparse.Namespace, Console], int]
    arguments: tuple[tuple[tuple[str, ...], dict[str, object]], ...] = field(default=())
    keeps_input: bool = False
    writes_input: bool = False
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _option(*names: str, **settings: object) -> tuple[tuple[str, ...], dict[str, object]]:
    return names, settings


_INPUT = _option("input", type=Path, metavar="IN.xlsx")
_JSON = _option("--json", type=Path, metavar="F", dest="json_file")
_SMALL_NUMBERS = _option("--small-numbers", type=int, metavar="N", nargs="?", const=5)

# A workbook may be written as OpenDocument as well.
_AS_ODS, _AS_ODS_OR_PDF = {"out": (".ods",)}, {"out": (".ods", ".pdf")}

COMMANDS: tuple[Command, ...] = (
    Command(
        "demo",
        demo,
        (
            _option("--out", type=Path, metavar="DIR", default=Path("opvangplan-demo")),
            _option("--size", choices=("small", "national"), default="small"),
        ),
    ),
    Command(
        "template",
        template,
        (_option("output", type=Path, metavar="OUT.xlsx"),),
        also={"output": (".ods",)},
    ),
    Command(
        "import",
        import_command,
        (
            _option("inputs", type=Path, metavar="FILE", nargs="+"),
            _option("--mapping", type=Path, metavar="M.json"),
            _option("--out", type=Path, metavar="BOOK.xlsx", required=True),
            _option("--dry-run", action="store_true"),
        ),
    ),
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
        "plan",
        plan,
        (
            _INPUT,
            _option("--out", type=Path, metavar="PLAN.xlsx", required=True),
            _option("--since", type=Path, metavar="ADOPTED.xlsx"),
            _option("--scenario", metavar="NAME"),
            _JSON,
            _option("--whole", action="store_true"),
            _option("--fractions", action="store_true"),
            _option("--time-limit", type=float, metavar="S"),
            _option("--model-dir", type=Path, metavar="DIR"),
        ),
        keeps_input=True,
        also=_AS_ODS,
    ),
    Command("verify", verify, (_option("input", type=Path, metavar="PLAN.xlsx"), _JSON)),
    Command(
        "why",
        why,
        (
            _option("input", type=Path, metavar="PLAN.xlsx"),
            _option("figure", metavar="FIGURE", nargs="?"),
            _option("--wish", metavar="WISH"),
            _option("--priorities", metavar="A,B", nargs="?", const=""),
            _option("--no-emergency-from", metavar="MONTH"),
            _option("--cost", metavar="RULE", nargs="?", const=""),
            _option("--time-limit", type=float, metavar="S"),
            _JSON,
        ),
    ),
    Command(
        "status",
        status,
        (
            _option("input", type=Path, metavar="PLAN.xlsx"),
            _option("--set", choices=[each.value for each in PlanStatus]),
            _option("--by", metavar="WHO"),
        ),
        writes_input=True,
    ),
    Command(
        "dossier",
        dossier,
        (
            _option("input", type=Path, metavar="PLAN.xlsx", nargs="?"),
            _option("--out", type=Path, metavar="DIR|ZIP"),
            _option("--check", type=Path, metavar="DIR|ZIP"),
            _option("--no-repeat", action="store_true"),
        ),
    ),
    Command(
        "what-if",
        what_if,
        (
            _INPUT,
            _option("--edits", type=Path, metavar="EDITS.csv", required=True),
            _option("--scenario", metavar="NAME"),
            _JSON,
        ),
    ),
    Command(
        "sweep",
        sweep_command,
        (
            _INPUT,
            _option("--what", metavar="WHAT", required=True),
            _option("--from", type=float, metavar="X", dest="first", required=True),
            _option("--to", type=float, metavar="Y", dest="last", required=True),
            _option("--steps", type=int, metavar="N", default=9),
            _option("--out", type=Path, metavar="OUT.xlsx", required=True),
            _option("--scenario", metavar="NAME"),
            _JSON,
        ),
        also=_AS_ODS,
    ),
    Command(
        "compare",
        compare,
        (
            _option("inputs", type=Path, metavar="PLAN.xlsx", nargs="+"),
            _option("--out", type=Path, metavar="COMPARE.xlsx", required=True),
            _option("--report", type=Path, metavar="COMPARE.pdf"),
            _option("--scenarios", metavar="A,B,C"),
            _option("--base", type=int, metavar="N", default=1),
            _option("--fractions", action="store_true"),
            _option("--regret", action="store_true"),
            _option("--contributions", action="store_true"),
            _SMALL_NUMBERS,
        ),
        also=_AS_ODS_OR_PDF,
    ),
    Command(
        "alternatives",
        alternatives,
        (
            _INPUT,
            _option("--margin", type=float, metavar="0.02", default=0.02),
            _option("--level", metavar="LEVEL", default="emergency"),
            _option("--count", type=int, metavar="N", default=4),
            _option("--out", type=Path, metavar="OUT.xlsx", required=True),
            _option("--scenario", metavar="NAME"),
            _option("--fractions", action="store_true"),
        ),
        also=_AS_ODS_OR_PDF,
    ),
    Command(
        "margin",
        margin,
        (
            _option("input", type=Path, metavar="PLAN.xlsx"),
            _option("--all", action="store_true"),
            _option("--out", type=Path, metavar="OUT.xlsx"),
            _JSON,
        ),
        also=_AS_ODS,
    ),
    Command(
        "robust",
        robust,
        (
            _INPUT,
            _option("--scenarios", metavar="A,B,C", required=True),
            _option("--weights", metavar="30,40,30"),
            _option("--worst", action="store_true"),
            _option("--common-until", metavar="YYYY-MM"),
            _option("--futures", type=int, metavar="N"),
            _option("--out", type=Path, metavar="PLAN.xlsx", required=True),
            _JSON,
            _option("--fractions", action="store_true"),
            _option("--time-limit", type=float, metavar="S"),
        ),
        keeps_input=True,
        also=_AS_ODS,
    ),
    Command(
        "ensemble",
        ensemble,
        (
            _INPUT,
            _option("--members", type=int, metavar="N", required=True),
            _option("--seed", type=int, metavar="S", default=0),
            _option("--workers", type=int, metavar="W"),
            _option("--scheduler", metavar="tcp://HOST:PORT"),
            _option("--track-record", type=Path, metavar="F.json"),
            _option("--places", metavar="1200,1600,2000"),
            _option("--out", type=Path, metavar="OUT.xlsx", required=True),
            _option("--scenario", metavar="NAME"),
            _JSON,
            _option("--fractions", action="store_true"),
        ),
        also=_AS_ODS,
    ),
    Command(
        "buffer",
        buffer,
        (
            _INPUT,
            _option("--sizes", metavar="0,100,500"),
            _option("--scenarios", metavar="A,B,C"),
            _option("--budget", metavar="YEAR=EUROS,…"),
            _option("--fractions", action="store_true"),
            _option("--out", type=Path, metavar="OUT.xlsx"),
            _JSON,
        ),
        also=_AS_ODS,
    ),
    Command(
        "forecast",
        forecast,
        (
            _INPUT,
            _option("--out", type=Path, metavar="OUT.xlsx", required=True),
            _option("--scenario", metavar="NAME"),
            _option("--calibrate", action="store_true"),
            _option("--track-record", type=Path, metavar="F.json"),
        ),
        keeps_input=True,
        also=_AS_ODS,
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
        also=_AS_ODS,
    ),
    Command(
        "track-record",
        track_record,
        (
            _option("olds", type=Path, metavar="OLD.xlsx", nargs="+"),
            _option("--counts", type=Path, metavar="LATER.xlsx", required=True),
            _option("--out", type=Path, metavar="OUT.xlsx"),
            _option("--scenario", metavar="NAME"),
            _JSON,
        ),
        also=_AS_ODS,
    ),
    Command(
        "bridge",
        bridge,
        (
            _option("old", type=Path, nargs="?", metavar="OLD.xlsx"),
            _option("input", type=Path, metavar="NEW.xlsx"),
            _option("--month", metavar="YYYY-MM"),
            _option("--scenario", metavar="NAME"),
            _option("--out", type=Path, metavar="OUT.xlsx"),
            _JSON,
        ),
        also=_AS_ODS,
    ),
    Command(
        "report",
        report,
        (
            _option("input", type=Path, metavar="PLAN.xlsx"),
            _option("--out", type=Path, metavar="REPORT.pdf", required=True),
            _option("--long", action="store_true"),
            _option("--letter", action="store_true"),
            _option("--province", metavar="NAME"),
            _option("--against", type=Path, metavar="BASE.xlsx"),
            _SMALL_NUMBERS,
        ),
        also={"out": (".odt", ".pptx")},
    ),
    Command(
        "export",
        export,
        (
            _option("input", type=Path, metavar="PLAN.xlsx"),
            _option("--out", type=Path, metavar="DIR", required=True),
            _option("--format", choices=[each.value for each in TableFormat], default="csv"),
            _option("--package", action="store_true"),
            _option("--also", type=Path, metavar="PLAN.xlsx", nargs="+", default=[]),
            _SMALL_NUMBERS,
        ),
    ),
)

NAMES = tuple(command.name for command in COMMANDS)


def run(given: Sequence[str]) -> int:
    """Run the command that the arguments name and return its exit code.

    Whatever goes wrong is told in words on standard error.
    """
    use_letters_there_are()
    keep_texts_plainly()
    language = language_of(given)
    parser = _parser(language)
    try:
        options = parser.parse_args(list(given))
    except SystemExit as ending:
        return DONE if ending.code in (0, None) else UNUSABLE
    console = Console(language, quiet=options.quiet)
    try:
        return _ended(_acted(options, console), console)
    except BrokenPipeError:
        # Whoever reads the output has seen enough; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _acted(options: argparse.Namespace, console: Console) -> int:
    """Do what was asked for and return the exit code; what goes wrong is told."""
    try:
        refuse_unusable(options)
        refuse_taken(options)
        with looked_at_again(partial(refuse_taken, options)):
            code: int = options.act(options, console)
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        console.finish()
        console.tell(say("command.stopped", console.language))
        return INTERRUPTED
    except Exception as fault:
        if os.environ.get("OPVANGPLAN_DEBUG"):
            raise
        return _told(fault, console)
    return code


def _ended(code: int, console: Console) -> int:
    """Return the exit code; 2 where nothing else went wrong but what was said is lost."""
    console.output.flush()
    if not console.output.lost:
        return code
    console.tell(say("command.no_output", console.language))
    return code or UNUSABLE


def _told(fault: Exception, console: Console) -> int:
    """Tell in words what went wrong, never as a traceback; return the exit code for it."""
    match fault:
        case UnusableInputError():
            for finding in told_once(fault.findings):
                console.tell(finding.line(console.language))
            console.tell(console.say(fault.told))
            return UNUSABLE
        case TargetInUseError():
            console.tell(console.say(fault.told))
            return UNUSABLE
        case OpvangplanError():
            console.tell(console.say(fault.told))
        case _ if (told := machine_fault(fault)) is not None:
            console.tell(console.say(told))
            return UNUSABLE
        case _:
            words = f"{type(fault).__name__}: {fault}"
            console.tell(say("command.fault", console.language, fault=words))
    return FAULT


def _parser(language: Language) -> argparse.ArgumentParser:
    common = Arguments(language=language, helps=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--language",
        choices=[each.value for each in Language],
        help=say("help.language", language),
    )
    common.add_argument("--quiet", action="store_true", help=say("help.quiet", language))
    common.add_argument(
        "--overwrite", action="store_true", help=say("help.argument.overwrite", language)
    )
    # They may stand before the command and behind it, where no default may undo what is before.
    parser = Arguments(
        prog="opvangplan",
        description=say("help.program", language),
        parents=[common],
        language=language,
    )
    parser.set_defaults(language=language.value, quiet=False, overwrite=False)
    parser.add_argument(
        "--version",
        action="version",
        version=f"Opvangplan {api.program_version()}",
        help=say("help.version", language),
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        sentence = say(f"help.{command.name}", language)
        sub = commands.add_parser(
            command.name,
            help=sentence.replace("%", "%%"),
            description=sentence,
            parents=[common],
            language=language,
        )
        for names, settings in command.arguments:
            words = words_of(command.name, names[0].lstrip("-"), language)
            sub.add_argument(*names, help=words, **settings)  # type: ignore[arg-type] # data
        sub.set_defaults(
            act=command.act,
            keeps_input=command.keeps_input,
            writes_input=command.writes_input,
            endings=_endings(command),
        )
    return parser


def _endings(command: Command) -> dict[str, tuple[str, ...]]:
    """Return how the names of files may end that a command writes, by argument.

    Its example of a name tells; where that is no name, the file is JSON or what is a folder.
    """
    found = {}
    for names, settings in command.arguments:
        name = str(settings.get("dest", names[0].lstrip("-").replace("-", "_")))
        example = Path(str(settings.get("metavar", ""))).suffix
        json = (".json",) if name == "json_file" else ()
        if endings := (*filter(None, [example]), *json, *command.also.get(name, ())):
            found[name] = endings
    return found
