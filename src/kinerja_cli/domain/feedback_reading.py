"""Read sheets of feedback: from rows to drafts, everything odd told by its cell.

What a row says is judged here; whom it is on and whether it may be taken is settled against the store.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from gettext import gettext as _
from typing import Final, TypeVar

from kinerja_cli.domain import feedback_problems, problems
from kinerja_cli.domain.dates import ReadDate, read_date
from kinerja_cli.domain.feedback import Aspect, Giver, Tone, near_word, parse_aspect, parse_giver, parse_tone
from kinerja_cli.domain.nip import NipFault, clean_nip, judge_nip
from kinerja_cli.domain.periods import Period
from kinerja_cli.domain.ratings import sheet_period
from kinerja_cli.domain.regulation import fold_label
from kinerja_cli.domain.rows import CellValue, Row, Source
from kinerja_cli.domain.text import clean_lines, clean_text
from kinerja_cli.errors import N_, Problem, ProblemKind, Severity

PUBLIC_LAYOUT: Final = "public"
"""The layout of lists of reports from the public, which have no column for the giver."""

LONGEST: Final = 4_000
"""A feedback of more characters is worth a look."""

FIELDS: Final = ("nip", "name", "from", "text", "aspect", "tone", "date", "giver_nip", "giver", "anonymous")

_ANY_DAY = date.max
_TRUSTED_DIGITS = 15
_YES = frozenset(map(fold_label, ("ya", "y", "yes", "iya", "true", "benar", "1", "x", "v", "✓", "✔", "anonim")))
_NO = frozenset(map(fold_label, ("", "-", "tidak", "t", "n", "no", "false", "salah", "0", "bukan")))
_NAMELESS = frozenset(map(fold_label, ("anonim", "anonymous", "rahasia", "tanpa nama", "nn", "n.n.", "hamba allah")))
_NOTHING = frozenset({"", "-", "–", "—"})
_GUARDED = ("'=", "'+", "'-", "'@")
_CLOCK = re.compile(
    r"[\s,T]+(?:pukul |jam )?\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?(?: ?(?:wib|wita|wit|am|pm))?z?", re.I
)
_WEEKDAY = re.compile(r"(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad),? +", re.I)
_NIK = re.compile(r"(?<!\d)\d{4}([ .-]?)\d{4}\1\d{4}\1\d{4}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+?62[ -]?|0)8\d{1,2}[ -]?\d{3,4}[ -]?\d{3,5}(?!\d)")
_REPORTER = re.compile(
    r"\b(?:nama(?: (?:saya|lengkap|pelapor|pengadu|pengirim|samaran))?|pelapor|pengadu|pengirim|dilaporkan oleh"
    r"|hormat saya|salam,? saya|a\.?n)\s*[:=,]\s*[^\W\d_]{2}|\bnama saya (?:adalah )?[^\W\d_]{2}",
    re.I,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", re.I)
_PERSONAL = (
    (_REPORTER, N_("the name of who reports")),
    (_NIK, N_("a NIK")),
    (_PHONE, N_("a telephone number")),
    (_MAIL, N_("an e-mail address")),
)

Word = TypeVar("Word", Giver, Aspect, Tone)


@dataclass(frozen=True, slots=True)
class FeedbackDraft:
    """One row that holds feedback; `refused` where something in it could not be read.

    `nip` is empty where the row has none, and None where it has none that could be anybody's. `giver` is a NIP or
    a name as written, of anonymous feedback too, since even there not everybody may speak.
    """

    row: Row
    nip: str | None
    name: str
    source: Giver | None
    text: str
    aspect: Aspect | None
    tone: Tone | None
    day: date | None
    giver: str
    anonymous: bool
    period: Period | None
    refused: bool


@dataclass(frozen=True, slots=True)
class FeedbackRead:
    """All rows of all sheets that hold feedback, and everything that was odd; `blank` counts the other rows."""

    drafts: tuple[FeedbackDraft, ...]
    problems: tuple[Problem, ...]
    blank: int


def read_feedback(rows: Iterable[Row], *, today: date, giver: Giver | None = None) -> FeedbackRead:
    """Read sheets of feedback; every mistake is told, none stops the reading.

    `giver` is whom feedback is from where a row does not say.
    """
    told: list[Problem] = []
    drafts: list[FeedbackDraft] = []
    sheets: dict[int, _Sheet] = {}
    for row in rows:
        sheet = sheets.get(id(row.source))
        if sheet is None:
            sheet = sheets[id(row.source)] = _Sheet(row.source, told, today, giver)
        draft = sheet.read(row)
        if draft is not None:
            drafts.append(draft)
    for sheet in sheets.values():
        sheet.sum_up()
    return FeedbackRead(tuple(drafts), tuple(told), sum(sheet.blank for sheet in sheets.values()))


class _Sheet:
    """One sheet as it is read, row by row."""

    def __init__(self, source: Source, told: list[Problem], today: date, giver: Giver | None) -> None:
        self.source = source
        self.told = told
        self.today = today
        self.columns = tuple(source.columns.get(name) for name in FIELDS)
        self.fields = {column: name for name, column in source.columns.items() if name in FIELDS}
        self.period = sheet_period(source)
        self.one_sided = "from" not in source.columns
        self.public = source.layout == PUBLIC_LAYOUT
        self.misnamed = giver if self.public and giver not in (None, Giver.MASYARAKAT) else None
        self.giver = Giver.MASYARAKAT if self.public and self.misnamed is None else giver
        self.rows = self.citizens = self.blank = self.first_blank = self.ambiguous = 0
        self.first_ambiguous = ""
        self.row = Row(source, 0, ())
        self.refused = False

    def read(self, row: Row) -> FeedbackDraft | None:
        """What one row says, or None where it holds no feedback."""
        cells, size = row.cells, len(row.cells)
        values = [cells[at] if at is not None and at < size else None for at in self.columns]
        nip, name, source, written, aspect, tone, day, giver_nip, giver, anonymous = values
        self.row, self.refused = row, False
        unread = self._unreadable()
        text = _lines(written)
        if not text and not unread and not self._is_begun(values):
            self.blank += 1
            self.first_blank = self.first_blank or row.number
            return None
        self.rows += 1
        if not text and "text" not in unread:
            self._tell(feedback_problems.TEXT_MISSING, "text")
        self._look_into(text)
        who = self._who("giver_nip", giver_nip) or self._who("giver", giver)
        nameless = fold_label(who) in _NAMELESS
        draft = FeedbackDraft(
            row=row,
            nip=None if "nip" in unread else self._nip(nip),
            name=_word(name),
            source=self._source(source),
            text=text,
            aspect=self._choice(aspect, "aspect", parse_aspect, Aspect, feedback_problems.ASPECT_UNKNOWN),
            tone=self._choice(tone, "tone", parse_tone, Tone, feedback_problems.TONE_UNKNOWN),
            day=self._day(day),
            giver="" if nameless else who,
            anonymous=self._anonymous(anonymous) or nameless,
            period=self.period,
            refused=False,
        )
        return replace(draft, refused=True) if self.refused else draft

    def sum_up(self) -> None:
        """Tell what concerns the sheet as a whole."""
        place = self.source.place(self.source.header_row)
        if self.one_sided and self.rows and self.giver is None:
            self.told.append(feedback_problems.GIVERS_MISSING.at(place, field="from", count=self.rows))
        if self.misnamed is not None and self.rows:
            facts = {"value": self.misnamed.value, "count": self.rows}
            self.told.append(feedback_problems.PUBLIC_FROM.at(place, field="from", **facts))
        elif self.citizens:
            self.told.append(feedback_problems.PUBLIC.at(place, field="from", count=self.citizens))
        # A template of ours says itself that the day comes first.
        if self.ambiguous and not self.source.is_template:
            column = self.source.place(None, "date")
            first, count = self.first_ambiguous, self.ambiguous
            self.told.append(problems.DATE_AMBIGUOUS.at(column, field="date", value=first, count=count))
        if self.blank:
            first_row = self.source.place(self.first_blank)
            self.told.append(feedback_problems.BLANK.at(first_row, count=self.blank, first=self.first_blank))

    def _tell(self, kind: ProblemKind, field: str, value: object = None, /, **facts: object) -> None:
        self.told.append(kind.at(self.row.place(field), field=field, value=value, **facts))
        self.refused = self.refused or kind.severity is Severity.ERROR

    def _unreadable(self) -> set[str]:
        """The fields whose cells have no value; each is told."""
        shown = self.source.unreadable.get(self.row.number)
        if not shown:
            return set()
        fields = {self.fields[column]: content for column, content in shown.items() if column in self.fields}
        for name, content in fields.items():
            self._tell(feedback_problems.CELL_UNREADABLE, name, content)
        return set(fields)

    def _is_begun(self, values: Sequence[CellValue]) -> bool:
        """Whether a row without words says of somebody more than who they are."""
        nip, name, source, _text, aspect, tone, _day, giver_nip, giver, _anonymous = map(_word, values)
        return bool((nip or name) and (source or aspect or tone or giver_nip or giver))

    def _nip(self, value: CellValue) -> str | None:
        """The NIP of a cell: empty where there is none, None where it cannot be anybody's."""
        # Whether a date lies in the future is for the roster to judge; here such a NIP is unknown anyway.
        judgement = judge_nip(value, today=_ANY_DAY)
        if judgement.facts is not None:
            return judgement.facts.nip
        if judgement.fault is NipFault.MISSING or judgement.fault is None or not _word(value):
            return ""
        written = f"{value:.0f}" if isinstance(value, float) else clean_text(value)
        digits = len(clean_nip(written)) if judgement.fault is NipFault.LENGTH else None
        whose = problems.whose(_word(self.row.get("name")))
        self._tell(problems.NIP_KINDS[judgement.fault], "nip", written, digits=digits, **whose)
        return None

    def _source(self, value: CellValue) -> Giver | None:
        """From whom the feedback comes."""
        if self.one_sided or self.misnamed is not None:
            self.refused = self.refused or self.giver is None or self.misnamed is not None
            self.citizens += self.public
            return self.giver
        if self.public and parse_giver(_word(value)) is None:
            # Complaint systems head the way a report came in (SMS, web) as its source.
            self.citizens += 1
            return self.giver
        if not _word(value) and self.giver is not None:
            return self.giver
        if not _word(value):
            self._tell(feedback_problems.GIVER_MISSING, "from")
        return self._choice(value, "from", parse_giver, Giver, feedback_problems.GIVER_UNKNOWN)

    def _choice(
        self,
        value: CellValue,
        field: str,
        parse: Callable[[str], Word | None],
        words: type[Word],
        unknown: ProblemKind,
    ) -> Word | None:
        """The word a cell names; None where it is empty or, which is told, no such word."""
        text = _word(value)
        if not text:
            return None
        word = parse(text)
        if word is None:
            near = near_word(text, words)
            suggestion = _("; perhaps {label} is meant").format(label=near) if near else ""
            self._tell(unknown, field, text, suggestion=suggestion)
        return word

    def _who(self, field: str, value: CellValue) -> str:
        """Who gives the feedback, by number or by name; a number that lost digits is nobody's."""
        text = _word(value)
        if text and not isinstance(value, str) and len(text) >= _TRUSTED_DIGITS:
            self._tell(problems.NIP_NUMERIC, field, f"{value:.0f}" if isinstance(value, float) else text)
            return ""
        return text

    def _day(self, value: CellValue) -> date | None:
        """The day of a cell; None where it is empty or, which is told, no day of the past."""
        if not _word(value):
            return None
        read = _read_written_day(value) if isinstance(value, str) else read_date(value)
        if read.day is None:
            self._tell(feedback_problems.DAY_IMPOSSIBLE, "date", clean_text(value))
            return None
        if read.day > self.today:
            self._tell(feedback_problems.DAY_FUTURE, "date", read.day.isoformat())
            return None
        if read.ambiguous:
            self.ambiguous += 1
            self.first_ambiguous = self.first_ambiguous or clean_text(value)
        return read.day

    def _anonymous(self, value: CellValue) -> bool:
        """Whether the giver remains unnamed."""
        word = fold_label(clean_text(value))
        if word not in _YES and word not in _NO:
            self._tell(feedback_problems.ANONYMOUS_UNKNOWN, "anonymous", clean_text(value))
        return word in _YES

    def _look_into(self, text: str) -> None:
        """Tell what is odd about the words themselves, without repeating them."""
        if len(text) > LONGEST:
            self._tell(feedback_problems.LONG, "text", None, count=len(text))
        found = [name for pattern, name in _PERSONAL if pattern.search(text)]
        if found:
            self._tell(feedback_problems.PERSONAL, "text", None, what=_(" and ").join(map(_, found)))


def _word(value: CellValue) -> str:
    """A cell as one line; a dash stands for nothing."""
    text = clean_text(value)
    return "" if text in _NOTHING else text


def _lines(value: CellValue) -> str:
    """What is said, in as many lines as it has; a dash stands for nothing."""
    text = clean_lines(value) if isinstance(value, str) else clean_text(value)
    # Lists written as .csv put this apostrophe before what a spreadsheet program would take for a formula.
    text = text[1:] if text.startswith(_GUARDED) else text
    return "" if text in _NOTHING else text


@lru_cache(maxsize=65536)
def _read_written_day(text: str) -> ReadDate:
    """A day in writing, without the weekday and the time that forms and exports put around it.

    >>> _read_written_day("Kamis, 12 Maret 2026 pukul 14.05 WIB").day, _read_written_day("2026-03-12T14:05:33").day
    (datetime.date(2026, 3, 12), datetime.date(2026, 3, 12))
    """
    written = clean_text(text)
    weekday = _WEEKDAY.match(written)
    written = written[weekday.end() :] if weekday else written
    clock = _CLOCK.search(written)
    return read_date(written[: clock.start()] if clock and clock.end() == len(written) else written)
