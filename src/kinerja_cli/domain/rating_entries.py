"""What rows say of one person's rating, and the one rating that several rows about that person come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _

from kinerja_cli.domain import problems, sheet_problems
from kinerja_cli.domain.rows import Source
from kinerja_cli.domain.seals import Seal, rating_digest, text_digest
from kinerja_cli.errors import Place, Problem

HEADINGS = {
    "hasil": "RATING HASIL KERJA",
    "perilaku": "RATING PERILAKU KERJA",
    "skp": "NILAI SKP",
    "perilaku_score": "NILAI PERILAKU",
    "innovation": "INOVASI",
    "note": "CATATAN",
}
"""What rating files call the fields; words of documents, the same in every language."""

_UNRATED = rating_digest((None,) * 5)
_NO_NOTE = text_digest("")


@dataclass(frozen=True, slots=True)
class RatingEntry:
    """One person's rating as a row says; `skp` and `perilaku_score` are hundredths, as they are stored.

    `sent` is what the row was sent with, where it comes from a rating workbook of ours.
    """

    nip: str
    name_in_file: str
    hasil: str | None
    perilaku: str | None
    skp: int | None
    perilaku_score: int | None
    innovation: bool | None
    predikat: str
    note: str | None
    source: Source
    number: int
    sent: Seal | None = None

    @property
    def ratings(self) -> tuple[object, ...]:
        """The ratings alone, in the order in which a seal has them."""
        innovation = None if self.innovation is None else int(self.innovation)
        return (self.hasil, self.perilaku, self.skp, self.perilaku_score, innovation)

    @property
    def rated_as_sent(self) -> bool:
        """Whether nobody touched the ratings since the sheet was sent."""
        return self.sent is not None and self.sent.ratings == rating_digest(self.ratings)

    @property
    def noted_as_sent(self) -> bool:
        """Whether nobody touched the note since the sheet was sent."""
        return self.sent is not None and self.sent.note == text_digest(self.note or "")

    def place(self, field: str | None = None) -> Place:
        """Where this row, or one field of it, stands in the user's file."""
        return self.source.place(self.number, field)

    def content(self) -> dict[str, object]:
        """What two rows of one person must agree on."""
        return {name: getattr(self, name) for name in HEADINGS}


@dataclass(frozen=True, slots=True)
class BlankRow:
    """A row about a person whom it does not rate; `note` is what stands there all the same."""

    nip: str
    name: str
    note: str
    source: Source
    number: int
    sent: Seal | None

    def place(self, field: str | None = None) -> Place:
        """Where this row, or one field of it, stands in the user's file."""
        return self.source.place(self.number, field)


@dataclass(frozen=True, slots=True)
class Settled:
    """What all rows about a person come to: their rating, or None where there is none or the rows disagree."""

    entry: RatingEntry | None
    problems: tuple[Problem, ...] = ()
    refused: int = 0


def settle(entries: Sequence[RatingEntry], blank: Sequence[BlankRow]) -> Settled:
    """The one rating that the rows about a person come to.

    Rows alike become one. What somebody filled in goes before an empty row and before what a sheet was sent
    with; a note may stand in one row alone. Rows that disagree beyond that are refused, all of them.
    """
    if not entries:
        return Settled(None, tuple(_left_undone(blank)))
    told = [_emptied(one.place("note"), "note", one) for one in entries if _lost_its_note(one)]
    if len(entries) == 1 and not blank:
        return Settled(entries[0], tuple(told))
    touched = [entry for entry in entries if not entry.rated_as_sent]
    # Sheets that nobody touched do not disagree: they were sent at different times.
    rated = touched or entries[:1]
    notes = [entry for entry in entries if entry.note is not None]
    noted = [entry for entry in notes if not entry.noted_as_sent] or notes[:1]
    whole = _merged(rated[0], noted[0] if noted else None)
    content = whole.content()
    odd = [
        name
        for name in HEADINGS
        if any(entry.content()[name] != content[name] for entry in (noted if name == "note" else rated))
    ]
    if odd:
        return Settled(None, tuple(_conflicts(entries, odd)), len(entries))
    # An empty row beside a filled one in the same sheet is somebody's untidiness, not another copy.
    passed = [row.place() for row in blank if row.source is not whole.source]
    if touched:
        passed += [entry.place() for entry in entries if entry.rated_as_sent]
    if passed:
        told.append(_taken(whole, passed))
    if len(touched) > 1:
        told.append(_alike(touched))
    return Settled(whole, tuple(told))


def _merged(rated: RatingEntry, noted: RatingEntry | None) -> RatingEntry:
    """The ratings of one row and the note of another, each beside what it was sent with."""
    if noted is None or noted is rated:
        return rated
    sent = rated.sent
    if sent is not None:
        sent = replace(sent, note=noted.sent.note if noted.sent is not None else "")
    return replace(rated, note=noted.note, sent=sent)


def _left_undone(blank: Iterable[BlankRow]) -> Iterable[Problem]:
    """What somebody emptied or left half done in a sheet of ours: an empty cell takes nothing away."""
    for row in blank:
        if row.sent is None:
            continue
        if row.sent.ratings != _UNRATED:
            yield _emptied(row.place("nip"), "hasil", row)
        elif row.note and row.sent.note != text_digest(row.note):
            yield sheet_problems.NOTE_ALONE.at(row.place("note"), field="note", value=row.note, name=row.name)


def _lost_its_note(entry: RatingEntry) -> bool:
    return (
        entry.note is None and entry.sent is not None and entry.sent.note != _NO_NOTE and "note" in entry.source.columns
    )


def _emptied(place: Place, field: str, row: "RatingEntry | BlankRow") -> Problem:
    name = row.name if isinstance(row, BlankRow) else row.name_in_file
    return sheet_problems.ENTRY_EMPTIED.at(place, field=field, value=row.nip, name=name or row.nip)


def _taken(entry: RatingEntry, others: Iterable[Place]) -> Problem:
    """Tell that of several rows of a person the one that somebody filled in was taken."""
    return sheet_problems.RATED_IN_ONE.at(
        entry.place("nip"),
        field="nip",
        value=entry.nip,
        name=entry.name_in_file or entry.nip,
        others=_places(others),
    )


def _alike(entries: Sequence[RatingEntry]) -> Problem:
    """Tell that a person stands in several rows which say the same."""
    first = entries[0]
    return problems.DUPLICATE_SAME.at(
        entries[1].place("nip"),
        field="nip",
        value=first.nip,
        nip=first.nip,
        name=first.name_in_file or first.nip,
        count=len(entries),
        places=_places(entry.place() for entry in entries),
    )


def _conflicts(entries: Sequence[RatingEntry], odd: Iterable[str]) -> Iterable[Problem]:
    """Tell rows that disagree, each with the others."""
    columns = ", ".join(HEADINGS[name] for name in odd)
    for entry in entries:
        other = _places(one.place() for one in entries if one is not entry)
        yield problems.DUPLICATE_CONFLICT.at(
            entry.place("nip"), field="nip", value=entry.nip, nip=entry.nip, other=other, fields=columns
        )


def _places(places: Iterable[Place]) -> str:
    """Where rows stand, in one line."""
    return "; ".join(
        _("{file}, sheet {sheet}, row {row}").format(file=place.file, sheet=place.sheet, row=place.row)
        for place in places
    )
