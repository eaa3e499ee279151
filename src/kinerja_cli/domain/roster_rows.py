"""People as the rows of rosters say, and one person out of several rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from itertools import pairwise

from kinerja_cli.domain import problems
from kinerja_cli.domain.acting_marks import ActingMark
from kinerja_cli.domain.damaged_nips import DamagedNip
from kinerja_cli.domain.nip import clean_nip
from kinerja_cli.domain.roster_cells import SPOKEN_OF_BY
from kinerja_cli.domain.rows import CellValue, Source
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import fold
from kinerja_cli.domain.units import UnitRef
from kinerja_cli.errors import Place, Problem

HEADINGS = {
    "name": "NAMA",
    "front_title": "GELAR DEPAN",
    "back_title": "GELAR BELAKANG",
    "sex": "JENIS KELAMIN",
    "employment": "JENIS PEGAWAI",
    "status": "KEDUDUKAN HUKUM",
    "rank": "GOLONGAN",
    "rank_since": "TMT GOLONGAN",
    "position": "JABATAN",
    "position_type": "JENIS JABATAN",
    "position_since": "TMT JABATAN",
    "echelon": "ESELON",
    "unit_code": "UNOR ID",
    "unit": "UNOR",
    "unit_parent_code": "ID ATASAN",
    "unit_parent": "UNOR INDUK",
    "unit_level_1": "UNOR (1)",
    "assessor_nip": "NIP PENILAI",
    "assessor_name": "NAMA PENILAI",
    "span_start": "MULAI",
    "span_end": "SELESAI",
}
"""What personnel files call the fields; words of documents, the same in every language."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person as a row says, before unit and assessor are looked up.

    `given` names the fields of an Employee the row speaks of, and "unit" and "assessor" where it names any; of
    what its sheet has no column for, what is blank and what cannot be understood nothing is given: there the row
    holds a default and leaves a known person as they are. `span_start` and
    `span_end` are the days in that unit, where the sheet gives them; `earlier` are the rows of units left since.
    `acting` marks a row of what the person leads for a time: unit and position are not theirs.
    """

    employee: Employee
    unit: UnitRef
    assessor_nip: CellValue
    assessor_name: str
    given: frozenset[str]
    source: Source
    number: int
    span_start: str | None = None
    span_end: str | None = None
    earlier: tuple["RosterRow", ...] = ()
    acting: ActingMark | None = None

    @property
    def has_assessor(self) -> bool:
        """Whether the row names an assessor."""
        return "assessor" in self.given

    @property
    def lacks_unit(self) -> bool:
        """Whether the row names no unit although its sheet has a column for it."""
        columns = self.source.columns.keys() - self.source.derived
        return self.acting is None and "unit" not in self.given and not columns.isdisjoint(SPOKEN_OF_BY["unit"])

    def place(self, field: str | None = None) -> Place:
        """Where this row, or one field of it, stands in the user's file."""
        return self.source.place(self.number, field)

    def content(self) -> dict[str, object]:
        """What the row says by field, spellings made alike, for comparing rows of one person."""
        said: dict[str, object] = {}
        for name in self.given - {"unit", "assessor"}:
            value = getattr(self.employee, name)
            said[name] = fold(value) if isinstance(value, str) else value
        nip, unit = self.assessor_nip, self.unit
        links = {
            "unit_code": unit.code,
            "unit": fold(unit.name),
            "unit_parent_code": unit.parent_code,
            "unit_parent": fold(unit.parent_name),
            "unit_level_1": tuple(map(fold, unit.levels)),
            "assessor_nip": clean_nip(nip) if isinstance(nip, str) else nip,
            "assessor_name": fold(self.assessor_name),
        }
        return said | {name: value for name, value in links.items() if value and name in self.source.columns}

    def completed_by(self, other: "RosterRow") -> "RosterRow":
        """This row with what only another row of the same person speaks of."""
        more = other.given - self.given
        taken = {name: getattr(other.employee, name) for name in more - {"unit", "assessor"}}
        row = replace(self, employee=replace(self.employee, **taken), given=self.given | more)
        if "unit" in more:
            row = replace(row, unit=other.unit)
        if "assessor" in more:
            row = replace(row, assessor_nip=other.assessor_nip, assessor_name=other.assessor_name)
        return row


@dataclass(frozen=True, slots=True)
class RosterRead:
    """All rows of all files: people (each once), rows of tables of units, and everything that was odd.

    `rows` counts the rows about people and `rejected` those with an error. `seen` holds the NIP of every row
    that had one, and `unidentified` the names beside a NIP that is none: these people are not absent. `left_out`
    are the rows about nobody, in which somebody may be named nevertheless, and `acting` those that say what people
    lead for a time, in the order of the files.
    """

    people: tuple[RosterRow, ...] = ()
    units: tuple[tuple[UnitRef, Place], ...] = ()
    problems: tuple[Problem, ...] = ()
    rows: int = 0
    rejected: int = 0
    seen: frozenset[str] = frozenset()
    unidentified: frozenset[str] = frozenset()
    damaged: tuple[DamagedNip, ...] = ()
    left_out: tuple["LeftOut", ...] = ()
    acting: tuple[RosterRow, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that was taken to be about nobody: where it stands and what it says."""

    place: Place
    text: str


def one_of(rows: Sequence[RosterRow], told: list[Problem]) -> RosterRow | None:
    """The one person several rows speak of, or None where they disagree."""
    if any(row.span_start for row in rows) and any(row.unit != rows[0].unit for row in rows):
        return _one_who_moved(rows, told)
    whole, nip = rows[0], rows[0].employee.nip
    content = whole.content()
    alike = [whole]
    odd: dict[str, None] = {}
    for row in rows[1:]:
        said = row.content()
        odd |= dict.fromkeys(sorted(name for name in said if content.get(name, said[name]) != said[name]))
        if row.given <= whole.given:
            alike.append(row)
        content = said | content
        whole = whole.completed_by(row)
    if odd and all(row.span_start for row in rows) and len({row.span_start for row in rows}) == len(rows):
        return _one_who_moved(rows, told)
    if odd:
        columns = ", ".join(HEADINGS[name] for name in odd)
        for row in rows:
            other = places_of([one for one in rows if one is not row])
            told.append(
                problems.DUPLICATE_CONFLICT.at(
                    row.place("nip"), field="nip", value=nip, nip=nip, other=other, fields=columns
                )
            )
        return None
    if len(alike) > 1:
        told.append(
            problems.DUPLICATE_SAME.at(
                alike[1].place("nip"),
                field="nip",
                value=nip,
                nip=nip,
                name=whole.employee.name,
                count=len(alike),
                places=places_of(alike),
            )
        )
    return whole


def _one_who_moved(rows: Sequence[RosterRow], told: list[Problem]) -> RosterRow | None:
    """A person who stands in several units one after the other; None where the days do not part them."""
    ordered = sorted(rows, key=lambda row: row.span_start or "")
    *left, present = ordered
    parted = all(
        (row.span_start or "") < (following.span_start or "") and (row.span_end or "") < (following.span_start or "")
        for row, following in pairwise(ordered)
    ) and bool(ordered[0].span_start)
    if parted:
        return replace(present, earlier=tuple(left))
    person = present.employee
    for row in rows:
        told.append(
            problems.SPANS_OVERLAP.at(
                row.place("span_start"),
                field="span_start",
                value=row.span_start,
                nip=person.nip,
                name=person.name,
                places=places_of(rows),
            )
        )
    return None


def places_of(rows: Sequence[RosterRow]) -> str:
    """Where rows stand, in one line."""
    return "; ".join(
        _("{file}, sheet {sheet}, row {row}").format(file=row.source.file, sheet=row.source.sheet, row=row.number)
        for row in rows
    )
