"""Empty workbooks to hand out: what a BKD admin fills in is read back without another word."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kinerja_cli.domain.rows import STAMP_KIND, TEMPLATE
from kinerja_cli.workbooks.layouts import ROSTER_TEMPLATE, Purpose
from kinerja_cli.workbooks.read import STAMP_ASIDE, STAMP_PURPOSE
from kinerja_cli.workbooks.write import Column, Kind, Sheet, write_workbook

ENTRY_ROWS = 5_000
"""How many rows of a template are made ready for typing."""

REQUIRED = "Wajib"
"""What a template says of a column that must be filled in."""

GUIDE = "Petunjuk"
_UNITS = "Unit"
_LONGEST_NOTE = 255

_CHOICES: dict[str, tuple[str, ...]] = {
    "sex": ("L", "P"),
    "employment": ("PNS", "CPNS", "PPPK", "PPPK Paruh Waktu"),
    "status": ("Aktif", "CLTN", "Tugas Belajar", "Pemberhentian Sementara", "Pensiun", "Pindah Instansi"),
    "rank": (
        *(f"{roman}/{letter}" for roman in ("I", "II", "III") for letter in "abcd"),
        *(f"IV/{letter}" for letter in "abcde"),
        *(
            "I",
            "II",
            "III",
            "IV",
            "V",
            "VI",
            "VII",
            "VIII",
            "IX",
            "X",
            "XI",
            "XII",
            "XIII",
            "XIV",
            "XV",
            "XVI",
            "XVII",
        ),
    ),
    "position_type": ("Struktural", "Fungsional", "Pelaksana"),
    "echelon": ("I.a", "I.b", "II.a", "II.b", "III.a", "III.b", "IV.a", "IV.b"),
}
_KINDS: dict[str, Kind] = {"nip": "nip", "assessor_nip": "nip"}
_WIDTHS = {
    "name": 32,
    "front_title": 14,
    "back_title": 18,
    "sex": 12,
    "birth_date": 18,
    "employment": 18,
    "status": 22,
    "rank": 12,
    "rank_since": 18,
    "position_type": 16,
    "position": 40,
    "position_since": 18,
    "echelon": 11,
    "unit_code": 20,
    "unit": 40,
    "unit_parent_code": 20,
    "unit_parent": 40,
    "assessor_name": 32,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a template says of one column: whether it must be filled in, how, and an example."""

    heading: str
    need: str
    meaning: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit that people can be put into: its code, its name, and the name of the unit above it."""

    code: str
    name: str
    parent: str | None


_GUIDE: dict[str, Entry] = {
    "nip": Entry(
        "NIP",
        REQUIRED,
        "18 angka. Kolom ini berformat teks: jangan diubah menjadi angka, karena Excel hanya menyimpan 15 angka dan "
        "sisanya menjadi nol.",
        "198501152010011001",
    ),
    "name": Entry(
        "Nama", REQUIRED, "Tanpa gelar; gelar ditulis di kolomnya sendiri. Nama satu kata boleh.", "Budi Santoso"
    ),
    "front_title": Entry("Gelar Depan", "Bila ada", "Gelar sebelum nama.", "Dr."),
    "back_title": Entry("Gelar Belakang", "Bila ada", "Gelar sesudah nama.", "S.Pd., M.Si."),
    "sex": Entry("Jenis Kelamin", "Bila ada", "L atau P; dicocokkan dengan angka ke-15 NIP.", "L"),
    "birth_date": Entry(
        "Tanggal Lahir", "Bila ada", "Hari lebih dahulu; dicocokkan dengan NIP.", "15-01-1985 atau 15 Januari 1985"
    ),
    "employment": Entry("Jenis Pegawai", "Dianjurkan", "PNS, CPNS, PPPK, atau PPPK Paruh Waktu.", "PNS"),
    "status": Entry(
        "Kedudukan Hukum",
        "Bila bukan aktif",
        "Yang pensiun, CLTN, dan sebagainya tetap tercatat, tetapi tidak dinilai. Kosong berarti aktif.",
        "Aktif",
    ),
    "rank": Entry(
        "Golongan", "Dianjurkan", "PNS: I/a sampai IV/e. PPPK: angka Romawi I sampai XVII.", "III/c; untuk PPPK: IX"
    ),
    "rank_since": Entry("TMT Golongan", "Bila ada", "Hari lebih dahulu.", "01-04-2022"),
    "position_type": Entry("Jenis Jabatan", "Dianjurkan", "Struktural, Fungsional, atau Pelaksana.", "Fungsional"),
    "position": Entry(
        "Jabatan",
        "Dianjurkan",
        "Nama jabatan lengkap. Kepala unit dikenali dari jabatannya.",
        "Kepala Dinas Pendidikan",
    ),
    "position_since": Entry("TMT Jabatan", "Bila ada", "Hari lebih dahulu.", "01-09-2023"),
    "echelon": Entry("Eselon", "Bila struktural", "Hanya untuk jabatan struktural.", "II.b"),
    "unit_code": Entry(
        "Kode Unit",
        "Bila ada",
        "Perlu bila ada dua unit bernama sama. Tanpa kode, unit dikenali dari namanya beserta unit induknya.",
    ),
    "unit": Entry("Unit Kerja", "Dianjurkan", "Unit tempat pegawai bekerja.", "Bidang Pelayanan Kesehatan"),
    "unit_parent_code": Entry("Kode Unit Induk", "Bila ada", "Kode unit yang membawahi."),
    "unit_parent": Entry(
        "Unit Induk", "Bila ada", "Unit yang membawahi; dari sinilah susunan unit dibentuk.", "Dinas Kesehatan"
    ),
    "assessor_nip": Entry(
        "NIP Penilai",
        "Bila ada",
        "NIP pejabat penilai kinerja. Bila kosong, ditentukan dari susunan unit.",
        "197501012000011001",
    ),
    "assessor_name": Entry("Nama Penilai", "Bila ada", "Nama pejabat penilai kinerja, bila NIP-nya tidak diketahui."),
}


def write_roster_template(path: Path, units: Sequence[UnitChoice] = ()) -> None:
    """Write an empty roster: headings, drop-downs, NIP as text, and sheets that explain the columns.

    The units there are can be chosen by name, and are listed with their codes on a sheet of their own.
    """
    # A name that several units bear would leave people without a unit; those are chosen by their code.
    borne = Counter(unit.name for unit in units)
    names = tuple(name for name, count in borne.items() if count == 1)
    choices = {**_CHOICES, "unit": names, "unit_parent": names}
    entries = dict(_GUIDE)
    if units:
        code = entries["unit_code"]
        entries["unit_code"] = Entry(
            code.heading, code.need, f"{code.meaning} Salin dari lembar {_UNITS}.", units[0].code
        )
    roster = Sheet(
        name="Pegawai",
        columns=entry_columns(entries, ROSTER_TEMPLATE, _KINDS, _WIDTHS, choices, free=("unit", "unit_parent")),
        rows=(),
        entry_rows=ENTRY_ROWS,
    )
    guide = guide_sheet(
        "Petunjuk Pengisian Daftar Pegawai",
        "Isi satu baris untuk setiap pegawai, lalu jalankan: kinerja staff import NAMA-BERKAS.xlsx",
        list(entries.values()),
        (
            "Kolom yang judulnya cokelat wajib diisi.",
            "Judul kolom jangan diubah. Kolom yang tidak diisi boleh dihapus; kolom tambahan akan diabaikan.",
            "Pegawai yang sudah tercatat boleh ditulis lagi: yang berubah saja yang dicatat.",
            "NIK, NPWP, agama, alamat, dan nomor telepon tidak diperlukan: jangan menuliskannya.",
        ),
    )
    listed = [_units_sheet(units)] if units else []
    write_template(path, [roster, guide, *listed], Purpose.ROSTER)


def entry_columns(
    entries: Mapping[str, Entry],
    template: Iterable[tuple[str, str]],
    kinds: Mapping[str, Kind],
    widths: Mapping[str, int],
    choices: Mapping[str, tuple[str, ...]],
    free: Container[str] = (),
) -> list[Column]:
    """The columns of a template, each with what is said beside its cells; of `free` ones the list only offers."""
    return [
        Column(
            field,
            entries[field].heading,
            kinds.get(field, "text"),
            widths.get(field),
            choices.get(field, ()),
            prompt=cell_note(entries[field]),
            entry=entries[field].need == REQUIRED,
            free=field in free,
        )
        for field, _heading in template
    ]


def write_template(path: Path, sheets: Sequence[Sheet], purpose: Purpose) -> None:
    """Write a workbook to be filled in; all its sheets but the first are there to be looked at."""
    aside = ", ".join(sheet.name for sheet in sheets[1:])
    write_workbook(path, sheets, stamp={STAMP_KIND: TEMPLATE, STAMP_PURPOSE: purpose.value, STAMP_ASIDE: aside})


def guide_sheet(title: str, subtitle: str, entries: Sequence[Entry], notes: tuple[str, ...]) -> Sheet:
    """The sheet that explains each column of a template."""
    return Sheet(
        name=GUIDE,
        columns=[
            Column("column", "Kolom", width=20),
            Column("need", "Perlu", width=20),
            Column("meaning", "Cara Mengisi", width=80),
            Column("example", "Contoh", width=38),
        ],
        rows=[(one.heading, one.need, one.meaning, one.example) for one in entries],
        title=title,
        subtitle=subtitle,
        notes=notes,
    )


def cell_note(entry: Entry) -> str:
    """What is said beside a cell of a column that is about to be filled in."""
    example = f" Contoh: {entry.example}." if entry.example else ""
    return f"{entry.need}. {entry.meaning}{example}"[:_LONGEST_NOTE]


def _units_sheet(units: Sequence[UnitChoice]) -> Sheet:
    """The units there are; its headings are none that an import would take for a table of units."""
    return Sheet(
        name=_UNITS,
        columns=[
            Column("code", "Kode Unit", width=40),
            Column("name", "Nama Unit", width=60),
            Column("parent", "Berada di Bawah", width=60),
        ],
        rows=[(unit.code, unit.name, unit.parent) for unit in units],
        title="Unit yang Sudah Tercatat",
        subtitle="Untuk disalin ke kolom Kode Unit dan Unit Kerja di lembar Pegawai",
    )
