"""Rating workbooks to send out: who is to be rated, cells to fill in, and how to; in Indonesian, ready to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from textwrap import shorten, wrap

from kinerja_cli.domain.dates import MONTHS, official_date
from kinerja_cli.domain.feedback import Aspect
from kinerja_cli.domain.periods import Period, PeriodKind, period_title
from kinerja_cli.domain.regulation import Regulation
from kinerja_cli.domain.seals import Stamp
from kinerja_cli.domain.sheet_feedback import FEEDBACK_FIELDS, TONE_WORDS
from kinerja_cli.workbooks.write import Column, Paper, Sheet, write_workbook

__all__ = ["Paper", "RatingBook", "RatingRow", "write_rating_book"]

_ROMAN = ("I", "II", "III", "IV")
_YES, _NO = "Ya", "Tidak"
_EMPTY_ROWS = 100
_LONGEST_LINE, _LONGEST_FOOT = 120, 70
_READY_ROWS = 2_000
"""How far below the rows of an empty template the drop-downs still work."""

_ASPECTS = {
    Aspect.BERORIENTASI_PELAYANAN: "Berorientasi Pelayanan",
    Aspect.AKUNTABEL: "Akuntabel",
    Aspect.KOMPETEN: "Kompeten",
    Aspect.HARMONIS: "Harmonis",
    Aspect.LOYAL: "Loyal",
    Aspect.ADAPTIF: "Adaptif",
    Aspect.KOLABORATIF: "Kolaboratif",
}


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One person on a sheet: what is known of them, the ratings there are, and the marks the row is known by.

    Ratings and predikat are machine values; `previous` is the predikat of the period before, `parts` those of the
    months or quarters of a year, in the order in which the workbook names them.
    """

    nip: str
    name: str
    position: str
    unit: str
    previous: str | None
    hasil: str | None
    perilaku: str | None
    skp: Decimal | None
    perilaku_score: Decimal | None
    innovation: bool | None
    note: str | None
    key: str
    seal: str
    parts: Sequence[str | None] = ()


@dataclass(frozen=True, slots=True)
class RatingBook:
    """One workbook of ratings: whose it is, of which period, until when, under which rules.

    `where` is the unit with those above it, as the title names it.
    Without a `period` it is an empty template. `previous` is the period before, where there is one to compare with;
    `several_units` adds a column for the unit. `parts` are the months or quarters of a year to compare with.
    """

    agency: str
    regulation: Regulation
    stamp: Stamp
    where: str = ""
    period: Period | None = None
    until: date | None = None
    previous: Period | None = None
    rows: Sequence[RatingRow] = ()
    several_units: bool = False
    feedback: bool = False
    paper: Paper = "folio"
    parts: Sequence[Period] = ()


def write_rating_book(path: Path, book: RatingBook) -> None:
    """Write a rating workbook: the sheet to fill in, how to fill it in, and what it says of itself."""
    write_workbook(path, [_ratings(book), _guide(book)], stamp=book.stamp.facts(), paper=book.paper)


def _ratings(book: RatingBook) -> Sheet:
    """The sheet to fill in."""
    columns = _columns(book)
    keys = [column.key for column in columns]
    rows: list[list[object]]
    if book.period is None:
        # Only the numbers stand there, so that the rows to fill in are seen; by themselves they are nobody.
        rows = [[number, *[None] * (len(keys) - 1)] for number in range(1, _EMPTY_ROWS + 1)]
        period, named = "", "(tulis di sini periode yang dinilai)"
    else:
        rows = [[_cell(book, key, number, row) for key in keys] for number, row in enumerate(book.rows, 1)]
        period = named = period_title(book.period)
    return Sheet(
        name="Penilaian",
        columns=columns,
        rows=rows,
        title="Penilaian Kinerja Pegawai",
        # A line longer than the table would make the print smaller.
        subtitle="\n".join(wrap(book.where, _LONGEST_LINE)),
        lead=(f"Periode: {named}", *_how(book)),
        entry_rows=_READY_ROWS if book.period is None else 0,
        protected=book.period is not None,
        frozen=3,
        foot=" · ".join(
            filter(None, (shorten(book.stamp.unit or book.agency, _LONGEST_FOOT, placeholder=" …"), period))
        ),
    )


def _how(book: RatingBook) -> tuple[str, ...]:
    """What to do, in two lines above the table; the rest stands on a sheet of its own."""
    numeric = book.regulation.numeric is not None
    what = "Nilai SKP dan Nilai Perilaku" if numeric else "Rating Hasil Kerja dan Rating Perilaku Kerja"
    lines = [
        f"Isi hanya kolom berwarna kuning: {what}, keduanya untuk setiap pegawai. Penjelasan ada di lembar Petunjuk."
    ]
    if book.until is not None:
        lines.append(
            f"Kembalikan berkas ini kepada pengelola kinerja {book.agency} paling lambat {official_date(book.until)},"
            " tetap sebagai berkas Excel."
        )
    elif book.period is None:
        lines.append("Tulis periode di baris atas, lalu NIP, nama, dan nilai setiap pegawai: satu baris satu pegawai.")
    return tuple(lines)


def _columns(book: RatingBook) -> list[Column]:
    """The columns in order: who, what came before, what to fill in, and the hidden marks."""
    blank = book.period is None
    columns = [
        Column("number", "No", "number", width=6),
        Column("nip", "NIP", "nip", width=22, entry=blank),
        Column("name", "Nama", width=32, entry=blank),
    ]
    if not blank:
        columns.append(Column("position", "Jabatan", width=34))
    if book.several_units:
        columns.append(Column("unit", "Unit Kerja", width=30))
    if book.previous is not None:
        columns.append(Column("previous", f"Predikat {period_title(book.previous)}", width=19))
    if book.parts:
        columns.append(Column("parts", _parts_title(book.parts), width=28))
    columns += _rating_columns(book.regulation)
    if book.feedback:
        columns += [
            Column(
                field,
                f"Umpan Balik: {_ASPECTS[aspect]}",
                width=15,
                choices=tuple(TONE_WORDS.values()),
                free=True,
                entry=True,
                prompt="Pilih dari daftar, atau tulis umpan balik dengan kata-kata sendiri. Boleh dikosongkan.",
            )
            for field, aspect in FEEDBACK_FIELDS.items()
        ]
    columns.append(Column("note", "Catatan", width=28 if book.feedback else 36, entry=True))
    if not blank:
        columns += [
            Column("row_key", "Kunci Baris", width=16, hidden=True),
            Column("row_seal", "Segel Baris", width=52, hidden=True),
        ]
    return columns


def _rating_columns(regulation: Regulation) -> list[Column]:
    """What is rated under a regulation: two words, or two numbers and whether there was an innovation."""
    rules = regulation.numeric
    if rules is None:
        labels = tuple(term.label for term in regulation.ratings)
        return [
            Column("hasil", "Rating Hasil Kerja", width=21, choices=labels, entry=True),
            Column("perilaku", "Rating Perilaku Kerja", width=21, choices=labels, entry=True),
        ]
    bounds = (int(rules.lowest), int(rules.highest))
    return [
        Column("skp", "Nilai SKP", "score", width=14, bounds=bounds, entry=True),
        Column("perilaku_score", "Nilai Perilaku", "score", width=14, bounds=bounds, entry=True),
        Column("innovation", "Inovasi", width=13, choices=(_YES, _NO), entry=True),
    ]


def _cell(book: RatingBook, key: str, number: int, row: RatingRow) -> object:
    """What stands in one cell."""
    if key == "number":
        return number
    if key == "previous":
        return "–" if row.previous is None else book.regulation.predikat_label(row.previous)
    if key == "parts":
        return _parts_told(book, row)
    if key in ("hasil", "perilaku"):
        value = row.hasil if key == "hasil" else row.perilaku
        return None if value is None else book.regulation.rating_label(value)
    if key == "innovation":
        return None if row.innovation is None else (_YES if row.innovation else _NO)
    marks = {"row_key": row.key, "row_seal": row.seal}
    return marks[key] if key in marks else None if key in FEEDBACK_FIELDS else getattr(row, key)


def _parts_title(parts: Sequence[Period]) -> str:
    """What the column of a year's months or quarters is called."""
    monthly = parts[0].kind is PeriodKind.MONTHLY
    return f"Predikat {'per Bulan' if monthly else 'per Triwulan'} {parts[0].year}"


def _parts_told(book: RatingBook, row: RatingRow) -> str:
    """The predikat of a year's parts in one cell, those alike that follow each other together."""
    told = []
    for predikat, group in groupby(zip(book.parts, row.parts, strict=True), key=itemgetter(1)):
        names = [_part_name(part) for part, _predikat in group]
        span = names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
        told.append(f"{span}: {'–' if predikat is None else book.regulation.predikat_label(predikat)}")
    return "; ".join(told)


def _part_name(part: Period) -> str:
    """A month or quarter within its year, as short as it can be."""
    return MONTHS[part.number - 1][0][:3].capitalize() if part.kind is PeriodKind.MONTHLY else _ROMAN[part.number - 1]


def _guide(book: RatingBook) -> Sheet:
    """How to fill in the sheet and send it back."""
    return Sheet(
        name="Petunjuk",
        columns=[Column("subject", "Hal", width=32), Column("meaning", "Penjelasan", width=110)],
        rows=_guide_rows(book),
        title="Petunjuk Pengisian Penilaian",
        protected=True,
    )


def _guide_rows(book: RatingBook) -> list[tuple[str, str]]:
    rules = book.regulation.numeric
    blank = book.period is None
    rows = []
    if blank:
        rows += [
            (
                "Periode",
                "Tulis periode yang dinilai di baris “Periode:” di atas tabel, misalnya “Periode: Triwulan I Tahun"
                " 2026”. Tanpa itu, periode harus disebut saat berkas diimpor.",
            ),
            ("NIP", "18 angka, ditulis sebagai teks. Jangan diubah menjadi angka: Excel hanya menyimpan 15 angka."),
        ]
    if rules is None:
        labels = ", ".join(term.label for term in book.regulation.ratings)
        rows += [
            (
                "Rating Hasil Kerja",
                f"Pilih dari daftar: {labels}. Yang dinilai ialah hasil kerja terhadap ekspektasi pimpinan dalam SKP.",
            ),
            (
                "Rating Perilaku Kerja",
                f"Pilih dari daftar: {labels}. Yang dinilai ialah perilaku kerja menurut nilai dasar BerAKHLAK.",
            ),
        ]
        pair = "kedua rating"
    else:
        scale = f"angka {rules.lowest:f} sampai {rules.highest:f}, paling banyak dua desimal, misalnya 87,5"
        rows += [
            ("Nilai SKP, Nilai Perilaku", f"Isi dengan {scale}."),
            ("Inovasi", f"{_YES} bila ada ide atau cara kerja baru yang diakui; selain itu {_NO} atau kosong."),
        ]
        pair = "kedua nilai"
    rows.append(
        (
            "Belum dapat dinilai",
            f"Kosongkan {pair} untuk pegawai itu. Satu saja yang terisi akan ditolak; tidak ada nilai yang ditebak.",
        )
    )
    if book.feedback:
        rows.append(
            (
                "Umpan Balik",
                "Tidak wajib. Satu kolom untuk setiap nilai BerAKHLAK: pilih Positif, Netral, atau Negatif, tulis"
                " kalimat, atau keduanya (“Positif: ramah melayani”). Dicatat sebagai umpan balik pimpinan.",
            )
        )
    rows.append(("Catatan", "Tidak wajib. Disimpan bersama nilainya."))
    if book.previous is not None:
        rows.append(
            (
                f"Predikat {period_title(book.previous)}",
                "Hanya sebagai pembanding; tidak perlu diisi. Tanda “–” berarti tidak ada predikat.",
            )
        )
    if book.parts:
        rows.append(
            (
                _parts_title(book.parts),
                "Hanya sebagai pembanding. Predikat tahunan ialah penilaian baru atas seluruh tahun, tidak dihitung"
                " dari bulan atau triwulan (PermenPANRB 6/2022 Pasal 25). Bila berbeda dari semuanya, tulis alasannya"
                " di Catatan. Tanda “–” berarti tidak ada predikat.",
            )
        )
    rows.append(
        (
            "Predikat",
            f"Tidak perlu dihitung: ditetapkan dari {pair} menurut {book.regulation.short}.",
        )
    )
    if not blank:
        rows += [
            (
                "Yang sudah terisi",
                "Nilai yang sudah tercatat tampil di kolom kuning. Biarkan bila benar, ganti bila keliru. Mengosongkan"
                " sel tidak menghapus nilai yang sudah tercatat.",
            ),
            (
                "Nama, NIP, dan jabatan",
                "Terkunci agar tidak berubah tanpa sengaja. Bila ada yang keliru, laporkan; jangan diperbaiki di sini.",
            ),
            (
                "Pegawai kurang atau lebih",
                "Jangan menambah, menyalin, atau menghapus baris. Laporkan pegawai yang belum ada atau sudah pindah.",
            ),
        ]
    rows.append(
        (
            "Mengirim kembali",
            "Simpan sebagai .xlsx (atau .ods) tanpa mengubah nama lembar dan judul kolom; bukan PDF, bukan foto."
            + (
                f" Kirim kepada pengelola kinerja {book.agency} paling lambat {official_date(book.until)}."
                if book.until is not None
                else ""
            ),
        )
    )
    return rows
