"""Import sheets of ratings: our own and e-Kinerja recaps, of one period, as one operation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kinerja_cli.actions.headings import remember_mapping
from kinerja_cli.actions.lookup import require_open
from kinerja_cli.actions.naming import name_files
from kinerja_cli.actions.participation import rate_anew
from kinerja_cli.actions.rated_anew import RatedAnew
from kinerja_cli.actions.rating_windows import days_before, window_of
from kinerja_cli.actions.refusals import NoRows
from kinerja_cli.actions.score_feedback import keep_feedback, write_feedback
from kinerja_cli.actions.score_matching import match_ratings, tell_overtaken
from kinerja_cli.actions.score_remarks import asked_of_years, tell_early, tell_elsewhere
from kinerja_cli.actions.sheet_periods import common_period
from kinerja_cli.actions.sheets_read import left_alone, readings, told_notes
from kinerja_cli.domain import rating_problems, sheet_problems
from kinerja_cli.domain.nip_proposals import with_rated_proposals
from kinerja_cli.domain.periods import parse_period
from kinerja_cli.domain.rating_entries import RatingEntry
from kinerja_cli.domain.ratings import RatingsRead, periods_named, read_ratings, sheet_period, sheet_unit
from kinerja_cli.domain.regulation import read_regulation
from kinerja_cli.domain.rows import Row, Source
from kinerja_cli.domain.seals import SHEET, Identity, Stamp, agency_mark, is_stamped, read_stamp
from kinerja_cli.domain.sent_sheets import Person, Roll, examine_sheet
from kinerja_cli.domain.sheet_feedback import SheetFeedback, disputes, read_sheet_feedback
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.errors import Problem, Severity
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.appraisals import Appraisal, load_appraisals
from kinerja_cli.storage.store.objections import load_objections
from kinerja_cli.storage.store.operations import first_hash
from kinerja_cli.storage.store.staff import load_staff
from kinerja_cli.storage.store.units import load_units

if TYPE_CHECKING:
    from kinerja_cli.workbooks.read import IgnoredSheet, SheetReading
    from kinerja_cli.workbooks.watched import RefusedFile


@dataclass(frozen=True, slots=True)
class RatingSheet:
    """One sheet that was read: what was recognised in it, and the period and unit its titles name."""

    file: str
    sheet: str
    layout: str
    header_row: int
    rows: int
    period: str | None
    unit: str | None
    ignored: tuple[str, ...]
    unit_code: str | None = None


@dataclass(frozen=True, slots=True)
class ScoreImport:
    """What an import of ratings came to.

    `recorded` are people rated for the first time, `changed` ratings overwritten, `left` people of the period
    whom no row names, `feedback` pieces of feedback that were not kept before. Where nothing was `accepted` nothing
    was saved. Empty templates may leave the `period` open.
    """

    operation: int | None
    dry_run: bool
    period: str | None
    files: tuple[RatingSheet, ...]
    skipped: "tuple[IgnoredSheet, ...]"
    rows: int
    recorded: int
    changed: int
    unchanged: int
    unrated: int
    rejected: int
    left: int
    accepted: bool
    problems: tuple[Problem, ...]
    feedback: int = 0

    @property
    def partial(self) -> bool:
        """Whether some rows were taken and others were not."""
        return self.accepted and self.rejected > 0

    @property
    def taken(self) -> int:
        """The rows that were good, saved now or known before."""
        return self.recorded + self.changed + self.unchanged + self.unrated

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts. Where nothing was taken, nothing is counted as recorded."""
        taken = self.accepted
        return {
            "operation": self.operation,
            "dry_run": self.dry_run,
            "period": self.period,
            "files": [
                {
                    "file": one.file,
                    "sheet": one.sheet,
                    "layout": one.layout,
                    "header_row": one.header_row,
                    "rows": one.rows,
                    "period": one.period,
                    "unit": one.unit,
                    "unit_code": one.unit_code,
                }
                for one in self.files
            ],
            "ignored_sheets": left_alone(self.skipped),
            "rows": self.rows,
            "recorded": self.recorded if taken else 0,
            "changed": self.changed if taken else 0,
            "unchanged": self.unchanged if taken else 0,
            "unrated": self.unrated,
            "rejected": self.rejected,
            "left": self.left if taken else 0,
            "units_added": 0,
            "feedback": self.feedback if taken else 0,
            "problems": [problem.as_dict() for problem in self.problems],
        }


@dataclass(slots=True)
class _Sheet:
    """One sheet as it was read: what is said of it, its rows, its stamp, and whether anything of it is taken."""

    told: RatingSheet
    source: Source
    rows: list[Row]
    stamp: Stamp | None
    problems: list[Problem] = field(default_factory=list)
    refused: bool = False


@dataclass(slots=True)
class _Sheets:
    """The sheets as they were read, with their rows."""

    read: list[_Sheet] = field(default_factory=list)
    skipped: "list[IgnoredSheet]" = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def files(self) -> list[str]:
        """The names of the files, each once."""
        return list(dict.fromkeys(sheet.told.file for sheet in self.read))


def import_scores(
    store: Store,
    sheets: "Iterable[SheetReading | IgnoredSheet | RefusedFile]",
    *,
    period_code: str | None = None,
    accept_valid: bool = False,
    dry_run: bool = False,
    save_map: tuple[str, Mapping[str, str]] | None = None,
    today: date,
    rated_on: date | None = None,
) -> ScoreImport:
    """Take in ratings as one operation: whole, or with `accept_valid` the rows without an error.

    The files are read before the store is locked. The period is the one asked for, else the one that the sheets
    name. Feedback in sheets is dated `today` at the latest. `save_map` is a name and the mapping to keep under it.
    `rated_on` says that sheets taken in after the window were filled in within it; recaps of e-Kinerja, where rating
    has its own window, are always taken.
    Raises NoRows, PeriodMissing, PeriodsDiffer, PeriodNotOpened, PeriodClosed, MethodMismatch, WindowEnded and
    RatedOutside.
    """
    wanted = None if period_code is None else parse_period(period_code).code
    loaded = _load(sheets)
    if not any(sheet.rows or (sheet.stamp and sheet.stamp.keys) for sheet in loaded.read):
        return _nothing(loaded, wanted, dry_run=dry_run)
    code = wanted or common_period((one.told.period, one.told.file, one.told.sheet) for one in loaded.read)
    with store.reading() as connection:
        period = require_open(connection, code)
        identity = Identity(agency_mark(first_hash(connection)), code)
        rows, examined = _examined(loaded, connection, identity)
    regulation = read_regulation(period.regulation_text)
    read = read_ratings(rows, regulation, peer_opinion=bool(period.peer_opinion), identity=identity)
    strange = sum(len(sheet.rows) for sheet in loaded.read) - len(rows)
    with store.writing("score.import", dry_run=dry_run) as operation:
        connection = operation.connection
        period = require_open(connection, code)
        appraisals, staff = load_appraisals(connection, code), load_staff(connection)
        objections = {one.nip: one for one in load_objections(connection, period_code=code)}
        disputed = _disputed(read, read_sheet_feedback(_without_errors(rows, (*examined, *read.problems))))
        anew = RatedAnew(connection, period, today)
        matched = match_ratings(
            disputed.entries,
            appraisals,
            staff,
            code,
            objections=objections,
            regulation=regulation,
            in_step=anew.row,
        )
        window = window_of(period, days_before=days_before(connection, period.code))
        if matched.by_hand:
            window.check_in_time(today=today, rated_on=rated_on)
            if rated_on is not None:
                operation.facts["rated_on"] = rated_on.isoformat()
        told = (*examined, *_proposing(read, connection, appraisals, staff), *disputed.problems, *matched.problems)
        told += tuple(tell_overtaken(matched, connection, staff, regulation))
        told += tuple(asked_of_years(matched, connection, staff, regulation))
        told += tuple(tell_elsewhere(matched, anew))
        if window.is_early(today):
            told += tuple(tell_early(matched, window))
        kept = keep_feedback(
            operation,
            [piece for piece in read_sheet_feedback(_without_errors(rows, told)) if piece.nip not in disputed.people],
            period,
            appraisals,
            staff,
            today=today,
        )
        told += (*kept.problems, *loaded.notes)
        accepted = accept_valid or not any(one.severity is Severity.ERROR for one in told)
        if accepted:
            if matched.pairs:
                rate_anew(operation, code, anew.seen, matched.pairs)
            write_feedback(operation, kept)
            if save_map is not None:
                remember_mapping(operation, *save_map)
        operation.period_code = code
        operation.facts.update(
            {
                "files": name_files(loaded.files()),
                "recorded": matched.recorded,
                "changed": matched.changed,
            }
        )
    return ScoreImport(
        operation=operation.seq,
        dry_run=dry_run,
        period=code,
        files=tuple(sheet.told for sheet in loaded.read),
        skipped=tuple(loaded.skipped),
        rows=read.rows + strange,
        recorded=matched.recorded,
        changed=matched.changed,
        unchanged=matched.unchanged,
        # Feedback is looked at where the ratings of a row raise no doubt: a stranger's row is then an unrated one.
        unrated=read.unrated - kept.rejected - disputed.unrated,
        rejected=read.rejected + matched.rejected + strange + kept.rejected + disputed.rejected,
        left=len(appraisals.keys() - read.seen),
        accepted=accepted,
        problems=told,
        feedback=kept.count,
    )


def _load(sheets: "Iterable[SheetReading | IgnoredSheet | RefusedFile]") -> _Sheets:
    """Read every sheet once; of each only the rows are kept, the sheet itself is let go."""
    loaded = _Sheets()
    for sheet in readings(sheets, loaded.skipped, loaded.notes):
        source, rows = sheet.source, list(sheet.rows)
        stamp, titled = read_stamp(source.stamp), sheet_period(source)
        period = (stamp and stamp.period) or (titled and titled.code)
        read = RatingSheet(
            source.file,
            source.sheet,
            source.layout,
            source.header_row,
            len(rows),
            period or None,
            (stamp and stamp.unit) or sheet_unit(source),
            sheet.ignored,
            (stamp and stamp.unit_code) or None,
        )
        loaded.read.append(_Sheet(read, source, rows, stamp))
        loaded.notes.extend(told_notes(sheet))
    return loaded


def _nothing(loaded: _Sheets, wanted: str | None, *, dry_run: bool) -> ScoreImport:
    """What files without anybody in them come to: nothing, where they are empty templates of ours.

    Raises NoRows for others; a dry run only looks.
    """
    foreign = [sheet.told.file for sheet in loaded.read if not is_stamped(sheet.source.stamp)]
    if foreign and not dry_run:
        raise NoRows(", ".join(dict.fromkeys(foreign)))
    named = {sheet.told.period for sheet in loaded.read} - {None}
    return ScoreImport(
        operation=None,
        dry_run=dry_run,
        period=wanted or (named.pop() if len(named) == 1 else None),
        files=tuple(sheet.told for sheet in loaded.read),
        skipped=tuple(loaded.skipped),
        rows=0,
        recorded=0,
        changed=0,
        unchanged=0,
        unrated=0,
        rejected=0,
        left=0,
        accepted=True,
        problems=tuple(one for one in loaded.notes if one.severity is Severity.ERROR),
    )


def _examined(loaded: _Sheets, connection: Connection, identity: Identity) -> tuple[list[Row], tuple[Problem, ...]]:
    """The rows that can be read, and what was odd about whole sheets and about where their rows come from."""
    rows: list[Row] = []
    told: list[Problem] = []
    roll: Roll | None = None
    for sheet in loaded.read:
        wrong = _wrong_sheet(sheet, identity)
        if wrong is not None:
            told.append(wrong)
            continue
        if sheet.stamp is None and is_stamped(sheet.source.stamp):
            told.append(sheet_problems.STAMP_CHANGED.at(sheet.source.place()))
        if "row_key" not in sheet.source.columns:
            rows += sheet.rows
            continue
        roll = roll or _roll(connection, identity)
        stamp = sheet.stamp if sheet.stamp is not None and sheet.stamp.keys else None
        found = examine_sheet(sheet.source, sheet.rows, stamp, roll)
        told += found.problems
        rows += [row for row in sheet.rows if row.number not in found.refused]
    return rows, tuple(told)


@dataclass(frozen=True, slots=True)
class _Disputed:
    """People on whom copies of a sheet give different feedback: their rows are refused, rated or `unrated`."""

    entries: Sequence[RatingEntry]
    people: frozenset[str]
    problems: Sequence[Problem]
    rejected: int
    unrated: int


def _disputed(read: RatingsRead, pieces: Sequence[SheetFeedback]) -> _Disputed:
    """The ratings without those of people on whom feedback disagrees, and what disagrees."""
    told, people = disputes(pieces)
    rated = {entry.nip for entry in read.entries}
    rows = {(piece.nip, id(piece.source), piece.number) for piece in pieces if piece.nip in people}
    return _Disputed(
        [entry for entry in read.entries if entry.nip not in people] if people else read.entries,
        people,
        told,
        len(rows),
        sum(nip not in rated for nip, _source, _number in rows),
    )


def _without_errors(rows: Sequence[Row], told: Sequence[Problem]) -> Iterator[Row]:
    """The rows on whose place no error stands."""
    wrong = {one.place for one in told if one.severity is Severity.ERROR}
    spoilt = {(place.file, place.sheet, place.row) for place in wrong}
    return (row for row in rows if (row.source.file, row.source.sheet, row.number) not in spoilt)


def _proposing(
    read: RatingsRead,
    connection: Connection,
    appraisals: Mapping[str, Appraisal],
    staff: Mapping[str, Employee],
) -> Sequence[Problem]:
    """The problems of the rows, with who may be meant where a NIP was damaged."""
    if not read.damaged:
        return read.problems
    tree = UnitTree(load_units(connection))
    return with_rated_proposals(read.problems, read.damaged, staff, rated=appraisals, tree=tree)


def _wrong_sheet(sheet: _Sheet, identity: Identity) -> Problem | None:
    """Why nothing of a sheet can be taken: it is of another agency or period, or says two things of itself."""
    stamp, source = sheet.stamp, sheet.source
    if stamp is not None and stamp.agency != identity.agency and stamp.document == SHEET:
        return sheet_problems.AGENCY_OTHER.at(source.place())
    if sheet.told.period not in (None, identity.period):
        return rating_problems.PERIOD_OTHER.at(source.place(), value=sheet.told.period, period=identity.period)
    if stamp is not None and stamp.period:
        named = {period.code for period in periods_named(source)}
        if named and stamp.period not in named:
            return sheet_problems.PERIOD_RETITLED.at(source.place(), value=stamp.period)
    return None


def _roll(connection: Connection, identity: Identity) -> Roll:
    """Everybody who takes part in the period, as a sheet names them."""
    staff = load_staff(connection)
    return Roll(
        identity,
        {
            nip: Person(nip, staff[nip].display_name, one.position or "")
            for nip, one in load_appraisals(connection, identity.period).items()
        },
    )
