"""`kinerja score`: ratings in, and what they came to."""

from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.inputs import read_all, read_day, read_headings, spreadsheets
from kinerja_cli.cli.marked_copy import MarkedCopy
from kinerja_cli.cli.messages import progress, say, show_problems
from kinerja_cli.cli.options import (
    AcceptValid,
    DryRun,
    Files,
    Mapping,
    NipArgument,
    Output,
    PeriodArgument,
    ProblemsFile,
    RatedOn,
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
    final_rules,
    objection_states,
    organisation_labels,
    parts_note,
    parts_notes,
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
        str | None, typer.Option("--by", metavar="NIP", help=_("Who rated: the assessor, or a delegate of theirs."))
    ] = None,
    rated_on: RatedOn = None,
    late: Annotated[
        bool, typer.Option("--late", help=_("The assessor missed the window and the superior rates; it is final."))
    ] = False,
    study_failed: Annotated[
        bool, typer.Option("--study-failed", help=_("A study was not completed: only Kurang or Sangat Kurang."))
    ] = False,
    carry: Annotated[
        str | None,
        typer.Option(
            "--carry",
            metavar="PERIOD",
            help=_("Use the result of the period before, for somebody who moved; by --note."),
        ),
    ] = None,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Record the ratings of one person."""
    from kinerja_cli.actions.scores import record_score
    from kinerja_cli.actions.year_parts import parts_out

    store = open_store()
    done = record_score(
        store,
        nip,
        period,
        today=today(store),
        hasil=hasil,
        perilaku=perilaku,
        skp=skp,
        perilaku_score=perilaku_score,
        innovation=innovation,
        note=note,
        by=by,
        rated_on=read_day(rated_on, "--rated-on") if rated_on is not None else None,
        late=late,
        study_failed=study_failed,
        carry=carry,
        dry_run=dry_run,
    )
    show_problems(done.problems)
    if done.already:
        say(
            _("{name} has these ratings in {period} already; nothing was written.").format(
                name=done.name, period=done.period
            )
        )
    row = done.as_dict()
    title = _("Rating recorded")
    if done.operation is None:
        title = _("Dry run: nothing was saved") if dry_run else _("Recorded before; nothing changed")
    columns = [one for one in _record_columns() if one.key in row]
    notes = [parts_note(done.parts_by_code, parts_out(done.parts) or ())] if done.parts else []
    if done.suggestion and done.suggested_hasil != done.hasil:
        notes.append(done.suggestion)
    show(View(title, columns, [row], single=True, data=row, notes=tuple(notes)), output)


def _record_columns() -> list[Column]:
    """What is said of a rating just recorded; much of it concerns only some."""
    return [
        Column("operation", _("Operation"), "number"),
        Column("nip", _("NIP"), "nip"),
        Column("name", _("Name")),
        Column("period", _("Period")),
        Column("hasil", _("Hasil kerja"), labels=rating_labels()),
        Column("perilaku", _("Perilaku kerja"), labels=rating_labels()),
        Column("predikat", _("Predikat"), labels=predikat_labels()),
        Column("value", _("Value")),
        Column("assessor_nip", _("Assessor's NIP"), "nip"),
        Column("suggested_hasil", _("Suggested hasil"), in_table=False, labels=rating_labels()),
        Column("rated_by", _("Rated by"), "nip"),
        Column("final", _("Final"), labels={True: _("yes"), False: _("no")}),
        Column("final_rule", _("Final because"), labels=final_rules()),
        Column("carried_from", _("Carried from")),
        Column("study_failed", _("Study not completed"), labels={True: _("yes"), False: _("no")}),
    ]


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
    rated_on: RatedOn = None,
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
            rated_on=read_day(rated_on, "--rated-on") if rated_on is not None else None,
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
        Column(
            "organisation",
            _("Organisation's predikat"),
            in_table=False,
            in_workbook=False,
            labels=organisation_labels(),
        ),
        Column("final", _("Final"), in_table=False, in_workbook=False, labels={True: _("yes"), False: _("no")}),
        Column("state", _("State"), labels={"rated": _("rated"), "unrated": _("not rated")}),
        *(numbers if numeric else []),
        Column("suggested_hasil", _("Suggested hasil"), in_table=False, in_workbook=False, labels=rating_labels()),
        Column("objection", _("Objection"), in_table=False, in_workbook=False, labels=objection_states()),
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
    from kinerja_cli.domain.periods import parse_period

    store = open_store()
    rows = list_scores(store, period, unit=unit, unrated=unrated, today=today(store))
    of = {"period": parse_period(period).code, "unit": unit, "only": "unrated" if unrated else None}
    columns = [replace(one, in_workbook=one.in_workbook and one.key in _SHEET) for one in columns_of(store, period)]
    show(View(_("Ratings"), columns, rows, subtitle=_period_line(period), of=of), output, to)
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

    store = open_store()
    rows = [dict(row) for row in show_score(store, nip, period, today=today(store))]
    numeric = any(row["skp"] is not None for row in rows)
    columns = [
        Column("period", _("Period")),
        *result_columns(numeric=numeric),
        Column("note", _("Note")),
        Column("rated_by", _("Rated by"), "nip", in_table=False),
        Column("final_rule", _("Final because"), in_table=False, in_workbook=False, labels=final_rules()),
        Column("carried_from", _("Carried from"), in_table=False, in_workbook=False),
        Column(
            "study_failed",
            _("Study not completed"),
            in_table=any(row["study_failed"] for row in rows),
            in_workbook=False,
            labels={True: _("yes"), False: _("no")},
        ),
        Column("parts", _("Parts of the year"), in_table=False, in_workbook=False),
        Column("parts_out", _("Out of these parts"), in_table=False, in_workbook=False),
        Column("documents", _("Document"), in_table=False, in_workbook=False),
    ]
    name = str(rows[0]["name"]) if rows else nip
    show(View(name, columns, rows, single=period is not None, notes=parts_notes(rows)), output, to)
