"""Import sheets of ratings: our own and e-Kinerja recaps, of one period, as one operation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING

from kinerja_cli.actions.headings import remember_mapping
from kinerja_cli.actions.lookup import require_open
from kinerja_cli.actions.naming import name_files
from kinerja_cli.actions.refusals import NoRows
from kinerja_cli.actions.sheet_notes import told_notes
from kinerja_cli.domain import rating_problems
from kinerja_cli.domain.periods import parse_period
from kinerja_cli.domain.ratings import RatingEntry, names_differ, read_ratings, sheet_period, sheet_unit
from kinerja_cli.domain.regulation import read_regulation
from kinerja_cli.domain.rows import Row, Source
from kinerja_cli.errors import Exit, KinerjaError, Problem, Severity
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.appraisals import Appraisal, change_appraisals, load_appraisals
from kinerja_cli.storage.store.staff import load_staff

if TYPE_CHECKING:
    from kinerja_cli.domain.staff import Employee
    from kinerja_cli.workbooks.read import IgnoredSheet, SheetReading

_NAMED = 10


class PeriodMissing(KinerjaError):
    """Neither the command nor any sheet says which period the ratings are of."""

    code = "period-missing"
    exit = Exit.USAGE

    def __init__(self, files: Iterable[str]) -> None:
        super().__init__(
            _("No period stands in {files}.").format(files=", ".join(files)),
            _("Say it with --period, for example --period 2026-Q1."),
        )


class PeriodsDiffer(KinerjaError):
    """The sheets given at once are of several periods."""

    code = "periods-differ"
    exit = Exit.REJECTED

    def __init__(self, sheets: Mapping[str, list[str]]) -> None:
        named = "; ".join(f"{period}: {', '.join(where)}" for period, where in sorted(sheets.items()))
        super().__init__(
            _("The sheets are of several periods: {sheets}.").format(sheets=named),
            _("Give the files of each period by themselves; nothing was saved."),
        )


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


@dataclass(frozen=True, slots=True)
class ScoreImport:
    """What an import of ratings came to.

    `recorded` are people rated for the first time, `changed` ratings overwritten, `left` people of the period
    whom no row names. Where nothing was `accepted` nothing was saved.
    """

    operation: int | None
    dry_run: bool
    period: str
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
                }
                for one in self.files
            ],
            "rows": self.rows,
            "recorded": self.recorded if taken else 0,
            "changed": self.changed if taken else 0,
            "unchanged": self.unchanged if taken else 0,
            "unrated": self.unrated,
            "rejected": self.rejected,
            "left": self.left if taken else 0,
            "units_added": 0,
            "problems": [problem.as_dict() for problem in self.problems],
        }


@dataclass(slots=True)
class _Sheets:
    """The sheets as they were read, with their rows."""

    read: list[tuple[RatingSheet, Source, list[Row]]] = field(default_factory=list)
    skipped: "list[IgnoredSheet]" = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def files(self) -> list[str]:
        """The names of the files, each once."""
        return list(dict.fromkeys(sheet.file for sheet, *_ in self.read))


@dataclass(slots=True)
class _Matched:
    """Ratings beside the appraisals they are for."""

    pairs: list[tuple[Appraisal, Appraisal]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    recorded: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0


def import_scores(
    store: Store,
    sheets: "Iterable[SheetReading | IgnoredSheet]",
    *,
    period_code: str | None = None,
    accept_valid: bool = False,
    dry_run: bool = False,
    save_map: tuple[str, Mapping[str, str]] | None = None,
) -> ScoreImport:
    """Take in ratings as one operation: whole, or with `accept_valid` the rows without an error.

    The files are read before the store is locked. The period is the one asked for, else the one that the titles
    of the sheets name. `save_map` is a name and the mapping to keep under it. Raises NoRows, PeriodMissing,
    PeriodsDiffer, PeriodNotOpened, PeriodClosed and MethodMismatch.
    """
    wanted = None if period_code is None else parse_period(period_code).code
    loaded = _load(sheets)
    if not any(rows for *_, rows in loaded.read):
        raise NoRows(", ".join(loaded.files()))
    code = wanted or _common_period(loaded)
    with store.reading() as connection:
        period = require_open(connection, code)
    told, strange = _of_other_periods(loaded, code)
    read = read_ratings(
        (row for sheet, _, rows in loaded.read if sheet.period in (None, code) for row in rows),
        read_regulation(period.regulation_text),
        peer_opinion=bool(period.peer_opinion),
    )
    with store.writing("score.import", dry_run=dry_run) as operation:
        connection = operation.connection
        require_open(connection, code)
        appraisals = load_appraisals(connection, code)
        matched = _match(read.entries, appraisals, load_staff(connection), code)
        told = (*told, *read.problems, *matched.problems, *loaded.notes)
        accepted = accept_valid or not any(one.severity is Severity.ERROR for one in told)
        if accepted:
            change_appraisals(operation, matched.pairs)
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
        files=tuple(sheet for sheet, *_ in loaded.read),
        skipped=tuple(loaded.skipped),
        rows=read.rows + strange,
        recorded=matched.recorded,
        changed=matched.changed,
        unchanged=matched.unchanged,
        unrated=read.unrated,
        rejected=read.rejected + matched.rejected + strange,
        left=len(appraisals.keys() - read.seen),
        accepted=accepted,
        problems=told,
    )


def _load(sheets: "Iterable[SheetReading | IgnoredSheet]") -> _Sheets:
    """Read every sheet once; of each only the rows are kept, the sheet itself is let go."""
    from kinerja_cli.workbooks.read import IgnoredSheet

    loaded = _Sheets()
    for sheet in sheets:
        if isinstance(sheet, IgnoredSheet):
            loaded.skipped.append(sheet)
            continue
        source, rows = sheet.source, list(sheet.rows)
        period = sheet_period(source)
        read = RatingSheet(
            source.file,
            source.sheet,
            source.layout,
            source.header_row,
            len(rows),
            None if period is None else period.code,
            sheet_unit(source),
            sheet.ignored,
        )
        loaded.read.append((read, source, rows))
        loaded.notes.extend(told_notes(sheet))
    return loaded


def _common_period(loaded: _Sheets) -> str:
    """The one period that the sheets name."""
    named: dict[str, list[str]] = {}
    for sheet, *_rest in loaded.read:
        if sheet.period is not None:
            named.setdefault(sheet.period, []).append(f"{sheet.file} ({sheet.sheet})")
    if not named:
        raise PeriodMissing(loaded.files())
    if len(named) > 1:
        raise PeriodsDiffer({code: _shortened(where) for code, where in named.items()})
    return next(iter(named))


def _shortened(names: list[str]) -> list[str]:
    """The first few names of a long list."""
    return names if len(names) <= _NAMED else [*names[:_NAMED], "…"]


def _of_other_periods(loaded: _Sheets, code: str) -> tuple[tuple[Problem, ...], int]:
    """The sheets that name another period than the one asked for, and how many rows they have."""
    others = [one for one in loaded.read if one[0].period not in (None, code)]
    told = tuple(
        rating_problems.PERIOD_OTHER.at(source.place(), value=sheet.period, period=code) for sheet, source, _ in others
    )
    return told, sum(len(rows) for *_, rows in others)


def _match(
    entries: Iterable[RatingEntry],
    appraisals: Mapping[str, Appraisal],
    staff: "Mapping[str, Employee]",
    code: str,
) -> _Matched:
    """Find whose rating each entry is, and what it changes."""
    matched = _Matched()
    for entry in entries:
        person, old = staff.get(entry.nip), appraisals.get(entry.nip)
        if person is None:
            _reject(matched, rating_problems.NIP_UNKNOWN.at(entry.place("nip"), field="nip", value=entry.nip))
            continue
        if old is None:
            place = entry.place("nip")
            name = person.display_name
            _reject(
                matched,
                rating_problems.NOT_IN_PERIOD.at(place, field="nip", value=entry.nip, name=name, period=code),
            )
            continue
        if entry.name_in_file != person.name and names_differ(entry.name_in_file, person.name):
            matched.problems.append(
                rating_problems.NAME_DIFFERS.at(
                    entry.place("name"),
                    field="name",
                    value=entry.name_in_file,
                    nip=entry.nip,
                    name=person.display_name,
                )
            )
        _keep(matched, old, entry)
    return matched


def _reject(matched: _Matched, problem: Problem) -> None:
    matched.rejected += 1
    matched.problems.append(problem)


def _keep(matched: _Matched, old: Appraisal, entry: RatingEntry) -> None:
    """Count a rating as new, overwritten or unchanged; a note that the file does not give stays as it was."""
    note = old.note if entry.note is None else entry.note
    innovation = None if entry.innovation is None else int(entry.innovation)
    said = (entry.hasil, entry.perilaku, entry.skp, entry.perilaku_score, innovation, entry.predikat)
    known = (old.hasil, old.perilaku, old.skp, old.perilaku_score, old.innovation, old.predikat)
    if said == known and note == old.note:
        matched.unchanged += 1
        return
    if old.is_rated:
        matched.changed += 1
    else:
        matched.recorded += 1
    rater = old.rated_by if said == known else old.assessor_nip
    new = Appraisal(
        old.period_code,
        old.nip,
        old.span,
        old.unit_code,
        old.position,
        old.position_type,
        old.rank,
        old.employment,
        old.sex,
        old.assessor_nip,
        hasil=entry.hasil,
        perilaku=entry.perilaku,
        skp=entry.skp,
        perilaku_score=entry.perilaku_score,
        innovation=innovation,
        predikat=entry.predikat,
        note=note,
        rated_by=rater,
        final=old.final,
    )
    matched.pairs.append((old, new))
