"""`kinerja score`: ratings in, and what they came to."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.inputs import read_all, read_headings, spreadsheets
from kinerja_cli.cli.marked_copy import MarkedCopy
from kinerja_cli.cli.messages import progress, say
from kinerja_cli.cli.options import (
    AcceptValid,
    DryRun,
    Files,
    Mapping,
    NipArgument,
    Output,
    PeriodArgument,
    ProblemsFile,
    SaveMap,
    SheetName,
    To,
    UnitOption,
)
from kinerja_cli.cli.outcome import end_import, import_notes, say_left_alone
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import (
    employments,
    position_types,
    predikat_labels,
    predikat_words,
    rating_labels,
)

if TYPE_CHECKING:
    from kinerja_cli.actions.scores import ScoreImport
    from kinerja_cli.storage.store import Store


def score_record(
    nip: NipArgument,
    period: PeriodArgument,
    hasil: Annotated[
        str | None,
        typer.Option("--hasil", "--result", metavar="VALUE", help=_("Rating of hasil: diatas, sesuai or dibawah.")),
    ] = None,
    perilaku: Annotated[
        str | None,
        typer.Option(
            "--perilaku", "--behaviour", metavar="VALUE", help=_("Rating of perilaku: diatas, sesuai or dibawah.")
        ),
    ] = None,
    skp: Annotated[
        str | None, typer.Option("--skp", metavar="N", help=_("SKP score 0-120 (numeric regulation)."))
    ] = None,
    perilaku_score: Annotated[
        str | None, typer.Option("--perilaku-score", metavar="N", help=_("Perilaku score 0-120 (numeric regulation)."))
    ] = None,
    innovation: Annotated[
        bool, typer.Option("--innovation", help=_("The person made an innovation (numeric regulation)."))
    ] = False,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help=_("A note that stays with it."))] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NIP", help=_("Who rated, if not the assessor on record."))
    ] = None,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Record the ratings of one person."""
    from kinerja_cli.actions.scores import record_score

    done = record_score(
        open_store(),
        nip,
        period,
        hasil=hasil,
        perilaku=perilaku,
        skp=skp,
        perilaku_score=perilaku_score,
        innovation=innovation,
        note=note,
        by=by,
        dry_run=dry_run,
    )
    row = asdict(done)
    columns = [
        Column("operation", _("Operation"), "number"),
        Column("nip", _("NIP"), "nip"),
        Column("name", _("Name")),
        Column("period", _("Period")),
        Column("hasil", _("Hasil kerja"), labels=rating_labels()),
        Column("perilaku", _("Perilaku kerja"), labels=rating_labels()),
        Column("predikat", _("Predikat"), labels=predikat_labels()),
        Column("assessor_nip", _("Assessor's NIP"), "nip"),
    ]
    if row.get("value") is not None:
        columns.insert(7, Column("value", _("Value")))
    row = {one.key: row.get(one.key) for one in columns}
    title = _("Rating recorded")
    if done.operation is None:
        title = _("Dry run: nothing was saved") if dry_run else _("Recorded before; nothing changed")
    show(View(title, columns, [row], single=True), output)


def score_import(
    files: Files,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="PERIOD", help=_("The period, where the sheets do not say it.")),
    ] = None,
    sheet: SheetName = None,
    mapping: Mapping = None,
    save_map: SaveMap = None,
    accept_valid: AcceptValid = False,
    problems: ProblemsFile = None,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Import ratings: e-Kinerja BKN recaps, or our own sheets; all files are one operation."""
    from kinerja_cli.actions.scores import import_scores
    from kinerja_cli.workbooks.layouts import Purpose

    store = open_store()
    paths = spreadsheets(files)
    headings = read_headings(store, mapping, save_map)
    copy = MarkedCopy(problems, paths)
    with progress(_("Reading the ratings")), copy.reading():
        result = import_scores(
            store,
            read_all(paths, Purpose.RATINGS, sheet=sheet, headings=headings, seen=copy.seen, accept_valid=accept_valid),
            period_code=period,
            accept_valid=accept_valid,
            dry_run=dry_run,
            save_map=headings.to_save,
            today=today(store),
        )
    notes = _import_notes(result)
    copy.write(result.problems, result.operation, notes)
    say_left_alone(result.skipped)
    end_import(result, copy, _import_view(result, copy, notes), output)


def _import_notes(result: "ScoreImport") -> list[str]:
    """What is said under the counts of an import."""
    return import_notes(
        result,
        again=_again(result),
    )


def _import_view(result: "ScoreImport", copy: MarkedCopy, notes: Sequence[str]) -> View:
    """The counts of an import of ratings."""
    data = result.as_dict() | copy.facts
    return View(
        _("Import of ratings"),
        [
            Column("operation", _("Operation"), "number"),
            Column("period", _("Period")),
            Column("rows", _("Rows"), "number"),
            Column("recorded", _("Recorded"), "number"),
            Column("changed", _("Overwritten"), "number"),
            Column("unchanged", _("Unchanged"), "number"),
            Column("unrated", _("Not rated"), "number"),
            Column("rejected", _("Rejected"), "number"),
            Column("feedback", _("Feedback"), "number"),
            Column("left", _("In no file"), "number"),
        ],
        [data],
        single=True,
        notes=tuple(notes),
        data=data,
    )


def _again(result: "ScoreImport") -> str:
    """What to say of files that held nothing new."""
    if not result.rows:
        return _("There is nobody in the files yet; nothing was written.")
    if result.unrated == result.rows:
        return _("Nobody in the files is rated yet; nothing was written.")
    return _("Everything was recorded already; nothing was written.")


def result_columns(*, numeric: bool = False, words: dict[object, str] | None = None) -> list[Column]:
    """The columns of a list of ratings; under a numeric regulation the numbers stand in place of the ratings.

    `words` are what the regulation calls the predikat.
    """
    numbers = [
        Column("skp", _("SKP score"), "number"),
        Column("perilaku_score", _("Perilaku score"), "number"),
        Column("innovation", _("Innovation"), labels={True: _("yes"), False: _("no")}),
    ]
    return [
        Column("nip", _("NIP"), "nip"),
        Column("name", _("Name")),
        Column("unit_code", _("Unit code"), in_table=False, in_workbook=False),
        Column("unit", _("Unit")),
        Column("position", _("Position"), in_table=False),
        Column("position_type", _("Kind of position"), in_table=False, labels=position_types()),
        Column("rank", _("Rank"), in_table=False),
        Column("employment", _("Employment"), in_table=False, labels=employments()),
        Column("assessor_nip", _("Assessor's NIP"), "nip", in_table=False),
        Column("hasil", _("Hasil kerja"), labels=rating_labels(), in_table=not numeric, in_workbook=not numeric),
        Column("perilaku", _("Perilaku kerja"), labels=rating_labels(), in_table=not numeric, in_workbook=not numeric),
        Column("predikat", _("Predikat"), labels=words or predikat_labels()),
        Column("organisation", _("Organisation's predikat"), in_table=False, in_workbook=False),
        Column("final", _("Final"), in_table=False, in_workbook=False, labels={True: _("yes"), False: _("no")}),
        Column("state", _("State"), labels={"rated": _("rated"), "unrated": _("not rated")}),
        *(numbers if numeric else []),
    ]


def columns_of(store: "Store", period: str) -> list[Column]:
    """The columns of a list of ratings of a period, in the words of the regulation it froze."""
    from kinerja_cli.actions.scores import frozen_regulation

    regulation = frozen_regulation(store, period)
    return result_columns(numeric=regulation.numeric is not None, words=predikat_words(regulation))


_SHEET = ("nip", "name", "unit", "position", "hasil", "perilaku", "skp", "perilaku_score", "innovation")
"""The columns of a sheet to fill in. What follows from the ratings is not among them: it would soon disagree."""


def score_list(
    period: PeriodArgument,
    unit: UnitOption = None,
    unrated: Annotated[bool, typer.Option("--unrated", help=_("Only people not yet rated."))] = False,
    output: Output = None,
    to: To = None,
) -> None:
    """List the ratings of a period; as .xlsx it is a sheet to fill in and import again."""
    from kinerja_cli.actions.scores import list_scores

    store = open_store()
    rows = list_scores(store, period, unit=unit, unrated=unrated)
    columns = [replace(one, in_workbook=one.in_workbook and one.key in _SHEET) for one in columns_of(store, period)]
    show(View(_("Ratings"), columns, rows, subtitle=_period_line(period)), output, to)
    _say_written(len(rows), to)


def _period_line(period: str) -> str:
    """The line that lets our own sheet be imported again: the period, as files write it."""
    from kinerja_cli.domain.periods import parse_period

    return f"Periode: {parse_period(period).code}"


def _say_written(count: int, to: Path | None) -> None:
    if to is not None:
        say(_("{count} people written to {file}").format(count=count, file=to))


def score_show(
    nip: NipArgument,
    period: Annotated[
        str | None, typer.Argument(metavar="[PERIOD]", help=_("One period; all of them if left away."))
    ] = None,
    output: Output = None,
    to: To = None,
) -> None:
    """Show the ratings of one person."""
    from kinerja_cli.actions.scores import show_score

    rows = [dict(row) for row in show_score(open_store(), nip, period)]
    numeric = any(row["skp"] is not None for row in rows)
    columns = [
        Column("period", _("Period")),
        *result_columns(numeric=numeric),
        Column("note", _("Note")),
        Column("rated_by", _("Rated by"), "nip", in_table=False),
    ]
    name = str(rows[0]["name"]) if rows else nip
    show(View(name, columns, rows, single=period is not None), output, to)
