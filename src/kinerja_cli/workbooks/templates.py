"""Empty workbooks to hand out: what a BKD admin fills in is read back without another word."""

from pathlib import Path

from kinerja_cli.workbooks.layouts import ROSTER_TEMPLATE
from kinerja_cli.workbooks.write import Column, Kind, Sheet, write_workbook

_ENTRY_ROWS = 5_000

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
_WIDTHS = {"name": 32, "position": 36, "unit": 36, "unit_parent": 36, "assessor_name": 30, "unit_code": 18}

_GUIDE: tuple[tuple[str, str, str], ...] = (
    (
        "NIP",
        "Wajib",
        "18 angka tanpa spasi. Kolom ini sudah berformat teks: jangan diubah menjadi angka, karena Excel "
        "hanya menyimpan 15 angka dan sisanya menjadi nol.",
    ),
    ("Nama", "Wajib", "Tanpa gelar; gelar ditulis di kolomnya sendiri. Nama satu kata boleh."),
    ("Gelar Depan, Gelar Belakang", "Bila ada", "Contoh: Drs. dan S.Pd., M.Si."),
    ("Jenis Kelamin", "Bila ada", "L atau P; dicocokkan dengan angka ke-15 NIP."),
    (
        "Tanggal Lahir",
        "Bila ada",
        "Hari lebih dahulu: 15-01-1985 atau 15 Januari 1985; dicocokkan dengan NIP.",
    ),
    ("Jenis Pegawai", "Dianjurkan", "PNS, CPNS, PPPK, atau PPPK Paruh Waktu."),
    (
        "Kedudukan Hukum",
        "Bila bukan aktif",
        "Pensiun, CLTN, dan sebagainya: pegawainya tetap tercatat, tetapi tidak dinilai.",
    ),
    ("Golongan", "Dianjurkan", "PNS: III/c. PPPK: angka Romawi, misalnya IX."),
    ("TMT Golongan, TMT Jabatan", "Bila ada", "Hari lebih dahulu."),
    (
        "Jenis Jabatan, Jabatan, Eselon",
        "Dianjurkan",
        "Kepala unit dikenali dari jabatannya, misalnya Kepala Dinas Pendidikan.",
    ),
    ("Kode Unit, Unit Kerja", "Dianjurkan", "Tanpa kode, unit dikenali dari namanya beserta unit induknya."),
    ("Kode Unit Induk, Unit Induk", "Bila ada", "Unit yang membawahi; dari sinilah susunan unit dibentuk."),
    (
        "NIP Penilai, Nama Penilai",
        "Bila ada",
        "Pejabat penilai kinerja. Bila kosong, ditentukan dari susunan unit.",
    ),
)


def write_roster_template(path: Path) -> None:
    """Write an empty roster: headings, drop-downs, NIP as text, and a sheet that explains each column."""
    roster = Sheet(
        name="Pegawai",
        columns=[
            Column(field, heading, _KINDS.get(field, "text"), _WIDTHS.get(field), _CHOICES.get(field, ()))
            for field, heading in ROSTER_TEMPLATE
        ],
        rows=(),
        entry_rows=_ENTRY_ROWS,
    )
    guide = Sheet(
        name="Petunjuk",
        columns=[
            Column("column", "Kolom", width=34),
            Column("need", "Perlu", width=20),
            Column("meaning", "Cara Mengisi", width=90),
        ],
        rows=_GUIDE,
        title="Petunjuk Pengisian Daftar Pegawai",
        subtitle="Isi satu baris untuk setiap pegawai, lalu jalankan: kinerja staff import NAMA-BERKAS.xlsx",
        notes=(
            "Judul kolom jangan diubah. Kolom yang tidak diisi boleh dihapus; kolom tambahan akan diabaikan.",
            "NIK, NPWP, agama, alamat, dan nomor telepon tidak diperlukan: jangan menuliskannya.",
        ),
    )
    write_workbook(path, [roster, guide])
