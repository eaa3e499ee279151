"""Which kind of table a row of headings opens: SIASN export, our template, e-Kinerja recap, or any other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kinerja_cli.workbooks.headings import OURS, Match, Vocabulary, normalise, vocabularies


class Purpose(StrEnum):
    """What a file is read for, which decides what its headings may mean."""

    ROSTER = "roster"
    RATINGS = "ratings"


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

_TEMPLATE_HEADINGS = tuple(normalise(heading) for _, heading in ROSTER_TEMPLATE)
_SIASN_MARKS = frozenset({"PNS ID", "UNOR ID", "UNOR NAMA", "KEDUDUKAN HUKUM NAMA", "GOL AKHIR NAMA"})
_RECAP_MARKS = frozenset({"RATING HASIL KINERJA", "PREDIKAT KINERJA PERIODIK", "PREDIKAT KINERJA TAHUNAN"})


@dataclass(frozen=True, slots=True)
class _Need:
    """What one kind of table must have: for each entry, any one of the alternative sets of fields."""

    vocabulary: str
    alternatives: tuple[frozenset[str], ...]


_NEEDS: Mapping[Purpose, tuple[_Need, ...]] = {
    Purpose.ROSTER: (
        _Need("roster", (frozenset({"nip", "name"}),)),
        _Need("units", (frozenset({"unit_code", "unit", "unit_parent_code"}),)),
    ),
    Purpose.RATINGS: (
        _Need("ratings", (frozenset({"nip", "hasil", "perilaku"}), frozenset({"nip", "skp", "perilaku_score"}))),
    ),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """A heading row understood: the kind of table, its columns by field, and the headings not used."""

    name: str
    columns: Mapping[str, int]
    ignored: tuple[str, ...]


def recognise(headings: Sequence[object], purpose: Purpose, mapping: Mapping[str, str]) -> Layout | None:
    """The layout that a row opens, or None where it is no heading row for this purpose."""
    for need in _NEEDS[purpose]:
        match = _vocabulary(need).match(headings, mapping)
        if need.vocabulary == "units" and "NIP" in {normalise(heading) for heading in headings}:
            continue
        if any(fields <= match.columns.keys() for fields in need.alternatives):
            return Layout(_name(headings, purpose, need), match.columns, match.ignored)
    return None


def lacking(headings: Sequence[object], purpose: Purpose, mapping: Mapping[str, str]) -> tuple[Match, tuple[str, ...]]:
    """What a row that is no heading row does say, and the labels of what it lacks to be one."""
    need = _NEEDS[purpose][0]
    vocabulary = _vocabulary(need)
    match = vocabulary.match(headings, mapping)
    gaps = min((fields - match.columns.keys() for fields in need.alternatives), key=len)
    return match, tuple(vocabulary.labels[field] for field in vocabulary.fields if field in gaps)


def fields_of(purpose: Purpose) -> tuple[str, ...]:
    """Every field that a heading can be mapped to by hand."""
    return _vocabulary(_NEEDS[purpose][0]).fields


def _vocabulary(need: _Need) -> Vocabulary:
    return vocabularies()[need.vocabulary]


def _name(headings: Sequence[object], purpose: Purpose, need: _Need) -> str:
    names = [name for name in map(normalise, headings) if name and name not in OURS]
    if need.vocabulary == "units":
        return "siasn"
    if purpose is Purpose.RATINGS:
        return "ekinerja_rekap" if _RECAP_MARKS & set(names) else "kinerja_sheet"
    if tuple(names[: len(_TEMPLATE_HEADINGS)]) == _TEMPLATE_HEADINGS:
        return "kinerja_roster"
    return "siasn" if "NIP BARU" in names and _SIASN_MARKS & set(names) else "generic"
