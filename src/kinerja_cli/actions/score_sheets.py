"""Write rating workbooks: one for each unit of a period to send out, or a template to rate from scratch."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kinerja_cli.actions.agency import regulation_by_id
from kinerja_cli.actions.lookup import require_open, require_unit
from kinerja_cli.actions.score_import import import_scores
from kinerja_cli.actions.score_matching import ratings_of
from kinerja_cli.actions.scores import stored_value
from kinerja_cli.domain import sheet_problems
from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.periods import Period, PeriodKind, parse_period
from kinerja_cli.domain.rating_cells import cell_text
from kinerja_cli.domain.regulation import Regulation, read_regulation
from kinerja_cli.domain.seals import SHEET, TEMPLATE, Identity, Stamp, agency_mark, row_key, seal_row
from kinerja_cli.domain.text import clean_text, fold, slug
from kinerja_cli.domain.units import SEPARATOR, Unit, UnitTree
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.files import make_folder
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.appraisals import Appraisal, load_appraisals
from kinerja_cli.storage.store.operations import first_hash
from kinerja_cli.storage.store.periods import Counts, StoredPeriod, count_ratings, load_period_units, load_periods
from kinerja_cli.storage.store.settings import load_settings
from kinerja_cli.storage.store.staff import load_staff

if TYPE_CHECKING:
    from kinerja_cli.storage.store.periods import PeriodUnit
    from kinerja_cli.workbooks.rating_sheets import Paper, RatingBook, RatingRow

_LONGEST = {"top": 40, "name": 50, "code": 40}
_NO_UNIT = "tanpa-unit"
_NAMED = 5


class SheetsFilledIn(KinerjaError):
    """Workbooks that would be overwritten hold entries that are nowhere else."""

    code = "sheets-filled-in"
    exit = Exit.REFUSED

    def __init__(self, folder: Path, files: Sequence[str]) -> None:
        named = ", ".join(files[:_NAMED]) + (", …" if len(files) > _NAMED else "")
        super().__init__(
            _("{folder} already holds files that were filled in and not imported: {files}.").format(
                folder=folder, files=named
            ),
            _("Import them with `kinerja score import`, or write to another folder with -o. Nothing was written."),
        )


class FolderUnusable(KinerjaError):
    """What should be a folder is a file."""

    code = "folder-unusable"
    exit = Exit.USAGE

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("{folder} is a file; the sheets need a folder.").format(folder=folder),
            _("Name a folder with -o; it is made if there is none."),
        )


@dataclass(frozen=True, slots=True)
class SheetFile:
    """One workbook: of which unit, how many people are on it, and how many of them are rated already."""

    unit_code: str | None
    unit: str | None
    file: str
    people: int
    rated: int
    nips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetsWritten:
    """The workbooks of a period that were written to a folder, or would be."""

    period: str
    folder: str
    dry_run: bool
    files: tuple[SheetFile, ...]

    def as_dict(self) -> dict[str, object]:
        """The keys that scripts get."""
        return {
            "period": self.period,
            "folder": self.folder,
            "dry_run": self.dry_run,
            "people": sum(one.people for one in self.files),
            "rated": sum(one.rated for one in self.files),
            "files": [
                {
                    "unit_code": one.unit_code,
                    "unit": one.unit,
                    "file": one.file,
                    "people": one.people,
                    "rated": one.rated,
                }
                for one in self.files
            ],
        }


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the workbooks of a period are made from."""

    period: StoredPeriod
    agency: str
    identity: Identity
    regulation: Regulation
    previous: Period | None
    before: Mapping[str, Appraisal]
    units: "Mapping[str, PeriodUnit]"
    people: Sequence[tuple[Appraisal, str]]
    """Appraisals with the names of the people, ordered by unit and name."""
    parts: Mapping[str, Mapping[str, Appraisal]]
    """The appraisals of the months or quarters of a year, by code and NIP."""


def write_sheets(
    store: Store,
    period_code: str,
    folder: Path,
    *,
    today: date,
    unit: str | None = None,
    paper: "Paper" = "folio",
    feedback: bool = False,
    dry_run: bool = False,
) -> SheetsWritten:
    """Write one rating workbook for each unit that has people in an open period, as it was frozen.

    A workbook of that name is written over, unless importing it would still change something. Raises
    PeriodNotOpened, PeriodClosed, UnitNotFound, SheetsFilledIn and FolderUnusable.
    """
    from kinerja_cli.workbooks.rating_sheets import write_rating_book

    if folder.exists() and not folder.is_dir():
        raise FolderUnusable(folder)
    with store.reading() as connection:
        sources = _sources(connection, period_code, unit)
    groups: dict[str | None, list[tuple[Appraisal, str]]] = {}
    for one in sources.people:
        groups.setdefault(one[0].unit_code, []).append(one)
    names = _file_names(sources, groups)
    _refuse_filled_in(store, sources.period.code, folder, names.values(), today)
    files = []
    if not dry_run:
        make_folder(folder)
    for code, people in groups.items():
        book = replace(_book(sources, code, people, today), feedback=feedback, paper=paper)
        if not dry_run:
            write_rating_book(folder / names[code], book)
        rated = sum(appraisal.is_rated for appraisal, _name in people)
        nips = tuple(appraisal.nip for appraisal, _name in people)
        files.append(SheetFile(code, book.stamp.unit or None, names[code], len(people), rated, nips))
    return SheetsWritten(sources.period.code, str(folder), dry_run, tuple(files))


def write_template(
    store: Store, path: Path, *, today: date, period_code: str | None = None, unit: str | None = None
) -> list[str]:
    """Write a rating sheet to fill in from scratch, or with everybody of an open period; the NIP of each of them."""
    from kinerja_cli.workbooks.rating_sheets import RatingBook, write_rating_book

    with store.reading() as connection:
        if period_code is None:
            agency = read_agency(load_settings(connection))
            regulation = regulation_by_id(connection, agency.regulation)
            write_rating_book(path, RatingBook(agency.name, regulation, Stamp(TEMPLATE, "", written=today.isoformat())))
            return []
        sources = _sources(connection, period_code, unit)
    code = None if unit is None else require_unit(_tree(sources.units).units, unit).code
    book = replace(_book(sources, code, sources.people, today), several_units=True)
    write_rating_book(path, book)
    return [appraisal.nip for appraisal, _name in sources.people]


def _sources(connection: Connection, period_code: str, unit: str | None) -> _Sources:
    """Read what the workbooks are made from; `unit` and those below it alone, where it is given."""
    period = require_open(connection, period_code)
    units = load_period_units(connection, period.code)
    within = None
    if unit is not None:
        tree = _tree(units)
        within = tree.within(require_unit(tree.units, unit).code)
    staff = load_staff(connection)
    people = [
        (one, staff[nip].display_name)
        for nip, one in load_appraisals(connection, period.code).items()
        if (within is None or one.unit_code in within) and (one.is_rated or not one.is_out)
    ]
    paths = {code: one.path for code, one in units.items()}
    people.sort(
        key=lambda one: (
            paths.get(one[0].unit_code or "", ""),
            one[0].unit_code or "",
            staff[one[0].nip].name,
            one[0].nip,
        )
    )
    previous = _previous(connection, period)
    return _Sources(
        period,
        read_agency(load_settings(connection)).name,
        Identity(agency_mark(first_hash(connection)), period.code),
        read_regulation(period.regulation_text),
        None if previous is None else parse_period(previous),
        {} if previous is None else load_appraisals(connection, previous),
        units,
        people,
        _parts(connection, period),
    )


def _parts(connection: Connection, period: StoredPeriod) -> dict[str, dict[str, Appraisal]]:
    """The months or quarters of a year that were opened, with who was in them; none beside a month or quarter.

    Where there are both, as with part-timers of their own cadence, those that most people are in.
    """
    if period.kind != PeriodKind.ANNUAL:
        return {}
    year = parse_period(period.code).year
    found: dict[str, dict[str, dict[str, Appraisal]]] = {}
    for one in load_periods(connection):
        if one.kind != PeriodKind.ANNUAL and parse_period(one.code).year == year:
            found.setdefault(one.kind, {})[one.code] = load_appraisals(connection, one.code)
    return max(found.values(), key=lambda parts: max(map(len, parts.values())), default={})


def _previous(connection: Connection, period: StoredPeriod) -> str | None:
    """The latest earlier period of the same kind in which somebody was rated."""
    counts = count_ratings(connection)
    earlier = [
        one
        for one in load_periods(connection)
        if one.kind == period.kind and one.ends < period.starts and counts.get(one.code, Counts()).rated
    ]
    return max(earlier, key=lambda one: one.ends).code if earlier else None


def _book(
    sources: _Sources, unit_code: str | None, people: Sequence[tuple[Appraisal, str]], today: date
) -> "RatingBook":
    """The workbook of one unit, or of everybody."""
    from kinerja_cli.workbooks.rating_sheets import RatingBook

    rows = [_row(sources, appraisal, name) for appraisal, name in people]
    stamp = Stamp(
        SHEET,
        sources.identity.agency,
        sources.period.code,
        unit_code or "",
        _unit_name(sources, unit_code) or "",
        today.isoformat(),
        tuple(row.key for row in rows),
    )
    return RatingBook(
        sources.agency,
        sources.regulation,
        stamp,
        _where(sources, unit_code),
        parse_period(sources.period.code),
        date.fromisoformat(sources.period.window_ends),
        sources.previous,
        rows,
        parts=[parse_period(code) for code in sources.parts],
    )


def _row(sources: _Sources, one: Appraisal, name: str) -> "RatingRow":
    """The row of a person, sealed as it is sent."""
    from kinerja_cli.workbooks.rating_sheets import RatingRow

    key = row_key(sources.identity, one.nip)
    before = sources.before.get(one.nip)
    return RatingRow(
        nip=one.nip,
        name=name,
        position=one.position or "",
        unit=_unit_name(sources, one.unit_code) or "",
        previous=None if before is None else before.predikat,
        hasil=one.hasil,
        perilaku=one.perilaku,
        skp=stored_value(one.skp),
        perilaku_score=stored_value(one.perilaku_score),
        innovation=None if one.innovation is None else bool(one.innovation),
        note=one.note,
        key=key,
        parts=[None if (part := people.get(one.nip)) is None else part.predikat for people in sources.parts.values()],
        seal=seal_row(key, clean_text(name), clean_text(one.position), ratings_of(one), cell_text(one.note)),
    )


def _unit_name(sources: _Sources, code: str | None) -> str | None:
    unit = None if code is None else sources.units.get(code)
    return code if unit is None else unit.name


def _where(sources: _Sources, code: str | None) -> str:
    """The names of a unit and of those above it, from the agency down."""
    unit = None if code is None else sources.units.get(code)
    above = [] if unit is None else unit.path.split(SEPARATOR)
    named = any(fold(name) == fold(sources.agency) for name in above)
    return SEPARATOR.join(above if named else [sources.agency, *above])


def _file_names(sources: _Sources, codes: Iterable[str | None]) -> dict[str | None, str]:
    """A name for the workbook of each unit: the same every time, safe everywhere, each unit its own."""
    units = sources.units.values()
    borne = Counter(fold(unit.name) for unit in units)
    # Below an agency that heads the whole tree the offices stand in the second place.
    office = 1 if len({unit.path.split(SEPARATOR)[0] for unit in units}) == 1 else 0
    stems = {code: _stem(sources, code, borne, office) for code in codes}
    return {code: f"{sources.period.code}_{_own(stem, code, stems.values())}.xlsx" for code, stem in stems.items()}


def _stem(sources: _Sources, code: str | None, borne: Mapping[str, int], office: int) -> str:
    """The name of a unit and its code in letters that every system takes.

    `borne` counts how often each folded name occurs, `office` is the place of a unit's office on its path.
    """
    if code is None:
        return _NO_UNIT
    named = _unit_name(sources, code)
    parts = [_short(named, "name"), _short(code, "code")]
    unit = sources.units.get(code)
    if unit is not None and borne[fold(unit.name)] > 1:
        # Every dinas has a "Sekretariat"; whose it is must be seen before the file is opened.
        above = unit.path.split(SEPARATOR)
        parts.insert(0, _short(above[min(office, len(above) - 1)], "top"))
    return "_".join(dict.fromkeys(filter(None, parts))) or "unit"


def _short(text: str | None, what: str) -> str:
    return slug(text or "")[: _LONGEST[what]].strip("-")


def _own(stem: str, code: str | None, stems: Iterable[str]) -> str:
    """A stem that no other unit has: where two codes look alike in plain letters, with a digest of the code."""
    if list(stems).count(stem) == 1:
        return stem
    return f"{stem}-{sha256(str(code).encode()).hexdigest()[:6]}"


def _refuse_filled_in(store: Store, code: str, folder: Path, names: Iterable[str], today: date) -> None:
    """Refuse to write over entries that are nowhere else: over files whose import would change anything."""
    there = [name for name in names if (folder / name).exists()]
    if not there or not _would_change(store, code, [folder / name for name in there], today):
        return
    filled = [name for name in there if _would_change(store, code, [folder / name], today)]
    if filled:
        raise SheetsFilledIn(folder, filled)


def _would_change(store: Store, code: str, paths: Sequence[Path], today: date) -> bool:
    """Whether importing files would change anything, or cannot be told."""
    from kinerja_cli.workbooks.read import Purpose, read_sheets

    try:
        sheets = chain.from_iterable(read_sheets(path, Purpose.RATINGS) for path in paths)
        found = import_scores(store, sheets, period_code=code, dry_run=True, today=today)
    except KinerjaError:
        return True
    alone = any(problem.kind is sheet_problems.NOTE_ALONE for problem in found.problems)
    return bool(alone or found.recorded or found.changed or found.feedback or not found.accepted)


def _tree(units: "Mapping[str, PeriodUnit]") -> UnitTree:
    """The unit tree as it stood when the period opened."""
    return UnitTree({code: Unit(code, one.name, one.parent_code) for code, one in units.items()})
