"""The empty workbook for feedback: handed to units and desks, filled in by hand, read back as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kinerja_cli.domain.dates import official_date
from kinerja_cli.domain.periods import Period
from kinerja_cli.workbooks.layouts import FEEDBACK_TEMPLATE, Purpose
from kinerja_cli.workbooks.templates import ENTRY_ROWS, REQUIRED, Entry, entry_columns, guide_sheet, write_template
from kinerja_cli.workbooks.write import Column, Kind, Sheet

_PEOPLE = "Pegawai"
_CHOICES: dict[str, tuple[str, ...]] = {
    "from": ("Pimpinan", "Rekan kerja", "Bawahan", "Masyarakat", "Pihak lain"),
    "aspect": (
        "Hasil kerja",
        "Berorientasi Pelayanan",
        "Akuntabel",
        "Kompeten",
        "Harmonis",
        "Loyal",
        "Adaptif",
        "Kolaboratif",
    ),
    "tone": ("Positif", "Netral", "Negatif"),
    "anonymous": ("Ya", "Tidak"),
}
_KINDS: dict[str, Kind] = {"nip": "nip"}
_WIDTHS = {
    "name": 32,
    "from": 16,
    "text": 64,
    "aspect": 24,
    "tone": 12,
    "date": 20,
    "giver": 30,
    "anonymous": 12,
}


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody on whom feedback can be given, as the list of a unit shows them."""

    nip: str
    name: str
    position: str | None
    unit: str | None


def write_feedback_template(
    path: Path, *, people: Sequence[Colleague] = (), unit: str | None = None, period: Period | None = None
) -> None:
    """Write an empty list of feedback: headings, drop-downs, NIP as text, and a sheet that explains each column.

    `people` stand on a sheet of their own, to copy NIP and name from. A period in the title asks for days that
    lie in it.
    """
    entries = _entries(bool(people), period)
    titles = ["Umpan Balik Pegawai", *([unit] if unit else [])]
    feedback = Sheet(
        name="Umpan Balik",
        columns=entry_columns(entries, FEEDBACK_TEMPLATE, _KINDS, _WIDTHS, _CHOICES),
        rows=(),
        title=" – ".join(titles),
        subtitle=_subtitle(period),
        entry_rows=ENTRY_ROWS,
    )
    guide = guide_sheet(
        "Petunjuk Pengisian Umpan Balik",
        "Isi satu baris untuk setiap umpan balik, lalu jalankan: kinerja feedback import NAMA-BERKAS.xlsx",
        list(entries.values()),
        (
            "Kolom yang judulnya cokelat wajib diisi.",
            "Judul kolom jangan diubah. Kolom yang tidak diisi boleh dihapus; kolom tambahan akan diabaikan.",
            "Umpan balik yang sama dari pemberi yang sama pada hari yang sama dicatat satu kali.",
            "Umpan balik ditimbang oleh pejabat penilai dan tidak pernah dijadikan angka.",
            "NIK, nomor telepon, dan alamat tidak diperlukan: jangan menuliskannya.",
        ),
    )
    write_template(path, [feedback, guide, *([_people_sheet(people, unit)] if people else [])], Purpose.FEEDBACK)


def _subtitle(period: Period | None) -> str:
    """What stands under the title: the period as an import finds it again."""
    hint = "Satu baris untuk setiap umpan balik; penjelasan kolom ada di lembar Petunjuk"
    if period is None:
        return hint
    return f"Periode: {official_date(period.starts)} s.d. {official_date(period.ends)}. {hint}"


def _entries(with_people: bool, period: Period | None) -> dict[str, Entry]:
    """What is said of each column."""
    where = f" Dapat disalin dari lembar {_PEOPLE}." if with_people else ""
    day = "Hari umpan balik diberikan, hari lebih dahulu."
    if period is None:
        day_entry = Entry("Tanggal", "Dianjurkan", f"{day} Kosong berarti hari berkas ini diimpor.", "12-03-2026")
    else:
        between = f"Di antara {official_date(period.starts)} dan {official_date(period.ends)}."
        day_entry = Entry("Tanggal", REQUIRED, f"{day} {between}", f"{period.ends:%d-%m-%Y}")
    return {
        "nip": Entry(
            "NIP",
            REQUIRED,
            "NIP pegawai yang diberi umpan balik, 18 angka. Kolom ini berformat teks: jangan diubah menjadi angka."
            + where,
            "198501152010011001",
        ),
        "name": Entry(
            "Nama", "Dianjurkan", "Nama pegawai yang diberi umpan balik; dicocokkan dengan NIP.", "Budi Santoso"
        ),
        "from": Entry(
            "Dari",
            REQUIRED,
            "Siapa yang memberi: pimpinan, rekan kerja, bawahan, masyarakat, atau pihak lain.",
            "Masyarakat",
        ),
        "text": Entry(
            "Umpan Balik",
            REQUIRED,
            "Apa yang dikatakan; boleh beberapa baris (Alt+Enter). Satu umpan balik untuk setiap baris.",
            "Ramah dan cekatan melayani",
        ),
        "aspect": Entry(
            "Aspek", "Bila ada", "Tentang hasil kerja, atau salah satu nilai BerAKHLAK.", "Berorientasi Pelayanan"
        ),
        "tone": Entry("Sifat", "Bila ada", "Positif: memuji. Netral: memberi tahu. Negatif: mengeluh.", "Positif"),
        "date": day_entry,
        "giver": Entry(
            "Pemberi",
            "Bila boleh disebut",
            "NIP atau nama yang memberi umpan balik. Seseorang tidak memberi umpan balik tentang dirinya sendiri.",
            "Ibu Wati",
        ),
        "anonymous": Entry(
            "Anonim", "Bila ya", "Ya: pemberi tidak pernah disimpan, juga bila kolom Pemberi diisi.", "Tidak"
        ),
    }


def _people_sheet(people: Sequence[Colleague], unit: str | None) -> Sheet:
    """The people to copy from."""
    return Sheet(
        name=_PEOPLE,
        columns=[
            Column("nip", "NIP", "nip"),
            Column("name", "Nama", width=36),
            Column("position", "Jabatan", width=44),
            Column("unit", "Unit Kerja", width=44),
        ],
        rows=[(one.nip, one.name, one.position, one.unit) for one in people],
        title="Daftar Pegawai" + (f" – {unit}" if unit else ""),
        subtitle="Untuk disalin ke kolom NIP dan Nama di lembar Umpan Balik",
    )
