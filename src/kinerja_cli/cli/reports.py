"""`kinerja report`: what a person, a unit and a period come to."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from enum import StrEnum
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.closing import proof_notes
from kinerja_cli.cli.feedback import feedback_columns
from kinerja_cli.cli.options import NipArgument, Output, PeriodArgument, Suppress, To
from kinerja_cli.cli.render import show
from kinerja_cli.cli.scores import columns_of
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.suppressed import for_scripts, hide, suppression_notes
from kinerja_cli.cli.values import spoken
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import (
    PREDIKAT_LABELS,
    objection_states,
    parts_notes,
    predikat_labels,
    predikat_words,
    rating_labels,
)

if TYPE_CHECKING:
    from kinerja_cli.domain.summary import Group


class By(StrEnum):
    """What a summary is grouped by."""

    UNIT = "unit"
    PARENT = "parent"
    POSITION_TYPE = "position_type"
    RANK = "rank"
    EMPLOYMENT = "employment"
    SEX = "sex"


def report_summary(
    period: PeriodArgument,
    by: Annotated[By, typer.Option("--by", help=_("What to group people by."))] = By.UNIT,
    suppress: Suppress = None,
    output: Output = None,
    to: To = None,
) -> None:
    """Summarise a period: how many people have each predikat. Percentages are of those rated."""
    from kinerja_cli.actions.reports import summary
    from kinerja_cli.actions.scores import frozen_regulation
    from kinerja_cli.domain.suppression import hidden_in_summary

    store = open_store()
    found = summary(store, period, by.value)
    words = predikat_words(frozen_regulation(store, period))
    *rows, total = map(_summary_row, (*found.groups, found.total))
    if suppress is not None:
        hidden = [names | {"left"} for names in hidden_in_summary(found.groups, found.total, suppress)]
        *rows, total = map(hide, (*rows, total), hidden)
    columns = _summary_columns(by, words)
    show(
        View(
            _("Performance summary {period}").format(period=found.period),
            columns if suppress is None else [one for one in columns if one.kind != "bar"],
            rows,
            total=total | {"key": "", "label": _("Total")},
            chart=suppress is None,
            subtitle=found.agency,
            notes=(
                _percentages(total, words),
                _("Percentages are of those rated; people not rated are counted apart."),
                *suppression_notes(suppress),
                *proof_notes(store, found.period, to),
            ),
            data=None if suppress is None else for_scripts(rows, columns),
        ),
        output,
        to,
    )


def _summary_columns(by: By, words: dict[object, str]) -> list[Column]:
    titles = {
        By.UNIT: _("Unit"),
        By.PARENT: _("Parent unit"),
        By.POSITION_TYPE: _("Kind of position"),
        By.RANK: _("Rank"),
        By.EMPLOYMENT: _("Employment"),
        By.SEX: _("Sex"),
    }
    return [
        Column("key", _("Code"), in_table=False, in_workbook=False),
        Column("label", titles[by]),
        Column("staff", _("People"), "number"),
        Column("rated", _("Rated"), "number", wide=True),
        Column("unrated", _("Not rated"), "number"),
        *(Column(value, words[value], "number") for value in PREDIKAT_LABELS),
        Column("left", _("Left"), "number", in_table=False),
        *(
            Column(f"{value}_percent", f"% {words[value]}", "percent", in_table=False, in_export=False)
            for value in PREDIKAT_LABELS
        ),
        Column("good", _("Baik or better"), "percent", in_export=False, wide=True),
        Column("bar", _("Distribution"), "bar", parts=tuple(PREDIKAT_LABELS)),
    ]


def _percentages(total: Mapping[str, object], words: dict[object, str]) -> str:
    """What part of those rated has each predikat, in one line."""
    percent = Column("percent", "", "percent")
    return " · ".join(f"{words[value]} {spoken(percent, total[f'{value}_percent'])}" for value in PREDIKAT_LABELS)


def _summary_row(group: "Group") -> dict[str, object]:
    from kinerja_cli.domain.summary import share

    good = group.counts.get("sangat_baik", 0) + group.counts.get("baik", 0)
    percent: Decimal | None = share(good, group.rated)
    return {
        "key": group.key or "",
        "label": group.label,
        "staff": group.staff,
        "rated": group.rated,
        "unrated": group.staff - group.rated,
        "left": group.left,
        **{value: group.counts.get(value, 0) for value in PREDIKAT_LABELS},
        **{f"{value}_percent": share(group.counts.get(value, 0), group.rated) for value in PREDIKAT_LABELS},
        "good": percent,
    }


def report_results(period: PeriodArgument, output: Output = None, to: To = None) -> None:
    """List everybody's result of a period."""
    from kinerja_cli.actions.reports import results
    from kinerja_cli.domain.periods import parse_period

    store = open_store()
    rows = [dict(row) for row in results(store, period, today=today(store))]
    code = parse_period(period).code
    notes = proof_notes(store, code, to)
    show(
        View(_("Results"), columns_of(store, period), rows, subtitle=code, notes=notes, of={"period": code}), output, to
    )


def report_staff(nip: NipArgument, output: Output = None, to: To = None) -> None:
    """Show one person's history: periods, ratings and feedback."""
    from kinerja_cli.actions.reports import staff_report

    found = staff_report(open_store(), nip)
    columns = [
        Column("period", _("Period")),
        Column("unit", _("Unit")),
        Column("position", _("Position")),
        Column("hasil", _("Hasil kerja"), labels=rating_labels()),
        Column("perilaku", _("Perilaku kerja"), labels=rating_labels()),
        Column("predikat", _("Predikat"), labels=predikat_labels()),
        Column("assessor_nip", _("Assessor's NIP"), "nip"),
        Column("note", _("Note")),
    ]
    titles = {one.key: one for one in feedback_columns()}
    notes = tuple(
        f"{row['date']}  {_label(titles['from'], row['from'])}"
        f"{' · ' + _label(titles['aspect'], row['aspect']) if row['aspect'] else ''}: {row['text']}"
        for row in found.feedback
    )
    notes += (*parts_notes(found.periods), *map(_objection_line, found.objections))
    title = f"{found.name} ({found.nip})"
    show(View(title, columns, found.periods, notes=notes, data=asdict(found), people=(found.nip,)), output, to)


def _objection_line(one: dict[str, object]) -> str:
    """An objection in one line: when it was made, to which result, and how it stands."""
    words, states = predikat_labels(), objection_states()
    result = words.get(one["predikat"], "")
    if one["new_predikat"]:
        result += f" → {words.get(one['new_predikat'], '')}"
    return _("{day}  Objection {number} in {period}: {state} ({result})").format(
        day=one["filed"], number=one["id"], period=one["period"], state=states[one["state"]], result=result
    )


def _label(column: Column, value: object) -> str:
    return column.labels.get(value, str(value))
