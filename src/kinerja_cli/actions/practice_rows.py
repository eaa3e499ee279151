"""A person of the practice agency as one row of a SIASN export, personal columns and all.

A real export carries what appraisal must not keep. So does this one, filled so that nobody can take it for
real: identity numbers of a province 99 that does not exist, addresses under the reserved domain `.invalid`.
"""

from datetime import date
from typing import Final
from zlib import crc32

from kinerja_cli.actions.practice import Practice
from kinerja_cli.actions.practice_people import Person
from kinerja_cli.actions.practice_units import practice_data
from kinerja_cli.domain.ranks import PPPK_RANKS
from kinerja_cli.domain.rows import CellValue

HEADINGS: Final[tuple[str, ...]] = tuple(practice_data()["roster"]["headings"])
"""The headings of a SIASN employee export, as they are and in its order."""

_SEX: Final = {"L": "M", "P": "F"}
_KINDS: Final = {
    "pns": ("21", "PNS Daerah", "PNS"),
    "cpns": ("21", "PNS Daerah", "CPNS"),
    "pppk": ("71", "PPPK", ""),
    "pppk_paruh_waktu": ("73", "PPPK Paruh Waktu", ""),
}
_STANDINGS: Final = {
    "Aktif": "01",
    "CLTN": "02",
    "Tugas Belajar": "04",
    "Pensiun": "99",
    "Pindah Instansi": "98",
    "PPPK Aktif": "71",
}
_POSITION_TYPES: Final = {
    "struktural": ("1", "Jabatan Struktural"),
    "fungsional": ("2", "Jabatan Fungsional"),
    "pelaksana": ("4", "Jabatan Pelaksana"),
}
_LEVELS: Final = {
    "SLTA": ("15", "SMA SEDERAJAT", 18),
    "Diploma III": ("30", "D-III", 21),
    "S-1/Sarjana": ("40", "S-1", 22),
    "Profesi": ("41", "PROFESI", 24),
    "S-2": ("45", "S-2", 27),
}
_GROUPS: Final = {"I": 1, "II": 2, "III": 3, "IV": 4}
_WIDE: Final = (1 << 128) - 1
_MIXER: Final = 0x9E3779B97F4A7C15F39CC0605CEDC835


def siasn_row(practice: Practice, person: Person) -> dict[str, CellValue]:
    """The person's row by heading; every cell is text but for the dates that a case asks to be real ones."""
    agency = practice_data()["agency"]
    agency_id = _identifier(int(agency["code"]))
    serial = int(person.nip) % 999_983
    unit = practice.unit(person.unit_code)
    kind_id, kind, standing = _KINDS[person.employment]
    type_id, type_name = _POSITION_TYPES[person.position_type]
    level_id, level, age_of_degree = _LEVELS[person.education]
    permanent = person.employment == "pns"
    letter = f"800/{serial % 9000 + 100}/CONTOH/{person.appointed.year}"
    day_appointed = _day(person.appointed)
    served = agency["as_of"].year * 12 + 1 - person.appointed.year * 12 - person.appointed.month
    values: dict[str, CellValue] = dict.fromkeys(HEADINGS, "")
    values |= {
        "PNS ID": _identifier(int(person.nip)),
        "NIP BARU": person.nip,
        "NAMA": person.name,
        "GELAR DEPAN": person.front_title,
        "GELAR BELAKANG": person.back_title,
        "TEMPAT LAHIR ID": _identifier(99),
        "TEMPAT LAHIR NAMA": agency["city"],
        "TANGGAL LAHIR": _day(person.born),
        "JENIS KELAMIN": _SEX[person.sex],
        "AGAMA ID": person.faith[0],
        "AGAMA NAMA": person.faith[1],
        "JENIS KAWIN ID": "1",
        "JENIS KAWIN NAMA": "Menikah",
        "NIK": f"9999{serial:012}",
        "NOMOR HP": f"080000{serial:06}",
        "EMAIL": f"pegawai{serial:06}@surel.invalid",
        "EMAIL GOV": f"pegawai{serial:06}@kotacontoh.invalid",
        "ALAMAT": f"JL. CONTOH NO. {serial % 400 + 1}, {agency['city']}",
        "NPWP NOMOR": f"99.999.{serial % 1000:03}.9-999.000",
        "BPJS": f"9999{serial:09}",
        "JENIS PEGAWAI ID": kind_id,
        "JENIS PEGAWAI NAMA": kind,
        "KEDUDUKAN HUKUM ID": _STANDINGS[person.status],
        "KEDUDUKAN HUKUM NAMA": person.status,
        "STATUS CPNS PNS": standing,
        "KARTU ASN VIRTUAL": f"CONTOH{serial:06}",
        "NOMOR SK CPNS": letter,
        "TANGGAL SK CPNS": day_appointed,
        "TMT CPNS": day_appointed,
        "NOMOR SK PNS": f"{letter}-PNS" if permanent else "",
        "TANGGAL SK PNS": _day(_year_later(person.appointed)) if permanent else "",
        "TMT PNS": _day(_year_later(person.appointed)) if permanent else "",
        "GOL AWAL ID": _rank_id(person.first_rank),
        "GOL AWAL NAMA": person.first_rank,
        "GOL AKHIR ID": _rank_id(person.rank),
        "GOL AKHIR NAMA": person.rank,
        "TMT GOLONGAN": _day(person.rank_since) if person.rank else "",
        "MK TAHUN": str(served // 12),
        "MK BULAN": str(served % 12),
        "JENIS JABATAN ID": type_id,
        "JENIS JABATAN NAMA": type_name,
        "JABATAN ID": _identifier(crc32(person.position.encode())),
        "JABATAN NAMA": person.position,
        "TMT JABATAN": _day(person.position_since),
        "TINGKAT PENDIDIKAN ID": level_id,
        "TINGKAT PENDIDIKAN NAMA": person.education,
        "PENDIDIKAN ID": _identifier(int(level_id)),
        "PENDIDIKAN NAMA": level,
        "TAHUN LULUS": str(person.born.year + age_of_degree),
        "KPKN ID": _identifier(2),
        "KPKN NAMA": "KPKN CONTOH",
        "LOKASI KERJA ID": _identifier(3),
        "LOKASI KERJA NAMA": agency["city"],
        "UNOR ID": unit.code,
        "UNOR NAMA": unit.name,
        "IS VALID NIK": "1",
        "FLAG IKD": "0",
        "ESELON ID": _echelon_id(person.echelon),
        "ESELON NAMA": person.echelon,
    }
    for what in ("INSTANSI INDUK", "INSTANSI KERJA", "SATUAN KERJA INDUK", "SATUAN KERJA KERJA"):
        values[f"{what} ID"], values[f"{what} NAMA"] = agency_id, agency["name"]
    values |= person.cells
    return values


def _day(day: date) -> str:
    """A date as SIASN writes it, the day first."""
    return f"{day.day:02}-{day.month:02}-{day.year}"


def _year_later(day: date) -> date:
    return date(day.year + 1, day.month, day.day)


def _identifier(number: int) -> str:
    """A number spread over 32 hexadecimal digits, as SIASN identifies everything."""
    return f"{(number + 1) * _MIXER & _WIDE:032X}"


def _rank_id(rank: str) -> str:
    """SIASN's two digits for a rank: III/c is 33, IX is 09."""
    group, slash, letter = rank.partition("/")
    if slash:
        return f"{_GROUPS[group]}{ord(letter) - 96}"
    return _CONTRACT_RANKS.get(rank, "")


def _echelon_id(echelon: str) -> str:
    group, dot, letter = echelon.partition(".")
    return f"{_GROUPS[group]}{ord(letter) - 96}" if dot else ""


_CONTRACT_RANKS: Final = {rank: f"{number:02}" for number, rank in enumerate(PPPK_RANKS, start=1)}
