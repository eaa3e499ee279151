"""Which kind of table a row of headings opens: SIASN export, DUK, our template, e-Kinerja recap, or any other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from gettext import gettext as _

from kinerja_cli.workbooks.headings import OURS, Heading, Match, Vocabulary, marks, normalise, vocabularies


class Purpose(StrEnum):
    """What a file is read for, which decides what its headings may mean."""

    ROSTER = "roster"
    RATINGS = "ratings"
    FEEDBACK = "feedback"
    ORGANISATION = "organisation"
    HOLIDAYS = "holidays"

    @property
    def vocabulary(self) -> str:
        """The name of the headings that are looked for first."""
        return self.value


ROSTER_TEMPLATE: tuple[tuple[str, str], ...] = (
    ("nip", "NIP"),
    ("name", "Nama"),
    ("front_title", "Gelar Depan"),
    ("back_title", "Gelar Belakang"),
    ("sex", "Jenis Kelamin"),
    ("birth_date", "Tanggal Lahir"),
    ("employment", "Jenis Pegawai"),
    ("status", "Kedudukan Hukum"),
    ("rank", "Golongan"),
    ("rank_since", "TMT Golongan"),
    ("position_type", "Jenis Jabatan"),
    ("position", "Jabatan"),
    ("position_since", "TMT Jabatan"),
    ("echelon", "Eselon"),
    ("unit_code", "Kode Unit"),
    ("unit", "Unit Kerja"),
    ("unit_parent_code", "Kode Unit Induk"),
    ("unit_parent", "Unit Induk"),
    ("assessor_nip", "NIP Penilai"),
    ("assessor_name", "Nama Penilai"),
)
"""Our own roster template: field and Indonesian heading, in order."""

FEEDBACK_TEMPLATE: tuple[tuple[str, str], ...] = (
    ("nip", "NIP"),
    ("name", "Nama"),
    ("from", "Dari"),
    ("text", "Umpan Balik"),
    ("aspect", "Aspek"),
    ("tone", "Sifat"),
    ("date", "Tanggal"),
    ("giver", "Pemberi"),
    ("anonymous", "Anonim"),
)
"""Our own feedback template: field and Indonesian heading, in order."""

HOLIDAY_TEMPLATE: tuple[tuple[str, str], ...] = (("day", "Tanggal"), ("name", "Keterangan"), ("kind", "Jenis"))
"""Our own template of holidays: field and Indonesian heading, in order."""

_FEEDBACK_HEADINGS = tuple(normalise(heading) for _, heading in FEEDBACK_TEMPLATE)
_TEMPLATE_HEADINGS = tuple(normalise(heading) for _, heading in ROSTER_TEMPLATE)
_MARKS_SHOWN = 3

# Words of complaint systems alone: a survey among colleagues has comments and suggestions too.
_PUBLIC_MARKS = frozenset(
    {
        "ISI LAPORAN",
        "ISI ADUAN",
        "ISI PENGADUAN",
        "TANGGAL LAPORAN",
        "TANGGAL PENGADUAN",
        "NIP TERLAPOR",
        "NAMA TERLAPOR",
        "KLASIFIKASI LAPORAN",
        "TRACKING ID",
        "JUDUL LAPORAN",
        "ISI LAPORAN AWAL",
        "ISI LAPORAN AKHIR",
        "TANGGAL LAPORAN MASUK",
        "TIPE LAPORAN",
        "SUMBER LAPORAN",
        "NAMA PELAPOR",
        "NAMA PENGADU",
    }
)


_OF_NOBODY = ("units", "holidays")
"""Tables that are about nobody: with a column of NIPs it is another kind of table."""


@dataclass(frozen=True, slots=True)
class _Need:
    """What one kind of table must have: for each entry, any one of the alternative sets of fields."""

    vocabulary: str
    alternatives: tuple[frozenset[str], ...]


_MARKED: Mapping[Purpose, tuple[str, ...]] = {Purpose.ROSTER: ("siasn", "duk"), Purpose.RATINGS: ("ekinerja_rekap",)}
"""The kinds of table that are told by their marks, in the order they are tried."""

_NEEDS: Mapping[Purpose, tuple[_Need, ...]] = {
    Purpose.ROSTER: (
        _Need("roster", (frozenset({"nip", "name"}), frozenset({"name_nip"}))),
        _Need("units", (frozenset({"unit_code", "unit", "unit_parent_code"}),)),
    ),
    Purpose.RATINGS: (
        _Need("ratings", (frozenset({"nip", "hasil", "perilaku"}), frozenset({"nip", "skp", "perilaku_score"}))),
    ),
    Purpose.FEEDBACK: (_Need("feedback", (frozenset({"nip", "text"}),)),),
    Purpose.ORGANISATION: (
        _Need("organisation", (frozenset({"unit", "organisation"}), frozenset({"unit_code", "organisation"}))),
    ),
    Purpose.HOLIDAYS: (_Need("holidays", (frozenset({"day", "name", "kind"}),)),),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """A heading row understood: the kind of table, what told it, its columns by field, the headings not used."""

    name: str
    reason: str
    columns: Mapping[str, int]
    ignored: tuple[str, ...]


def recognise(
    headings: Sequence[Heading], purpose: Purpose, mapping: Mapping[str, str], titles: Sequence[Sequence[str]] = ()
) -> Layout | None:
    """The layout that a row opens, or None where it is no heading row; `titles` are the rows above it."""
    for need in _NEEDS[purpose]:
        match = _vocabulary(need).match(headings, mapping)
        if need.vocabulary in _OF_NOBODY and "NIP" in {normalise(heading) for heading in headings}:
            continue
        if any(fields <= match.columns.keys() for fields in need.alternatives):
            name, reason = _named(headings, titles, purpose, need)
            return Layout(name, reason, match.columns, match.ignored)
    return None


def lacking(headings: Sequence[Heading], purpose: Purpose, mapping: Mapping[str, str]) -> tuple[Match, tuple[str, ...]]:
    """What a row that is no heading row does say, and the labels of what it lacks to be one."""
    need = _NEEDS[purpose][0]
    vocabulary = _vocabulary(need)
    match = vocabulary.match(headings, mapping)
    # Of the alternatives the first is the usual one: of equals it is what a user is told.
    gaps = min((fields - match.columns.keys() for fields in need.alternatives if len(fields) > 1), key=len)
    return match, tuple(vocabulary.labels[field] for field in vocabulary.fields if field in gaps)


def fields_of(purpose: Purpose) -> tuple[str, ...]:
    """Every field that a heading can be mapped to by hand."""
    return _vocabulary(_NEEDS[purpose][0]).fields


def _vocabulary(need: _Need) -> Vocabulary:
    return vocabularies()[need.vocabulary]


def _named(
    headings: Sequence[Heading], titles: Sequence[Sequence[str]], purpose: Purpose, need: _Need
) -> tuple[str, str]:
    """What the table is called, and what told so."""
    readings = [heading if isinstance(heading, tuple) else (heading,) for heading in headings]
    names = [name for name in (normalise(reading[0]) for reading in readings) if name and name not in OURS]
    every = {normalise(text) for reading in readings for text in reading}
    if need.vocabulary == "units":
        return "siasn", _("it lists units with their parents and no people")
    if purpose is Purpose.FEEDBACK:
        return _named_feedback(names)
    if purpose is Purpose.ORGANISATION:
        return "generic", _("it has an organisation predikat beside a unit")
    if purpose is Purpose.HOLIDAYS:
        return "holidays", _("it lists days with their names")
    if tuple(names[: len(_TEMPLATE_HEADINGS)]) == _TEMPLATE_HEADINGS:
        return "kinerja_roster", _("it has the headings of our own template")
    said = normalise(" ".join(text for row in titles for text in row))
    for name in _MARKED[purpose]:
        wanted = marks()[name]
        title = next((title for title in sorted(wanted["titles"]) if f" {title} " in f" {said} "), None)
        if title is not None:
            return name, _("its title says {title}").format(title=title)
        found = sorted(wanted["headings"] & every)
        if found and every >= wanted["always"]:
            return name, _("it has the headings {headings}").format(headings=", ".join(found[:_MARKS_SHOWN]))
    if purpose is Purpose.RATINGS:
        return "kinerja_sheet", _("it has ratings beside a NIP")
    return "generic", _("it has a NIP and a name")


def _named_feedback(names: Sequence[str]) -> tuple[str, str]:
    """What a table of feedback is called, and what told so."""
    if tuple(names[: len(_FEEDBACK_HEADINGS)]) == _FEEDBACK_HEADINGS:
        return "kinerja_feedback", _("it has the headings of our own template")
    found = sorted(_PUBLIC_MARKS & set(names))
    if found:
        return "public", _("it has the headings {headings}").format(headings=", ".join(found[:_MARKS_SHOWN]))
    return "generic", _("it has words beside a NIP")
