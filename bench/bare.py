"""The same work written by hand: one function a step, no checks, no ledger, no words for anybody.

It is what somebody in a hurry writes for one file they know: columns by their headings, a dictionary for every
word, `executemany` into plain tables. It keeps the fields kinerja keeps and syncs as kinerja does; whatever
kinerja takes longer is the price of judging rows, recording every change and saying what was wrong.

    python bare.py staff|open|scores|close|summary DATABASE ARGUMENT
"""

import json
import sqlite3
import sys
from collections.abc import Sequence
from typing import Any, Final

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS unit (code TEXT PRIMARY KEY, name TEXT);
CREATE TABLE IF NOT EXISTS staff (
    nip TEXT PRIMARY KEY, name TEXT, front_title TEXT, back_title TEXT, sex TEXT, employment TEXT, status TEXT,
    rank TEXT, rank_since TEXT, position TEXT, position_type TEXT, position_since TEXT, echelon TEXT,
    unit_code TEXT, assessor_nip TEXT, assessor_rule TEXT);
CREATE TABLE IF NOT EXISTS period (code TEXT PRIMARY KEY, state TEXT, rated INTEGER);
CREATE TABLE IF NOT EXISTS appraisal (
    period_code TEXT, nip TEXT, unit_code TEXT, position TEXT, position_type TEXT, rank TEXT, employment TEXT,
    sex TEXT, assessor_nip TEXT, hasil TEXT, perilaku TEXT, predikat TEXT, PRIMARY KEY (period_code, nip));
"""
HEADINGS: Final = (
    *("NIP BARU", "NAMA", "GELAR DEPAN", "GELAR BELAKANG", "JENIS KELAMIN", "JENIS PEGAWAI NAMA"),
    *("STATUS CPNS PNS", "KEDUDUKAN HUKUM NAMA", "GOL AKHIR NAMA", "TMT GOLONGAN", "JABATAN NAMA"),
    *("JENIS JABATAN NAMA", "TMT JABATAN", "ESELON NAMA", "UNOR ID", "UNOR NAMA"),
)
SEX: Final = {"M": "L", "F": "P"}
EMPLOYMENT: Final = {"PNS Daerah": "pns", "PPPK": "pppk", "PPPK Paruh Waktu": "pppk_paruh_waktu"}
STATUS: Final = {
    "aktif": "active",
    "pppk aktif": "active",
    "tugas belajar": "study",
    "cltn": "cltn",
    "pensiun": "retired",
    "pindah instansi": "transferred",
}
APPRAISED: Final = {"active", "study"}
ECHELON: Final = {"I": "jpt_madya", "II": "jpt_pratama", "III": "administrator", "IV": "pengawas"}
POSITION_TYPE: Final = {"Jabatan Fungsional": "fungsional", "Jabatan Pelaksana": "pelaksana"}
RATING: Final = {"Diatas Ekspektasi": "diatas", "Sesuai Ekspektasi": "sesuai", "Dibawah Ekspektasi": "dibawah"}
PREDIKAT: Final = {
    ("diatas", "diatas"): "sangat_baik",
    ("diatas", "sesuai"): "baik",
    ("diatas", "dibawah"): "kurang",
    ("sesuai", "diatas"): "baik",
    ("sesuai", "sesuai"): "baik",
    ("sesuai", "dibawah"): "kurang",
    ("dibawah", "diatas"): "butuh_perbaikan",
    ("dibawah", "sesuai"): "butuh_perbaikan",
    ("dibawah", "dibawah"): "sangat_kurang",
}
PREDIKAT_ORDER: Final = ("sangat_baik", "baik", "butuh_perbaikan", "kurang", "sangat_kurang")
MONTHS: Final = (
    *("januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober"),
    *("november", "desember"),
)


def import_staff(path: str, roster: str) -> None:
    """Read the roster and upsert everybody."""
    rows = _sheet(roster)
    at = next(index for index, row in enumerate(rows) if "NIP BARU" in row)
    columns = [rows[at].index(heading) for heading in HEADINGS]
    people = [_person([row[column] for column in columns]) for row in rows[at + 1 :]]
    connection = _connect(path)
    with connection:
        connection.executemany(
            "INSERT INTO unit VALUES (?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name",
            {person[13]: name for person, name in people}.items(),
        )
        connection.executemany(
            f"INSERT INTO staff VALUES ({', '.join('?' * 16)}) ON CONFLICT (nip) DO UPDATE SET "
            + ", ".join(f"{name} = excluded.{name}" for name in _columns(connection, "staff")[1:]),
            [person for person, _name in people],
        )
    connection.close()


def open_period(path: str, code: str) -> None:
    """Take everybody in service into a period, with the head of their unit as assessor."""
    connection = _connect(path)
    staff = connection.execute(
        "SELECT nip, unit_code, position, position_type, rank, employment, sex, status, echelon, assessor_nip,"
        " assessor_rule FROM staff"
    ).fetchall()
    heads: dict[str, tuple[str, str]] = {}
    for nip, unit, position, _type, _rank, _employment, _sex, status, echelon, *_link in staff:
        leads = echelon or (position or "").startswith("KEPALA")
        if leads and status in APPRAISED:
            heads[unit] = min(heads.get(unit, ("Z", "")), (echelon or "Y", nip))
    with connection:
        connection.execute("INSERT INTO period VALUES (?, 'open', NULL)", (code,))
        connection.executemany(
            "INSERT INTO appraisal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)",
            [
                (code, nip, unit, position, kind, rank, employment, sex, _assessor(nip, unit, heads, link, rule))
                for nip, unit, position, kind, rank, employment, sex, status, _echelon, link, rule in staff
                if status in APPRAISED
            ],
        )
    connection.close()


def import_scores(path: str, recap: str) -> None:
    """Read the recap and keep everybody's ratings and predikat."""
    rows = _sheet(recap)
    at = next(index for index, row in enumerate(rows) if "NIP" in row)
    period = _period(str(rows[at - 2][0]))
    names = ("NIP", "Rating Hasil Kinerja", "Rating Perilaku Kerja")
    nip, hasil, perilaku = map(rows[at].index, names)
    connection = _connect(path)
    with connection:
        connection.executemany(
            "UPDATE appraisal SET hasil = ?, perilaku = ?, predikat = ? WHERE period_code = ? AND nip = ?",
            [
                (one, other, PREDIKAT[one, other], period, row[nip])
                for row in rows[at + 1 :]
                if (one := RATING.get(row[hasil])) and (other := RATING.get(row[perilaku]))
            ],
        )
    connection.close()


def close_period(path: str, code: str) -> None:
    """Close the period, keeping how many are rated."""
    connection = _connect(path)
    with connection:
        count = "SELECT count(predikat) FROM appraisal WHERE period_code = ?1"
        connection.execute(f"UPDATE period SET state = 'closed', rated = ({count}) WHERE code = ?1", (code,))
    connection.close()


def summarise(path: str, code: str) -> None:
    """Print how many people of each unit have each predikat, as JSON."""
    connection = _connect(path)
    found = connection.execute(
        "SELECT unit_code, unit.name, count(*), count(predikat), count(*) - count(predikat), "
        + ", ".join(f"sum(predikat IS '{value}')" for value in PREDIKAT_ORDER)
        + " FROM appraisal LEFT JOIN unit ON unit.code = unit_code WHERE period_code = ?"
        " GROUP BY unit_code ORDER BY unit.name, unit_code",
        (code,),
    )
    names = ("key", "label", "staff", "rated", "unrated", *PREDIKAT_ORDER)
    rows = [dict(zip(names, row, strict=True)) for row in found]
    print(json.dumps(rows, ensure_ascii=False, indent=2))
    connection.close()


def _connect(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=TRUNCATE")
    connection.execute("PRAGMA synchronous=FULL")
    connection.executescript(SCHEMA)
    return connection


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _sheet(path: str) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def _person(cells: Sequence[Any]) -> tuple[tuple[str | None, ...], str]:
    """A row of the table of staff, and the name of the unit."""
    nip, name, front, back, sex, kind, standing, status, rank, rank_since, position, *rest = cells
    position_type, position_since, echelon, unit, unit_name = rest
    type_of = POSITION_TYPE.get(position_type) or ECHELON.get(echelon.partition(".")[0], "struktural")
    person = (
        nip.replace(" ", "").lstrip("'"),
        name.strip(),
        front or None,
        back or None,
        SEX[sex],
        "cpns" if standing == "CPNS" else EMPLOYMENT[kind],
        STATUS[status.strip().lower()],
        rank or None,
        _day(rank_since),
        position.strip(),
        type_of,
        _day(position_since),
        echelon or None,
        unit,
        None,
        "unit",
    )
    return person, unit_name


def _day(value: Any) -> str | None:  # noqa: ANN401 - a cell of any kind
    """A day as ISO text: from 01-02-2026, from 1 Februari 2026, or from a real date."""
    if not isinstance(value, str):
        return str(value.isoformat())[:10]
    if not value:
        return None
    if len(value) == 10 and value[2] == "-":
        return f"{value[6:]}-{value[3:5]}-{value[:2]}"
    day, month, year = value.split()
    return f"{year}-{MONTHS.index(month.lower()) + 1:02}-{int(day):02}"


def _assessor(nip: str, unit: str, heads: dict[str, tuple[str, str]], link: str | None, rule: str) -> str | None:
    if rule == "roster":
        return link
    head = heads.get(unit)
    return None if head is None or head[1] == nip else head[1]


def _period(title: str) -> str:
    """The code of "Periode Triwulan 1 Tahun 2026"."""
    *_words, number, _year, year = title.split()
    return f"{year}-Q{number}"


STEPS: Final = {
    "staff": import_staff,
    "open": open_period,
    "scores": import_scores,
    "close": close_period,
    "summary": summarise,
}

if __name__ == "__main__":
    STEPS[sys.argv[1]](sys.argv[2], sys.argv[3])
