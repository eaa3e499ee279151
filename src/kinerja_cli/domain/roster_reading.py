"""Read the rows of rosters: from cells to people, with everything that is odd told by its place.

A sheet speaks only of what it has a column for. What a row says of its unit and its assessor is kept as it
stands, to be resolved once all rows of all files are known.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from gettext import gettext as _
from operator import attrgetter

from kinerja_cli.domain import acting_problems, problems, roster_problems
from kinerja_cli.domain.acting_marks import ActingMark, read_mark
from kinerja_cli.domain.damaged_nips import DamagedNip
from kinerja_cli.domain.dates import read_date
from kinerja_cli.domain.nip import NipFacts, NipFault, clean_nip, judge_nip
from kinerja_cli.domain.personnel import EMPLOYMENT_LABELS, position_kind, vocabulary
from kinerja_cli.domain.roster_cells import (
    PERSON,
    WrittenName,
    birth_told,
    fields_of_columns,
    rank_of,
    read_name,
    word,
)
from kinerja_cli.domain.roster_rows import HEADINGS, RosterRead, RosterRow, one_of
from kinerja_cli.domain.roster_units import UnitsDown
from kinerja_cli.domain.rows import CellValue, Row, Source
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import clean_text, fold
from kinerja_cli.domain.unit_cells import NO_UNIT, UNIT_FIELDS
from kinerja_cli.domain.units import UnitRef
from kinerja_cli.domain.unreadable import unreadable_cells
from kinerja_cli.errors import Place, Problem, ProblemKind, Severity

_FIELDS = (*PERSON, *UNIT_FIELDS)
_TITLES = frozenset({"front_title", "back_title"})
_UNIT_CODES = (_FIELDS.index("unit_code"), _FIELDS.index("unit_parent_code"))
_CLEANED = tuple(_FIELDS.index(name) for name in ("front_title", "back_title", "position", "unit"))
_EXACT = 10**15
_BIRTH_DIGITS = 8
_LONGEST = 1_000
_A_YEAR = timedelta(days=366)
_OPTIONAL = (
    "front_title",
    "back_title",
    "rank",
    "rank_since",
    "position",
    "position_type",
    "position_since",
    "echelon",
)
_SILENT = ("sex", "employment", "status", *_OPTIONAL, "unit", "assessor")
"""The fields of which a row may say nothing although its sheet has a column for them."""

_optional = attrgetter(*_OPTIONAL)


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
    acting: list[RosterRow] = field(default_factory=list)


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
        reading.problems.extend(sheet.units.problems())
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
        acting=tuple(reading.acting),
    )


class _Sheet:
    """One sheet while it is read: where its columns are, and what its cells have come to already."""

    def __init__(self, source: Source, reading: _Reading) -> None:
        self.source = source
        self.reading = reading
        self.columns = tuple(source.columns.get(name) for name in _FIELDS)
        self.has_titles = bool(_TITLES & source.columns.keys())
        self.given = fields_of_columns(source.columns)
        self.spoken: dict[tuple[bool, ...], frozenset[str]] = {}
        self.units = UnitsDown(source)
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
        ref = self.units.read(values[len(PERSON) :], row.number)
        if "nip" not in self.source.columns:
            if ref.code or ref.name or ref.levels:
                self.reading.units.append((ref, row.place("unit")))
            return
        judgement = judge_nip(values[0], today=self.reading.today)
        if judgement.facts is None:
            if judgement.fault is NipFault.MISSING and not any(map(word, values)):
                return
            self._refuse_nip(values, judgement.fault or NipFault.MISSING)
        else:
            self.reading.seen.add(judgement.facts.nip)
            if judgement.unusual_code:
                self._tell(problems.NIP_UNUSUAL, "nip", judgement.facts.nip)
            person = self._person(values, judgement.facts, ref)
            if not self.refused and person.acting is not None:
                self.reading.acting.append(person)
            elif not self.refused:
                self.reading.people.setdefault(person.employee.nip, []).append(person)
        self.reading.rows += 1
        self.reading.rejected += self.refused

    def _refuse_unreadable(self, values: list[CellValue]) -> bool:
        """Refuse a row that has cells without a value; whoever it is about is not absent."""
        found = unreadable_cells(self.row)
        if found:
            self.units.forget()
            facts = judge_nip(values[0], today=self.reading.today).facts
            if facts is not None:
                self.reading.seen.add(facts.nip)
            self.reading.unidentified.add(fold(self._name(values[1], None, None).name))
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

    def _note_cleaned(self, values: list[CellValue]) -> None:
        """Count the cells whose text had to be cleaned."""
        for at in self.cleanable:
            value = values[at]
            if type(value) is str and value and value != (text := word(value)) and text:
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
        written_name = self._name(values[1], None, None).name
        name = fold(written_name)
        at = len(self.reading.problems)
        told = birth_told(values[5]) or "".join(filter(str.isdigit, value))[:_BIRTH_DIGITS]
        self._tell(problems.NIP_KINDS[fault], "nip", value or None, digits=digits, **problems.whose(written_name))
        self.reading.damaged.append(DamagedNip(at, name, told))
        self.reading.unidentified.add(name)

    def _person(self, values: list[CellValue], facts: NipFacts, ref: UnitRef) -> RosterRow:
        """The person of a row whose NIP is possible."""
        (_nip, written, front, back, sex, born, employed, cpns, status, rank, rank_since) = values[:11]
        (position, kind, position_since, echelon, assessor_nip, assessor_name, starts, ends, *unit) = values[11:]
        self._note_cleaned(values)
        named = self._name(written, front, back)
        name, front_title, back_title = named.name, named.front_title, named.back_title
        for where, text in (("name", name), ("position", position), ("unit", unit[1])):
            if type(text) is str and len(text) > _LONGEST:
                self._tell(problems.TEXT_TOO_LONG, where, f"{text[:20]}…", count=len(text), most=_LONGEST)
        self._judge_name(name, facts)
        known_as = name or facts.nip
        if born is not None and born != "":
            self._check_birth(born, facts, known_as)
        said_sex = self._sex(word(sex), facts, known_as)
        said_employment, employment = self._employment(word(employed), word(cpns), facts, known_as)
        said_status = self._status(word(status), known_as)
        person = Employee(
            facts.nip,
            name,
            front_title,
            back_title,
            said_sex or facts.sex,
            employment,
            said_status or "active",
            self._rank(word(rank), employment, known_as),
            self._since("rank_since", rank_since, known_as),
            word(position) or None,
            self._position_type(word(kind), word(echelon), known_as),
            self._since("position_since", position_since, known_as),
            word(echelon) or None,
        )
        superior = word(assessor_name)
        assessor = None if word(assessor_nip) == "" else assessor_nip
        links = (None if ref is NO_UNIT else ref.name, assessor if assessor is not None else superior or None)
        silent = tuple(one is None for one in (said_sex, said_employment, said_status, *_optional(person), *links))
        return RosterRow(
            person,
            ref,
            assessor,
            superior,
            self._said(silent),
            self.source,
            self.row.number,
            *self._span(starts, ends, known_as),
            acting=self._mark(person.position or "", known_as),
        )

    def _mark(self, position: str, name: str) -> ActingMark | None:
        """Whether the row says where the person acts for a time, and not which post is theirs."""
        cell = self.row.get("acting")
        mark, unknown = read_mark(cell, position)
        if unknown:
            self._tell(acting_problems.ACTING_MARK_UNKNOWN, "acting", clean_text(cell), name=name)
        return mark

    def _said(self, silent: tuple[bool, ...]) -> frozenset[str]:
        """The fields a row speaks of: those of its sheet whose cells are neither blank nor beyond understanding."""
        given = self.spoken.get(silent)
        if given is None:
            quiet = {name for name, nothing in zip(_SILENT, silent, strict=True) if nothing}
            titles = _TITLES - quiet
            # One cell for all of a name speaks of both titles as soon as it has one.
            given = (self.given - quiet) | (titles if self.has_titles or not titles else _TITLES)
            self.spoken[silent] = given
        return given

    def _span(self, starts: CellValue, ends: CellValue, name: str) -> tuple[str | None, str | None]:
        """The days in the unit, the last of which cannot come before the first."""
        first, last = self._since("span_start", starts, name), self._since("span_end", ends, name)
        if first is not None and last is not None and last < first:
            self._tell(roster_problems.SPAN_BACKWARDS, "span_end", last, name=name, starts=first)
        return first, last

    def _name(self, written: CellValue, front: CellValue, back: CellValue) -> WrittenName:
        """Name and titles, counted among the cleaned cells where they were not written cleanly."""
        read = read_name(written, front, back, apart=self.has_titles)
        if read.untidy:
            self._count_cleaned("name", written)
        return read

    def _judge_name(self, name: str, facts: NipFacts) -> None:
        """Tell a name that is none, or hardly one."""
        plain = name.replace(" ", "")
        if len(plain) > 1 and plain.isalpha():  # nearly always
            return
        letters = sum(map(str.isalpha, name))
        if not name:
            self._tell(problems.NAME_MISSING, "name", None, nip=facts.nip)
        elif not letters:
            self._tell(roster_problems.NAME_SUSPICIOUS, "name", name, nip=facts.nip)
        elif letters == 1 or any(map(str.isdigit, name)):
            self._tell(roster_problems.NAME_UNUSUAL, "name", name, nip=facts.nip)

    def _check_birth(self, value: CellValue, facts: NipFacts, name: str) -> None:
        """Compare the birth date with the NIP; nothing of it is kept."""
        nip = facts.nip
        if value == f"{nip[6:8]}-{nip[4:6]}-{nip[:4]}":  # nearly always, and a tenth of the whole reading
            return
        day = read_date(value).day
        if day == facts.born or not word(value):
            return
        shown = word(value) if day is None else f"{day:%d-%m-%Y}"
        expected = f"{facts.born:%d-%m-%Y}"
        self._tell(problems.NIP_BIRTH_MISMATCH, "birth_date", shown, name=name, expected=expected)

    def _sex(self, text: str, facts: NipFacts, name: str) -> str | None:
        """The sex, if the column gives one."""
        if not text:
            return None
        sex = vocabulary().sex.get(fold(text))
        if sex is None:
            self._tell(problems.SEX_UNKNOWN, "sex", text, name=name)
        elif sex != facts.sex:
            self._tell(problems.NIP_SEX_MISMATCH, "sex", sex, name=name, expected=facts.sex)
        return sex

    def _employment(self, text: str, cpns: str, facts: NipFacts, name: str) -> tuple[str | None, str]:
        """The kind of employment by its word or by STATUS CPNS PNS, if they say any; and else by the NIP."""
        words = vocabulary().employment
        candidate = words.get(fold(cpns)) if cpns else None
        if text and (employment := words.get(fold(text))):
            employment = "cpns" if candidate == "cpns" and employment == "pns" else employment
            return employment, employment
        taken = "cpns" if candidate == "cpns" else "pppk" if facts.pppk else "pns"
        if text:
            label = _(EMPLOYMENT_LABELS[taken])
            self._tell(problems.EMPLOYMENT_UNKNOWN, "employment", text, name=name, taken=label)
        return candidate, taken

    def _status(self, text: str, name: str) -> str | None:
        """The legal standing, if the word is one."""
        status = vocabulary().status.get(fold(text)) if text else None
        if text and status is None:
            self._tell(problems.STATUS_UNKNOWN, "status", text, name=name)
        return status

    def _rank(self, text: str, employment: str, name: str) -> str | None:
        """The rank, if the word is one."""
        if not text:
            return None
        rank = rank_of(text, employment.startswith("pppk"))
        if rank is None:
            self._tell(problems.RANK_UNKNOWN, "rank", text, name=name)
        return rank

    def _position_type(self, text: str, echelon: str, name: str) -> str | None:
        """The kind of position, refined by the echelon."""
        kind = position_kind(text, echelon)
        if text and kind is None:
            self._tell(problems.POSITION_TYPE_UNKNOWN, "position_type", text, name=name)
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
        if not word(value):
            return None, None, False
        read = read_date(value)
        if read.day is None:
            return None, problems.DATE_IMPOSSIBLE, False
        fault = problems.DATE_FUTURE if read.day > self.latest else None
        return read.day.isoformat(), fault, read.ambiguous


def _settled(reading: _Reading) -> Iterable[RosterRow]:
    """Each person once: rows alike or completing each other become one, rows that disagree are refused."""
    today = reading.today.isoformat()
    for rows in reading.people.values():
        person = rows[0] if len(rows) == 1 else one_of(rows, reading.problems)
        if person is None:
            reading.rejected += len(rows)
            continue
        if person.span_end is not None and person.span_end < today:
            reading.problems.append(_ended(person))
        yield person


def _ended(person: RosterRow) -> Problem:
    """Tell that even the last of a person's days in a unit have passed."""
    return roster_problems.SPAN_ENDED.at(
        person.place("span_end"), field="span_end", value=person.span_end, name=person.employee.name
    )
