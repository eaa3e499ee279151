"""Options that several commands share, each defined once so that it means the same everywhere."""

from gettext import gettext as _
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from kinerja_cli.cli.render import Format

Output: TypeAlias = Annotated[
    Format | None,
    typer.Option("--format", help=_("How to show it: a table on a terminal, tsv in a pipe by default.")),
]
To: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=_("Write to a file; its ending chooses the form (.xlsx .csv .tsv .json .md)."),
    ),
]
DryRun: TypeAlias = Annotated[bool, typer.Option("--dry-run", help=_("Do everything, show it, and keep nothing."))]
AcceptValid: TypeAlias = Annotated[
    bool,
    typer.Option("--accept-valid", help=_("Take the rows without an error and leave out the others (exit 7).")),
]
Files: TypeAlias = Annotated[
    list[Path],
    typer.Argument(metavar="FILE…", help=_("Spreadsheets (.xlsx .xls .xlsb .ods .csv) or folders of them.")),
]
SheetName: TypeAlias = Annotated[
    str | None, typer.Option("--sheet", metavar="NAME", help=_("Read only the sheet of that name."))
]
Mapping: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=HEADING",
        help=_("Say which heading holds a field, or name a mapping kept earlier; may be given several times."),
    ),
]
SaveMap: TypeAlias = Annotated[
    str | None,
    typer.Option("--save-map", metavar="NAME", help=_("Keep the --map pairs for the next file from that source.")),
]
ProblemsFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--problems", metavar="FILE.xlsx", help=_("Write your files back as one workbook with the problems marked.")
    ),
]
NipArgument: TypeAlias = Annotated[str, typer.Argument(metavar="NIP", help=_("18 digits; spaces and dots do no harm."))]
PeriodArgument: TypeAlias = Annotated[
    str, typer.Argument(metavar="PERIOD", help=_("2026, 2026-Q1, 2026-01, or as forms write it."))
]
UnitOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--unit", metavar="CODE", help=_("Only this unit and those below it (see `kinerja unit tree`).")),
]
AllowUnrated: TypeAlias = Annotated[
    bool, typer.Option("--allow-unrated", help=_("Close although people are not rated; they stay unrated."))
]
Suppress: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--suppress",
        metavar="N",
        min=2,
        help=_("To be published: hide counts of fewer than N people (5, say), and those that would tell them."),
    ),
]
Since: TypeAlias = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help=_("From which day on it is so; today by default.")),
]
From: TypeAlias = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help=_("The first day; today by default.")),
]
Until: TypeAlias = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help=_("The last day; without it, until it is ended.")),
]
EndOn: TypeAlias = Annotated[
    str | None,
    typer.Option("--end", metavar="DATE", help=_("End the one that runs, with this as its last day.")),
]
AsOf: TypeAlias = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help=_("As if it were that day; today in the agency's zone by default.")),
]
RatedOn: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--rated-on", metavar="DATE", help=_("Rated in time, on this day of the window, and only recorded now.")
    ),
]
