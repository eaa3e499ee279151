"""The empty list of holidays: filled in from the joint decree and the region's own, read back as it is."""

from pathlib import Path

from kinerja_cli.workbooks.layouts import HOLIDAY_TEMPLATE, Purpose
from kinerja_cli.workbooks.templates import REQUIRED, Entry, entry_columns, guide_sheet, write_template
from kinerja_cli.workbooks.write import Sheet

_ROWS = 120
"""How many days are made ready for typing: a year has some thirty."""

_CHOICES = {"kind": ("Libur", "Cuti Bersama", "Kerja")}
_WIDTHS = {"day": 26, "name": 64, "kind": 20}
_ENTRIES = {
    "day": Entry(
        "Tanggal",
        REQUIRED,
        "Hari lebih dahulu; nama hari boleh ditulis di depannya. Beberapa hari dalam satu bulan boleh satu baris.",
        "Senin, 17 Agustus 2026 atau 17-08-2026 atau 21-22 Maret 2026",
    ),
    "name": Entry(
        "Keterangan", REQUIRED, "Nama hari libur, atau mengapa hari itu tetap bekerja.", "Hari Jadi Kabupaten Contoh"
    ),
    "kind": Entry(
        "Jenis",
        REQUIRED,
        "Libur: hari libur nasional atau daerah. Cuti Bersama: sesuai keputusan bersama. Kerja: tetap bekerja "
        "walaupun hari libur, Sabtu, atau Minggu.",
        "Libur",
    ),
}


def write_holiday_template(path: Path) -> None:
    """Write an empty list of holidays, with a sheet that explains its columns."""
    listed = Sheet(
        name="Hari Libur",
        columns=entry_columns(_ENTRIES, HOLIDAY_TEMPLATE, {}, _WIDTHS, _CHOICES),
        rows=(),
        title="Daftar Hari Libur dan Cuti Bersama",
        subtitle="Satu baris untuk setiap hari; penjelasan kolom ada di lembar Petunjuk",
        entry_rows=_ROWS,
    )
    guide = guide_sheet(
        "Petunjuk Pengisian Hari Libur",
        "Isi lembar Hari Libur, lalu jalankan: kinerja settings holidays import NAMA-BERKAS.xlsx",
        list(_ENTRIES.values()),
        (
            "Kolom yang judulnya cokelat wajib diisi, dan judulnya jangan diubah.",
            "Hari libur nasional dan cuti bersama sudah dikenal kinerja: lihat kinerja settings holidays list 2026. "
            "Cukup tulis yang berbeda atau yang ditambahkan oleh daerah.",
            "Bila daftar ini dan daftar bawaan berbeda, daftar inilah yang berlaku.",
            "Hari yang sudah tercatat boleh ditulis lagi; yang tidak ditulis tetap seperti semula.",
        ),
    )
    write_template(path, [listed, guide], Purpose.HOLIDAYS)
