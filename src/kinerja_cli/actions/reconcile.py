"""Lay recaps of e-Kinerja beside the store; nothing is written, whatever the state of the period."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kinerja_cli.actions.agency import regulation_by_id
from kinerja_cli.actions.lookup import require_unit
from kinerja_cli.actions.refusals import NoRows
from kinerja_cli.actions.sheet_periods import common_period
from kinerja_cli.actions.sheets_read import readings
from kinerja_cli.domain import rating_problems, reconcile_problems
from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.assessors import assessors
from kinerja_cli.domain.finality import LATE
from kinerja_cli.domain.findings import NO_RATING, Finding, Kept, Known
from kinerja_cli.domain.periods import parse_period
from kinerja_cli.domain.personnel import is_appraised, is_standing, out_reason
from kinerja_cli.domain.rating_cells import Verdict
from kinerja_cli.domain.ratings import sheet_period
from kinerja_cli.domain.recaps import read_recaps
from kinerja_cli.domain.reconcile import reconcile
from kinerja_cli.domain.regulation import Regulation, read_regulation
from kinerja_cli.domain.rows import Row, Source
from kinerja_cli.domain.units import Unit, UnitTree
from kinerja_cli.errors import Place
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.appraisals import Appraisal, load_appraisals
from kinerja_cli.storage.store.objections import load_objections
from kinerja_cli.storage.store.periods import find_stored_period, load_period_units
from kinerja_cli.storage.store.settings import load_settings
from kinerja_cli.storage.store.staff import load_staff
from kinerja_cli.storage.store.units import load_heads, load_units

if TYPE_CHECKING:
    from kinerja_cli.domain.findings import Standing
    from kinerja_cli.domain.objections import Objection
    from kinerja_cli.domain.staff import Employee
    from kinerja_cli.workbooks.read import IgnoredSheet, SheetReading
    from kinerja_cli.workbooks.watched import RefusedFile


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What a comparison came to, and over what it went.

    `opened` says whether the period was ever opened: otherwise ratings have nothing to be compared with. `elsewhere`
    counts the people in the recap of a unit above or below their own.
    """

    period: str
    opened: bool
    regulation: Regulation
    files: int
    rows: int
    compared: int
    elsewhere: int
    skipped: "tuple[IgnoredSheet, ...]"
    findings: tuple[Finding, ...]

    @property
    def left_alone(self) -> list[Finding]:
        """The sheets that were not read, as findings of which nothing follows."""
        return [
            Finding(reconcile_problems.SHEET_LEFT_ALONE.at(Place(one.file, one.sheet), value=one.reason))
            for one in self.skipped
        ]


@dataclass(slots=True)
class _Loaded:
    """The sheets as they were read, each with the period its titles name."""

    read: list[tuple[str | None, Source, list[Row]]] = field(default_factory=list)
    skipped: "list[IgnoredSheet]" = field(default_factory=list)

    def files(self) -> list[str]:
        """The names of the files, each once."""
        return list(dict.fromkeys(source.file for _period, source, _rows in self.read))


def reconcile_recaps(
    store: Store,
    sheets: "Iterable[SheetReading | IgnoredSheet | RefusedFile]",
    *,
    period_code: str | None = None,
    unit: str | None = None,
) -> Reconciliation:
    """Compare recaps with the roster, and with the ratings of their period where it was opened.

    The period is the one asked for, else the one that the titles name; `unit` narrows everything to that unit and
    those below it. Raises NoRows, PeriodMissing, PeriodsDiffer, UnitNotFound and MethodMismatch.
    """
    wanted = None if period_code is None else parse_period(period_code).code
    loaded = _load(sheets)
    if not any(rows for *_rest, rows in loaded.read):
        raise NoRows(", ".join(loaded.files()))
    code = wanted or common_period((period, source.file, source.sheet) for period, source, _rows in loaded.read)
    with store.reading() as connection:
        known, peer_opinion = _known(connection, code)
    within = None if unit is None else known.tree.within(require_unit(known.tree.units, unit).code)
    rows = [row for period, _source, rows in loaded.read if period in (None, code) for row in rows]
    entries = read_recaps(rows, known.regulation, peer_opinion=peer_opinion)
    done = reconcile(entries, known, within=within)
    return Reconciliation(
        period=code,
        opened=known.opened,
        regulation=known.regulation,
        files=len(loaded.files()),
        rows=len(entries),
        compared=done.compared,
        elsewhere=done.elsewhere,
        skipped=tuple(loaded.skipped),
        findings=(*_of_other_periods(loaded, code), *done.findings),
    )


def _load(sheets: "Iterable[SheetReading | IgnoredSheet | RefusedFile]") -> _Loaded:
    """Read every sheet once; of each only the rows are kept."""
    loaded = _Loaded()
    for sheet in readings(sheets, loaded.skipped, []):
        period = sheet_period(sheet.source)
        loaded.read.append((None if period is None else period.code, sheet.source, list(sheet.rows)))
    return loaded


def _of_other_periods(loaded: _Loaded, code: str) -> list[Finding]:
    """A finding for each sheet that names another period than the one asked for; its rows are left alone."""
    return [
        Finding(rating_problems.PERIOD_OTHER.at(source.place(), value=period, period=code))
        for period, source, _rows in loaded.read
        if period not in (None, code)
    ]


def _known(connection: Connection, code: str) -> tuple[Known, bool]:
    """What the store knows of a period, and whether colleagues are heard in it."""
    agency = read_agency(load_settings(connection))
    period = find_stored_period(connection, code)
    staff, units = load_staff(connection), load_units(connection)
    of_today = assessors(staff, UnitTree(units), load_heads(connection))
    if period is None:
        regulation = regulation_by_id(connection, agency.regulation)
        people = {nip: _kept(person, of_today.get(nip)) for nip, person in staff.items()}
        return Known(people, UnitTree(units), regulation, code, opened=False, agency=agency.name), agency.peer_opinion
    objections = {one.nip: one for one in load_objections(connection, period_code=code)}
    frozen = load_period_units(connection, code)
    units |= {one.unit_code: Unit(one.unit_code, one.name, one.parent_code) for one in frozen.values()}
    appraisals = load_appraisals(connection, code)
    people = {
        nip: _kept(person, of_today.get(nip), taking_part=False)
        if (appraisal := appraisals.get(nip)) is None
        else _appraised(person, appraisal, objections.get(nip))
        for nip, person in staff.items()
    }
    regulation = read_regulation(period.regulation_text)
    known = Known(people, UnitTree(units), regulation, code, opened=True, agency=agency.name, closed=not period.is_open)
    return known, bool(period.peer_opinion)


def _kept(person: "Employee", assessor: str | None, *, taking_part: bool | None = None) -> Kept:
    """A person as they are today; without more ado whoever is in service takes part."""
    part = is_appraised(person.status) if taking_part is None else taking_part
    return Kept(person.nip, person.name, person.display_name, person.status, person.unit_code, assessor, part)


def _appraised(person: "Employee", appraisal: Appraisal, objection: "Objection | None") -> Kept:
    """A person as they stand in the period."""
    standing, facts = _standing(appraisal, objection)
    verdict = NO_RATING
    if appraisal.is_rated:
        verdict = Verdict(
            appraisal.hasil,
            appraisal.perilaku,
            appraisal.skp,
            appraisal.perilaku_score,
            bool(appraisal.innovation),
            appraisal.predikat,
        )
    return Kept(
        person.nip,
        person.name,
        person.display_name,
        person.status,
        appraisal.unit_code,
        appraisal.assessor_nip,
        taking_part=True,
        verdict=verdict,
        standing=standing,
        facts=facts,
    )


def _standing(appraisal: Appraisal, objection: "Objection | None") -> "tuple[Standing | None, dict[str, object]]":
    """Why what is on record stands, in the order in which an import refuses."""
    if appraisal.is_out:
        facts: dict[str, object] = {"day": appraisal.out_on, "reason": out_reason(appraisal.out_reason)}
        return "left" if is_standing(appraisal.out_reason) else "excluded", facts
    if objection is not None:
        return "objected" if objection.is_open else "decided", {"number": objection.id, "day": objection.decided_on}
    return ("late" if appraisal.final_rule == LATE else None), {}
