"""`kinerja reconcile`: recaps of e-Kinerja beside the roster and the ratings."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.inputs import read_all, read_headings, spreadsheets
from kinerja_cli.cli.messages import progress, say
from kinerja_cli.cli.options import Files, Output, SheetName, To, UnitOption
from kinerja_cli.cli.options import Mapping as Headings
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import predikat_words, severities
from kinerja_cli.errors import Exit, Severity

if TYPE_CHECKING:
    from kinerja_cli.actions.reconcile import Reconciliation
    from kinerja_cli.domain.findings import Finding

_Row = Mapping[str, object]
_OPTIONAL = ("unit_recap", "assessor_store", "assessor_recap", "predikat_store", "predikat_recap")
"""Columns that a workbook leaves out where no finding fills them."""


def reconcile(
    files: Files,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="PERIOD", help=_("The period, where the sheets do not say it.")),
    ] = None,
    unit: UnitOption = None,
    sheet: SheetName = None,
    mapping: Headings = None,
    output: Output = None,
    to: To = None,
) -> None:
    """Compare e-Kinerja BKN recaps with the roster and the ratings kept here; nothing is changed."""
    from kinerja_cli.actions.reconcile import reconcile_recaps
    from kinerja_cli.workbooks.layouts import Purpose

    store = open_store()
    paths = spreadsheets(files)
    with progress(_("Comparing the recaps")):
        done = reconcile_recaps(
            store,
            read_all(paths, Purpose.RATINGS, sheet=sheet, headings=read_headings(store, mapping)),
            period_code=period,
            unit=unit,
        )
    show(_view(done, unit), output, to)
    if to is not None:
        say(_("Findings written to {file}: {count}").format(count=len(done.findings), file=to))
    if any(one.severity is Severity.ERROR for one in done.findings):
        raise typer.Exit(Exit.FINDINGS)


def _view(done: "Reconciliation", unit: str | None) -> View:
    """The findings, and under them how many there are of each kind and over what they went."""
    rows: list[_Row] = [one.as_dict() for one in done.findings]
    return View(
        _("e-Kinerja and the store"),
        _columns(rows, predikat_words(done.regulation)),
        rows,
        subtitle=_("Period {period}").format(period=done.period),
        notes=tuple(_notes(done)),
        data=[*rows, *(one.as_dict() for one in done.left_alone)],
        beside=(_summary(done),) if rows else (),
        of={"period": done.period, "unit": unit},
    )


def _columns(rows: Sequence[_Row], predikat: dict[object, str]) -> list[Column]:
    """The columns of the findings; on a screen the sentence has what the others say."""
    columns = [
        Column("severity", _("Severity"), labels=severities()),
        Column("code", _("Code")),
        Column("nip", _("NIP"), "nip", width=22),
        Column("name", _("Name"), in_table=False, width=28),
        Column("unit_store", _("Unit here"), in_table=False, width=30),
        Column("unit_recap", _("Unit in the recap"), in_table=False, width=26),
        Column("assessor_store", _("Assessor here"), in_table=False, width=30),
        Column("assessor_recap", _("Assessor in the recap"), in_table=False, width=30),
        Column("predikat_store", _("Predikat here"), in_table=False, labels=predikat, width=16),
        Column("predikat_recap", _("Predikat in the recap"), in_table=False, labels=predikat, width=16),
        Column("people", _("People"), "number", in_table=False, in_workbook=False),
        Column("file", _("File"), wide=True, width=26),
        Column("sheet", _("Sheet"), in_table=False, in_workbook=False),
        Column("row", _("Row"), "number", wide=True),
        Column("column", _("Column"), in_table=False, in_workbook=False),
        Column("message", _("What differs"), width=58),
        # The sheet of the kinds of findings says it once for each.
        Column("fix", _("What to do"), in_table=False, in_workbook=False),
    ]
    empty = {key for key in _OPTIONAL if all(row[key] is None for row in rows)}
    return [replace(column, in_workbook=False) if column.key in empty else column for column in columns]


def _notes(done: "Reconciliation") -> Iterator[str]:
    """What was compared, how many findings there are of each kind, and what was left out."""
    yield _("Compared: people {people}, rows {rows}, files {files}.").format(
        people=done.compared, rows=done.rows, files=done.files
    )
    if done.findings:
        kinds = Counter(one.code for one in done.findings)
        yield _("Findings: {counts}.").format(counts=", ".join(f"{code} {count}" for code, count in kinds.items()))
    else:
        yield _("Everything agrees.")
    if not done.opened:
        yield _("{period} was never opened here, so there are no ratings to compare with.").format(period=done.period)
    if done.elsewhere:
        yield _("People in the recap of a unit above or below their own, which agrees: {count}.").format(
            count=done.elsewhere
        )
    for one in done.skipped:
        yield _("Left out: {file}, sheet {sheet}: {reason}.").format(file=one.file, sheet=one.sheet, reason=one.reason)


def _summary(done: "Reconciliation") -> View:
    """The kinds of findings with their number, for the front of a workbook."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for one in done.findings:
        groups.setdefault((str(one.severity), one.code), []).append(one)
    return View(
        _("Kinds of findings"),
        [
            Column("severity", _("Severity"), labels=severities()),
            Column("code", _("Code")),
            Column("count", _("Findings"), "number"),
            Column("meaning", _("Meaning"), width=60),
            Column("fix", _("What to do"), "list", width=70),
        ],
        [
            {
                "severity": severity,
                "code": code,
                "count": len(group),
                "meaning": _(group[0].problem.kind.meaning),
                "fix": list(dict.fromkeys(one.problem.fix for one in group)),
            }
            for (severity, code), group in groups.items()
        ],
        subtitle=_("Period {period}").format(period=done.period),
    )
