"""The draft of the notice that UU 27/2022 Pasal 46 asks for when personal data was disclosed; in Indonesian.

It says which data left, when and how; what was done about it only whoever handles the incident can fill in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kinerja_cli.domain.dates import official_date

_PERSON: Final = "NIP, nama, gelar, unit kerja, jabatan, pangkat/golongan, jenis kepegawaian, kedudukan hukum"
_RATING: Final = "NIP, nama, unit kerja, jabatan, rating hasil kerja dan perilaku kerja, predikat kinerja"

KINDS_OF_DATA: Final[Mapping[str, str]] = {
    "staff list": _PERSON,
    "staff export": f"{_PERSON}, jenis kelamin",
    "staff show": f"{_PERSON}, jenis kelamin, riwayat unit kerja",
    "staff dossier": "seluruh data tentang satu orang: data pegawai, penilaian, umpan balik, keberatan, dan jejaknya",
    "score list": _RATING,
    "score show": f"{_RATING}, catatan",
    "score sheets": _RATING,
    "score template": "NIP, nama, unit kerja, jabatan",
    "report results": _RATING,
    "report staff": f"{_RATING}, catatan, umpan balik, keberatan",
    "report missing": "NIP, nama, unit kerja, jabatan, langkah penilaian yang belum selesai",
    "deadlines": "NIP, nama, unit kerja, langkah penilaian yang belum selesai",
    "feedback list": "NIP, nama, unit kerja, isi umpan balik dan pemberinya jika disebut",
    "feedback template": "NIP, nama, jabatan",
    "objection list": "NIP, nama, keberatan atas hasil penilaian beserta alasan dan keputusannya",
    "objection show": "NIP, nama, keberatan atas hasil penilaian beserta alasan dan keputusannya",
    "reconcile": _RATING,
    "check": "NIP, temuan pemeriksaan atas data dan penilaian",
    "explain": f"{_RATING}, penjelasan predikat",
    "audit verify": "NIP, nama, nilai kolom yang ditemukan berbeda",
    "incident report": "NIP dan nama orang dalam laporan insiden",
}
"""Which data each command gives out."""

_OTHER: Final = "NIP dan data lain yang ditampilkan perintah itu"
_BLANK: Final = "……………………"
_MARKDOWN: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\|*_`[]<>#"} | {"\n": " "})


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One list or file of people that left the store: when, who, from where, how, how many, and chosen by what."""

    operation: int
    at: str
    actor: str
    place: str
    command: str
    taken: str
    sha256: str | None
    people: int
    listed: bool
    chosen: str

    @property
    def data(self) -> str:
        """Which data was in it."""
        return KINDS_OF_DATA.get(self.command, _OTHER)


@dataclass(frozen=True, slots=True)
class Concerned:
    """A person whose data is known to have left, and in how many lists and files."""

    nip: str
    name: str
    times: int


@dataclass(frozen=True, slots=True)
class Incident:
    """What left between two days, as far as it is on record; `copies` are backups made in that time."""

    agency: str
    since: date
    until: date
    zone: str
    made_at: str
    head: str
    disclosures: Sequence[Disclosure]
    people: Sequence[Concerned]
    copies: Sequence[str]

    @property
    def largest(self) -> int:
        """The number of people in the largest of those whose people are not on record one by one."""
        return max((one.people for one in self.disclosures if not one.listed), default=0)


def notice(incident: Incident) -> str:
    """The draft as Markdown."""
    return "\n".join(_lines(incident)) + "\n"


def _lines(incident: Incident) -> Iterator[str]:
    yield "# Draf pemberitahuan kegagalan pelindungan data pribadi"
    yield ""
    yield "Disusun menurut Pasal 46 Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi. Pemberitahuan"
    yield "tertulis disampaikan paling lambat 3 × 24 jam kepada subjek data pribadi dan lembaga. Draf ini harus"
    yield "diperiksa dan dilengkapi oleh pejabat pelindungan data pribadi sebelum dikirim."
    yield ""
    yield f"- Instansi: {_cell(incident.agency)}"
    yield f"- Rentang waktu yang diperiksa: {official_date(incident.since)} s.d. {official_date(incident.until)}"
    yield f"  (zona waktu {incident.zone})"
    yield f"- Disusun pada: {incident.made_at}"
    yield f"- Kepala rantai catatan: {incident.head}"
    yield f"- Kegagalan diketahui pada: {_BLANK}; batas pemberitahuan (3 × 24 jam): {_BLANK}"
    yield ""
    yield "## 1. Data pribadi yang terungkap"
    yield ""
    yield from _what(incident)
    yield ""
    yield "## 2. Kapan dan bagaimana data pribadi terungkap"
    yield ""
    yield from _when(incident)
    yield ""
    yield "## 3. Upaya penanganan dan pemulihan"
    yield ""
    yield f"- Tindakan segera untuk menghentikan: {_BLANK}"
    yield f"- Pihak yang menerima data dan tindakan kepadanya: {_BLANK}"
    yield f"- Upaya pemulihan dan pencegahan berulang: {_BLANK}"
    yield f"- Akibat yang mungkin bagi subjek data dan saran bagi mereka: {_BLANK}"
    yield f"- Narahubung: {_BLANK}"
    yield ""
    yield "## 4. Yang tidak terlihat dalam catatan ini"
    yield ""
    yield "Tercatat: setiap berkas berisi data orang, dan daftar lima orang atau lebih yang dialirkan ke program lain."
    yield "Tidak tercatat: apa yang hanya dilihat di layar, berkas basis data atau salinannya yang disalin di luar"
    yield "kinerja, dan yang dibaca dengan program lain."
    if incident.copies:
        yield ""
        yield "Cadangan yang dibuat dalam rentang ini memuat seluruh data:"
        yield ""
        yield from (f"- {_cell(copy)}" for copy in incident.copies)
    if incident.people:
        yield ""
        yield "## Lampiran: orang yang datanya tercatat keluar"
        yield ""
        people = ((one.nip, one.name, str(one.times)) for one in incident.people)
        yield from _table(("NIP", "Nama", "Kali"), people)


def _what(incident: Incident) -> Iterator[str]:
    if not incident.disclosures:
        yield "Dalam rentang ini tidak ada daftar atau berkas berisi data orang yang tercatat keluar dari kinerja."
        return
    yield f"Tercatat keluar: {len(incident.disclosures)} daftar dan berkas. Orang yang tercatat satu per satu:"
    yield f"{len(incident.people)} (lihat lampiran)."
    if incident.largest:
        yield "Pada daftar besar hanya jumlah dan pilihannya yang tercatat;"
        yield f"yang terbesar memuat {incident.largest} orang."
    yield ""
    by_command: dict[str, list[Disclosure]] = {}
    for one in incident.disclosures:
        by_command.setdefault(one.command, []).append(one)
    rows = (
        (f"kinerja {command}", same[0].data, str(len(same)), str(max(one.people for one in same)))
        for command, same in sorted(by_command.items())
    )
    yield from _table(("Perintah", "Data pribadi", "Kali", "Orang terbanyak"), rows)


def _when(incident: Incident) -> Iterator[str]:
    heads = ("Operasi", "Waktu", "Pelaku", "Dari", "Perintah", "Ke mana", "Orang", "Pilihan", "SHA-256")
    rows = (
        (
            str(one.operation),
            one.at,
            one.actor,
            one.place,
            f"kinerja {one.command}",
            one.taken,
            str(one.people),
            one.chosen or "semua",
            one.sha256 or "-",
        )
        for one in incident.disclosures
    )
    yield from _table(heads, rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"


def _cell(text: str) -> str:
    """A text that means nothing to Markdown."""
    return text.translate(_MARKDOWN)
