"""`kinerja report distribution`, `kinerja unit justify`: predikat beside the pattern of the organisation predikat."""

from collections.abc import Collection, Mapping, Sequence
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kinerja_cli.cli.options import DryRun, Output, PeriodArgument, Suppress, To, UnitOption
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.suppressed import HIDDEN, suppression_notes
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note, organisation_labels, organisation_origins, predikat_words
from kinerja_cli.errors import Severity, UsageError

if TYPE_CHECKING:
    from kinerja_cli.actions.distribution import UnitDistribution
    from kinerja_cli.domain.distribution import Finding

SHORT = {"sangat_baik": "SB", "baik": "B", "butuh_perbaikan": "BP", "kurang": "K", "sangat_kurang": "SK"}
"""The predikat as tables head their columns; a note says what they stand for."""


def report_distribution(
    period: PeriodArgument,
    unit: UnitOption = None,
    with_below: Annotated[
        bool, typer.Option("--with-below", help=_("Count each unit together with everything below it."))
    ] = False,
    suppress: Suppress = None,
    output: Output = None,
    to: To = None,
) -> None:
    """Compare how predikat are distributed with the pattern of the organisation predikat; it changes nothing."""
    from kinerja_cli.actions.distribution import distribution_report
    from kinerja_cli.domain.suppression import hidden_in_distribution

    if suppress is not None and with_below:
        raise UsageError(
            _("--suppress and --with-below do not go together."),
            _("A unit counted with those below it would tell what is hidden of these; leave one of the two away."),
        )
    store = open_store()
    found = distribution_report(store, period, today=today(store), unit=unit, with_below=with_below)
    words = predikat_words(found.regulation)
    rows = [_row(one) for one in found.units]
    data = [one.as_dict() for one in found.units]
    if suppress is not None:
        hidden = hidden_in_distribution([one.counts for one in found.units], suppress)
        rows = [_hidden(row, names) for row, names in zip(rows, hidden, strict=True)]
        data = [_unsaid(one, names) for one, names in zip(data, hidden, strict=True)]
    view = View(
        _("Distribution {period}").format(period=found.period),
        _columns(words, found.units),
        rows,
        subtitle=found.agency,
        notes=(
            " · ".join(f"{short} {words[value]}" for value, short in SHORT.items()),
            _("People are counted in the unit that their assessor leads; those not rated and those out are left out."),
            *_apart(found.apart, suppress),
            _("{pattern} is guidance: what breaks a pattern is a warning and changes nobody's predikat.").format(
                pattern=found.pattern
            ),
            _("“change” is the fewest people whose predikat would have to differ, and one way how it would fit then."),
            *suppression_notes(suppress),
        ),
        data=data,
    )
    show(view, output, to)


def _apart(people: int, suppress: int | None) -> tuple[str, ...]:
    """What is said of people who count in no unit; how many they are is hidden as every small count is."""
    if not people:
        return ()
    count = HIDDEN if suppress is not None and people < suppress else people
    note = _("In none of these units, since the head of the region rates them, or nobody above them is known: {count}.")
    return (note.format(count=count),)


_TELLING: Final = ("findings", "brief", "allowed", "changes", "fit", "justification")
"""What is said of a unit in words or numbers that follow from its counts."""

_NOT_SHOWN: Final = ("unrated", "out")
"""Counts that are not published, since they are small nearly everywhere."""


def _hidden(row: Mapping[str, object], names: Collection[str]) -> dict[str, object]:
    """A row for people and lists without what is hidden: the counts, and what would tell them."""
    gone = {*names, *(SHORT[name] for name in names if name in SHORT), *_NOT_SHOWN, *(_TELLING if names else ())}
    return {key: HIDDEN if key in gone else value for key, value in row.items()} | {"counts": _kept(row, names)}


def _unsaid(data: Mapping[str, object], names: Collection[str]) -> dict[str, object]:
    """The same for JSON, where null stands for what is hidden."""
    gone = {*names, *_NOT_SHOWN, *(_TELLING if names else ())}
    return {key: None if key in gone else value for key, value in data.items()} | {"counts": _kept(data, names)}


def _kept(row: Mapping[str, object], names: Collection[str]) -> dict[str, object]:
    """The counts that stand together in one value, which lists for scripts have as JSON does."""
    counts = row["counts"]
    assert isinstance(counts, Mapping)
    return {key: None if key in names else value for key, value in counts.items()}


def unit_justify(
    period: PeriodArgument,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("The unit's code (see `kinerja unit list`)."))],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=_("Why its distribution is as it is; stays on record."))
    ],
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Record why the distribution of a unit does not follow its pattern; the findings stay."""
    from kinerja_cli.actions.distribution import justify_distribution

    store = open_store()
    operation, period_code, unit_code, findings = justify_distribution(
        store, period, code, reason=reason, today=today(store), dry_run=dry_run
    )
    title = _("Justification recorded")
    if operation is None:
        title = _("Dry run") if dry_run else _("Nothing changed")
    columns = [
        Column("operation", _("Operation"), "number"),
        Column("period", _("Period")),
        Column("unit_code", _("Code")),
        Column("findings", _("Findings"), "list"),
    ]
    row = {"operation": operation, "period": period_code, "unit_code": unit_code, "findings": list(findings)}
    notes = [_("It counts for these findings; others ask for a justification of their own.")]
    if not findings:
        notes = [_("Nothing breaks the pattern now, so it counts for nothing; give it anew once something does.")]
    show(View(title, columns, [row], single=True, notes=(*notes, *dry_run_note(dry_run))), output)


def _columns(words: dict[object, str], units: "Sequence[UnitDistribution]") -> list[Column]:
    origins = organisation_origins()
    return [
        Column("unit_code", _("Code"), in_table=False, in_workbook=False),
        Column("unit", _("Unit"), width=34),
        Column("organisation", _("Organisation's predikat"), labels=organisation_labels(), in_table=False, width=16),
        Column("organisation_from", _("Predikat from"), in_table=False, labels=origins, width=12),
        Column("pattern", _("Org."), labels=organisation_labels(), in_export=False),
        Column("n", "n", "number"),
        Column("counts", _("Distribution"), in_table=False, in_workbook=False),
        *(Column(short, short, "number", in_export=False) for short in SHORT.values()),
        *(Column(value, words[value], "number", in_table=False, width=11) for value in SHORT),
        Column("unrated", _("Not rated"), "number", wide=True, in_table=any(one.unrated for one in units), width=8),
        Column("out", _("Out"), "number", wide=True, in_table=any(one.out for one in units), width=8),
        Column("allowed", _("Allowed"), "list", in_table=False, width=14),
        Column("findings", _("Findings"), "list", in_table=False, width=50),
        Column("brief", _("Findings"), "list", in_export=False),
        Column("changes", _("Fewest changes"), "number", in_table=False, width=11),
        Column("fit", _("Would fit"), in_table=False, width=20),
        Column("justification", _("Justification"), in_table=False, width=26),
    ]


def _row(one: "UnitDistribution") -> dict[str, object]:
    """A unit as tables, workbooks and lists for scripts have it; JSON has it by its parts."""
    data = one.as_dict()
    fit = one.checked.fit
    counts = {value: one.counts[value] for value in SHORT}
    return data | {
        "pattern": data["organisation"],
        **counts,
        **{short: one.counts[value] for value, short in SHORT.items()},
        "findings": [_told(one, finding) for finding in one.checked.findings],
        "brief": _brief(one),
        "allowed": [_allowed(tuple(limit.predikat), limit.least, limit.most) for limit in one.checked.limits],
        "fit": None if fit is None or fit.changes is None else _counted(fit.counts),
    }


def _told(one: "UnitDistribution", finding: "Finding") -> str:
    """A finding in full, and whether somebody wrote down why it stands."""
    return _("{finding} (justified)").format(finding=finding.message) if one.justified(finding) else finding.message


def _brief(one: "UnitDistribution") -> list[str]:
    """The findings of a unit in as few words as a table has room for."""
    lines = [_short(finding) for finding in one.checked.findings]
    fit = one.checked.fit
    if fit is not None and fit.changes is None:
        lines.append(_("cannot fit with {n} people").format(n=one.checked.n))
    elif fit is not None and fit.changes:
        lines.append(_("change {changes}: {counts}").format(changes=fit.changes, counts=_counted(fit.counts)))
    if one.justification is not None:
        sentence = _("justified earlier, for other findings: {reason}") if one.is_outdated else _("justified: {reason}")
        lines.append(sentence.format(reason=one.justification))
    return lines or [_("fits")]


def _short(finding: "Finding") -> str:
    if finding.severity is Severity.WARNING:
        what = "/".join(SHORT[value] for value in finding.predikat)
        sign = "≤" if finding.have > (finding.allowed or 0) else "≥"
        return f"{what} {finding.have} ({sign} {finding.allowed})"
    return {
        "no_data": _("no data"),
        "no_organisation": _("no organisation predikat"),
        "small_unit": _("unit too small"),
        "other_regulation": _("other regulation"),
    }.get(finding.rule) or _("fewer than half {what}").format(what="/".join(SHORT[value] for value in finding.predikat))


def _allowed(predikat: tuple[str, ...], least: int, most: int) -> str:
    """How many people may have one of some predikat."""
    what = "/".join(SHORT[value] for value in predikat)
    return f"{what} {least}" if least == most else f"{what} {least}-{most}"


def _counted(counts: Mapping[str, int]) -> str:
    """Counts in one line, without those of nobody."""
    return ", ".join(f"{short} {counts[value]}" for value, short in SHORT.items() if counts[value])
