"""Read the rows of rosters: from cells to people, with everything that is odd told by its place.

A sheet speaks only of what it has a column for. What a row says of its unit and its assessor is kept as it
stands, to be resolved once all rows of all files are known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from functools import lru_cache
from gettext import gettext as _

from kinerja_cli.domain import problems, unit_problems
from kinerja_cli.domain.dates import read_date
from kinerja_cli.domain.names import split_titles
from kinerja_cli.domain.nip import NipFacts, NipFault, clean_nip, judge_nip
from kinerja_cli.domain.personnel import EMPLOYMENT_LABELS, position_kind, vocabulary
from kinerja_cli.domain.ranks import parse_rank
from kinerja_cli.domain.roster_rows import HEADINGS, DamagedNip, RosterRead, RosterRow, one_of
from kinerja_cli.domain.rows import CellValue, Row, Source
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import clean_text, fold
from kinerja_cli.domain.unit_cells import AS_ABOVE, LEVELS, NO_UNIT, UNIT_FIELDS, cell_text, is_zero, repeated, repeats
from kinerja_cli.domain.unit_cells import unit_ref as _unit_ref
from kinerja_cli.domain.units import UnitRef
from kinerja_cli.domain.unreadable import unreadable_cells
from kinerja_cli.errors import Place, Problem, ProblemKind, Severity

_PERSON = (
    *("nip", "name", "front_title", "back_title", "sex", "birth_date", "employment", "cpns_status", "status"),
    *("rank", "rank_since", "position", "position_type", "position_since", "echelon"),
    *("assessor_nip", "assessor_name", "span_start", "span_end"),
)
_FIELDS = (*_PERSON, *UNIT_FIELDS)
_TITLES = frozenset({"front_title", "back_title"})
_SPOKEN_OF_BY = {
    "employment": ("employment", "cpns_status"),
    "position_type": ("position_type", "echelon"),
    "unit": ("unit_code", "unit", *LEVELS),
    "assessor": ("assessor_nip", "assessor_name"),
}
_UNIT_CODES = (_FIELDS.index("unit_code"), _FIELDS.index("unit_parent_code"))
_CLEANED = tuple(_FIELDS.index(name) for name in ("front_title", "back_title", "position", "unit"))
_EXACT = 10**15
_BIRTH_DIGITS = 8
_LONGEST = 1_000
_A_YEAR = timedelta(days=366)
_NOTHING = (None,) * len(UNIT_FIELDS)


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    today: date
    people: dict[str, list[RosterRow]] = field(default_factory=dict)
    units: list[tuple[UnitRef, Place]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    rejected: int = 0
    seen: set[str] = field(default_factory=set)
    unidentified: set[str] = field(default_factory=set)
    damaged: list[DamagedNip] = field(default_factory=list)


def read_roster(rows: Iterable[Row], *, today: date) -> RosterRead:
    """Read rosters and tables of units (sheets without a NIP); no mistake stops it."""
    reading = _Reading(today)
    sheets: dict[int, _Sheet] = {}
    current: _Sheet | None = None
    for row in rows:
        if current is None or row.source is not current.source:
            current = sheets.get(id(row.source))
            if current is None:
                current = sheets[id(row.source)] = _Sheet(row.source, reading)
        current.take(row)
    for sheet in sheets.values():
        sheet.note_ambiguous_dates()
        sheet.note_cleaned_cells()
        sheet.note_repeated_units()
    people = tuple(_settled(reading))
    return RosterRead(
        people,
        tuple(reading.units),
        tuple(reading.problems),
        reading.rows,
        reading.rejected,
        frozenset(reading.seen),
        frozenset(reading.unidentified),
        tuple(reading.damaged),
    )


class _Sheet:
    """One sheet while it is read: where its columns are, and what its cells have come to already."""

    def __init__(self, source: Source, reading: _Reading) -> None:
        self.source = source
        self.reading = reading
        self.columns = tuple(source.columns.get(name) for name in _FIELDS)
        self.has_titles = bool(_TITLES & source.columns.keys())
        self.given = _given(source.columns)
        self.given_with_titles = self.given | _TITLES
        self.unit_is_named_elsewhere = "unit" in source.derived
        self.unit_above: Sequence[CellValue] = _NOTHING
        self.repeated: dict[tuple[str, ProblemKind], tuple[int, str, int]] = {}
        self.latest = reading.today + _A_YEAR
        self.unreadable = bool(source.unreadable)
        self.days: dict[CellValue, tuple[str | None, ProblemKind | None, bool]] = {}
        self.ambiguous: dict[str, tuple[int, str]] = {}
        self.cleaned: dict[str, tuple[int, str, int]] = {}
        self.cleanable = tuple(at for at in _CLEANED if self.columns[at] is not None)
        self.row = Row(source, 0, ())
        self.refused = False

    def take(self, row: Row) -> None:
        """Read one row."""
        cells, size = row.cells, len(row.cells)
        values = [cells[at] if at is not None and at < size else None for at in self.columns]
        self.row, self.refused = row, False
        if self.unreadable and self._refuse_unreadable(values):
            return
        self._distrust_long_numbers(values)
        if "nip" not in self.source.columns:
            ref = self._unit(values[len(_PERSON) :])
            if ref.code or ref.name or ref.levels:
                self.reading.units.append((ref, row.place("unit")))
            return
        judgement = judge_nip(values[0], today=self.reading.today)
        if judgement.facts is None:
            if judgement.fault is NipFault.MISSING and not any(map(_word, values)):
                return
            self._refuse_nip(values, judgement.fault or NipFault.MISSING)
        else:
            self.reading.seen.add(judgement.facts.nip)
            if judgement.unusual_code:
                self._tell(problems.NIP_UNUSUAL, "nip", judgement.facts.nip)
            person = self._person(values, judgement.facts)
            if not self.refused:
                self.reading.people.setdefault(person.employee.nip, []).append(person)
        self.reading.rows += 1
        self.reading.rejected += self.refused

    def _refuse_unreadable(self, values: list[CellValue]) -> bool:
        """Refuse a row that has cells without a value; whoever it is about is not absent."""
        found = unreadable_cells(self.row)
        if found:
            facts = judge_nip(values[0], today=self.reading.today).facts
            if facts is not None:
                self.reading.seen.add(facts.nip)
            self.reading.unidentified.add(fold(self._names(values[1], None, None)[0]))
            self.reading.problems.extend(found)
            self.reading.rows += 1
            self.reading.rejected += 1
        return bool(found)

    def _distrust_long_numbers(self, values: list[CellValue]) -> None:
        """Drop unit IDs that a spreadsheet keeps as a number it cannot hold."""
        for at in _UNIT_CODES:
            value = values[at]
            if not isinstance(value, str) and isinstance(value, (int, float)) and abs(value) >= _EXACT:
                self._tell(problems.UNIT_CODE_NUMERIC, _FIELDS[at], f"{value:.0f}")
                values[at] = None

    def note_ambiguous_dates(self) -> None:
        """One note for each column with dates that could be read two ways; our template asks for the day first."""
        if self.source.is_template:
            return
        for name, (count, first) in self.ambiguous.items():
            place = self.source.place(None, name)
            self.reading.problems.append(problems.DATE_AMBIGUOUS.at(place, field=name, value=first, count=count))

    def note_cleaned_cells(self) -> None:
        """One note for each column whose cells were not written cleanly."""
        for name, (count, first, row) in self.cleaned.items():
            place = self.source.place(None, name)
            self.reading.problems.append(problems.TEXT_CLEANED.at(place, field=name, value=first, count=count, row=row))

    def note_repeated_units(self) -> None:
        """One note for each column whose cells say that the unit is the one above."""
        for (name, kind), (count, first, row) in self.repeated.items():
            place = self.source.place(None, name)
            self.reading.problems.append(kind.at(place, field=name, value=first, count=count, row=row))

    def _unit(self, cells: Sequence[CellValue]) -> UnitRef:
        """What a row says of its unit; marks that repeat the cell above stand for the last unit named."""
        ref = _unit_ref(*cells)
        if ref is AS_ABOVE:
            for name, cell in zip(UNIT_FIELDS, cells, strict=True):
                if repeats(name, cell):
                    kind = unit_problems.UNIT_ZERO if is_zero(cell) else unit_problems.UNIT_AS_ABOVE
                    where = (name, kind)
                    count, first, row = self.repeated.get(where, (0, clean_text(cell), self.row.number))
                    self.repeated[where] = (count + 1, first, row)
            cells = repeated(cells, self.unit_above)
            ref = _unit_ref(*cells)
        if ref is not NO_UNIT:
            self.unit_above = cells
        return ref

    def _note_cleaned(self, values: list[CellValue]) -> None:
        """Count the cells whose text had to be cleaned."""
        for at in self.cleanable:
            value = values[at]
            if type(value) is str and value and value != (text := _word(value)) and text:
                self._count_cleaned(_FIELDS[at], value)

    def _count_cleaned(self, name: str, value: CellValue) -> None:
        count, first, row = self.cleaned.get(name, (0, repr(value), self.row.number))
        self.cleaned[name] = (count + 1, first, row)

    def _tell(self, kind: ProblemKind, field: str, value: object, /, **facts: object) -> None:
        self.reading.problems.append(kind.at(self.row.place(field), field=field, value=value, **facts))
        self.refused = self.refused or kind.severity is Severity.ERROR

    def _refuse_nip(self, values: list[CellValue], fault: NipFault) -> None:
        """A row that cannot be anybody's, by the reason why."""
        written = values[0]
        value = f"{written:.0f}" if isinstance(written, float) else clean_text(written)
        digits = len(clean_nip(value)) if fault is NipFault.LENGTH else None
        name = fold(self._names(values[1], None, None)[0])
        born = read_date(values[5]).day if _word(values[5]) else None
        at = len(self.reading.problems)
        told = f"{born:%Y%m%d}" if born else "".join(filter(str.isdigit, value))[:_BIRTH_DIGITS]
        self._tell(problems.NIP_KINDS[fault], "nip", value or None, digits=digits)
        self.reading.damaged.append(DamagedNip(at, name, told))
        self.reading.unidentified.add(name)

    def _person(self, values: list[CellValue], facts: NipFacts) -> RosterRow:
        """The person of a row whose NIP is possible."""
        (_nip, written, front, back, sex, born, employed, cpns, status, rank, rank_since) = values[:11]
        (position, kind, position_since, echelon, assessor_nip, assessor_name, starts, ends, *unit) = values[11:]
        self._note_cleaned(values)
        name, front_title, back_title = self._names(written, front, back)
        for where, text in (("name", name), ("position", position), ("unit", unit[1])):
            if type(text) is str and len(text) > _LONGEST:
                self._tell(problems.TEXT_TOO_LONG, where, f"{text[:20]}…", count=len(text), most=_LONGEST)
        if not name:
            self._tell(problems.NAME_MISSING, "name", None, nip=facts.nip)
        known_as = name or facts.nip
        if born is not None and born != "":
            self._check_birth(born, facts, known_as)
        employment = self._employment(_word(employed), _word(cpns), facts, known_as)
        person = Employee(
            facts.nip,
            name,
            front_title,
            back_title,
            self._sex(_word(sex), facts, known_as),
            employment,
            self._status(_word(status), known_as),
            self._rank(_word(rank), employment, known_as),
            self._since("rank_since", rank_since, known_as),
            _word(position) or None,
            self._position_type(_word(kind), _word(echelon), known_as),
            self._since("position_since", position_since, known_as),
            _word(echelon) or None,
        )
        titled = not self.has_titles and (front_title or back_title)
        given = self.given_with_titles if titled else self.given
        ref = self._unit(unit)
        if self.unit_is_named_elsewhere and ref is NO_UNIT:
            given -= {"unit"}
        return RosterRow(
            person,
            ref,
            None if _word(assessor_nip) == "" else assessor_nip,
            _word(assessor_name),
            given,
            self.source,
            self.row.number,
            self._since("span_start", starts, known_as),
            self._since("span_end", ends, known_as),
        )

    def _names(self, written: CellValue, front: CellValue, back: CellValue) -> tuple[str, str | None, str | None]:
        """Name and titles, which a sheet without columns for titles writes into one."""
        name = _text(written)
        untidy = bool(name) and name != written
        if self.has_titles:
            front_title, back_title = _word(front) or None, _word(back) or None
        else:
            front_title, name, back_title = split_titles(name)
            name = _text(name)
        untidy = untidy or name.islower()
        if untidy:
            self._count_cleaned("name", written)
        if name.islower():
            name = " ".join(word[:1].upper() + word[1:] for word in name.split())
        return name, front_title, back_title

    def _check_birth(self, value: CellValue, facts: NipFacts, name: str) -> None:
        """Compare the birth date with the NIP; nothing of it is kept."""
        nip = facts.nip
        if value == f"{nip[6:8]}-{nip[4:6]}-{nip[:4]}":  # nearly always, and a tenth of the whole reading
            return
        day = read_date(value).day
        if day == facts.born or not _word(value):
            return
        shown = _word(value) if day is None else f"{day:%d-%m-%Y}"
        expected = f"{facts.born:%d-%m-%Y}"
        self._tell(problems.NIP_BIRTH_MISMATCH, "birth_date", shown, name=name, expected=expected)

    def _sex(self, word: str, facts: NipFacts, name: str) -> str:
        """The sex of the column, else of the NIP."""
        if not word:
            return facts.sex
        sex = vocabulary().sex.get(fold(word))
        if sex is None:
            self._tell(problems.SEX_UNKNOWN, "sex", word, name=name)
        elif sex != facts.sex:
            self._tell(problems.NIP_SEX_MISMATCH, "sex", sex, name=name, expected=facts.sex)
        return sex or facts.sex

    def _employment(self, word: str, cpns: str, facts: NipFacts, name: str) -> str:
        """The kind of employment: by its word, else by STATUS CPNS PNS, else by the NIP."""
        words = vocabulary().employment
        candidate = bool(cpns) and words.get(fold(cpns)) == "cpns"
        if word and (employment := words.get(fold(word))):
            return "cpns" if candidate and employment == "pns" else employment
        taken = "cpns" if candidate else "pppk" if facts.pppk else "pns"
        if word:
            label = _(EMPLOYMENT_LABELS[taken])
            self._tell(problems.EMPLOYMENT_UNKNOWN, "employment", word, name=name, taken=label)
        return taken

    def _status(self, word: str, name: str) -> str:
        """The legal standing; active where nothing is said or the word is unknown."""
        if not word:
            return "active"
        status = vocabulary().status.get(fold(word))
        if status is None:
            self._tell(problems.STATUS_UNKNOWN, "status", word, name=name)
        return status or "active"

    def _rank(self, word: str, employment: str, name: str) -> str | None:
        """The rank, if the word is one."""
        if not word:
            return None
        rank = _rank_of(word, employment.startswith("pppk"))
        if rank is None:
            self._tell(problems.RANK_UNKNOWN, "rank", word, name=name)
        return rank

    def _position_type(self, word: str, echelon: str, name: str) -> str | None:
        """The kind of position, refined by the echelon."""
        kind = position_kind(word, echelon)
        if word and kind is None:
            self._tell(problems.POSITION_TYPE_UNKNOWN, "position_type", word, name=name)
        return kind

    def _since(self, name: str, value: CellValue, person: str) -> str | None:
        """The day of a column as ISO text; impossible days and far ones refuse the row."""
        if value is None or value == "":
            return None
        known = self.days.get(value)
        if known is None:
            known = self.days[value] = self._day(value)
        day, fault, ambiguous = known
        if fault is not None:
            self._tell(fault, name, clean_text(value), name=person, heading=HEADINGS[name])
        elif ambiguous:
            count, first = self.ambiguous.get(name, (0, clean_text(value)))
            self.ambiguous[name] = (count + 1, first)
        return day

    def _day(self, value: CellValue) -> tuple[str | None, ProblemKind | None, bool]:
        """A cell as ISO text, what is wrong with it, and whether it could be read another way."""
        if not _word(value):
            return None, None, False
        read = read_date(value)
        if read.day is None:
            return None, problems.DATE_IMPOSSIBLE, False
        fault = problems.DATE_FUTURE if read.day > self.latest else None
        return read.day.isoformat(), fault, read.ambiguous


def _given(columns: Mapping[str, int]) -> frozenset[str]:
    """The fields a sheet with these columns speaks of."""
    names = {one.name for one in fields(Employee)} & set(_PERSON)
    return frozenset(
        name
        for name in (names - {"assessor_nip"}) | _SPOKEN_OF_BY.keys()
        if any(column in columns for column in _SPOKEN_OF_BY.get(name, (name,)))
    )


_text = cell_text
_word = lru_cache(maxsize=65536, typed=True)(cell_text)


@lru_cache(maxsize=4096)
def _rank_of(word: str, pppk: bool) -> str | None:
    return parse_rank(word, pppk=pppk)


def _settled(reading: _Reading) -> Iterable[RosterRow]:
    """Each person once: rows alike or completing each other become one, rows that disagree are refused."""
    for rows in reading.people.values():
        person = rows[0] if len(rows) == 1 else one_of(rows, reading.problems)
        if person is None:
            reading.rejected += len(rows)
        else:
            yield person
