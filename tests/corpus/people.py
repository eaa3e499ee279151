"""The invented people of the corpus, and their rows as the lists of different offices write them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

DISDIK, DINKES, SEKRETARIAT = "DINAS PENDIDIKAN", "DINAS KESEHATAN", "SEKRETARIAT"
SMP, PUSKESMAS = "SMP NEGERI 4 BINJAI", "PUSKESMAS TANAH TINGGI"


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist, as SIASN would have them."""

    nip: str
    name: str
    front: str = ""
    back: str = ""
    rank: str = "III/c"
    rank_since: date = date(2020, 4, 1)
    kind: str = "Fungsional"
    position: str = "GURU AHLI MUDA"
    position_since: date = date(2019, 3, 13)
    echelon: str = ""
    unit: str = DISDIK
    status: str = "Aktif"

    @property
    def born(self) -> date:
        """The birth date, which the NIP begins with."""
        return date(int(self.nip[:4]), int(self.nip[4:6]), int(self.nip[6:8]))

    @property
    def pppk(self) -> bool:
        """Whether the NIP is that of a contract employee."""
        return self.nip[12:14] == "21"

    @property
    def titled(self) -> str:
        """The name with its titles, in one cell."""
        whole = f"{self.front} {self.name}".strip()
        return f"{whole}, {self.back}" if self.back else whole


RUSDI = Person(
    "197003121995031002", "RUSDI TANJUNG", "Drs. H.", "M.Si.", "IV/c", date(2019, 4, 1), "Struktural",
    "KEPALA DINAS PENDIDIKAN", date(2022, 1, 17), "II.b", DISDIK,
)  # fmt: skip
SRI = Person(
    "197508222000122001", "SRI WAHYUNI SITEPU", "", "S.E., M.M.", "IV/a", date(2021, 10, 1), "Struktural",
    "SEKRETARIS DINAS", date(2021, 3, 5), "III.a", SEKRETARIAT,
)  # fmt: skip
BAMBANG = Person(
    "198204072009041003", "BAMBANG HERMANTO", "Dr.", "S.Pd., M.Pd.", "III/d", date(2022, 4, 1), "Fungsional",
    "GURU AHLI MUDA", date(2019, 3, 13), "", SMP,
)  # fmt: skip
SUPARMI = Person(
    "197911302007012004", "SUPARMI", "", "", "III/b", date(2018, 10, 1), "Pelaksana",
    "PENGADMINISTRASI UMUM", date(2017, 2, 14), "", SEKRETARIAT,
)  # fmt: skip
LAILA = Person(
    "199106182024212008", "LAILA RAHMAH LUBIS", "", "S.Kep., Ns.", "IX", date(2024, 5, 1), "Fungsional",
    "PERAWAT AHLI PERTAMA", date(2024, 5, 1), "", PUSKESMAS,
)  # fmt: skip
TOGAR = Person(
    "199512252022031005", "TOGAR SIMANJUNTAK", "dr.", "", "III/b", date(2022, 3, 1), "Fungsional",
    "DOKTER AHLI PERTAMA", date(2023, 8, 21), "", PUSKESMAS,
)  # fmt: skip
YUNITA = Person(
    "196812051992032003", "YUNITA NASUTION", "Hj.", "S.K.M., M.Kes.", "IV/b", date(2017, 4, 1), "Struktural",
    "KEPALA DINAS KESEHATAN", date(2021, 9, 30), "II.b", DINKES,
)  # fmt: skip
AHMAD = Person(
    "198801092011011006", "AHMAD FAUZI HARAHAP", "", "A.Md.", "II/d", date(2021, 4, 1), "Pelaksana",
    "PENGELOLA DATA", date(2020, 1, 15), "", DINKES,
)  # fmt: skip

EVERYBODY = (RUSDI, SRI, BAMBANG, SUPARMI, LAILA, TOGAR, YUNITA, AHMAD)
FIVE = EVERYBODY[:5]
SIGNER = "197106151998031007"
"""The NIP under a signature block: of nobody on any list."""


def crowd(count: int, unit: str = DISDIK) -> tuple[Person, ...]:
    """Many people, each with a NIP of their own."""
    return tuple(
        Person(f"19{80 + n % 10}0{1 + n % 9}{10 + n % 19}20{10 + n % 12}01{1 + n % 2}{1 + n % 999:03}",
               f"PEGAWAI {_word(n)}", unit=unit)
        for n in range(count)
    )  # fmt: skip


def with_(person: Person, **changes: object) -> Person:
    """Somebody with something else about them."""
    return replace(person, **changes)  # type: ignore[arg-type]  # the names of the fields are what they are


def day(value: date) -> str:
    """A date as SIASN writes it: text, day first."""
    return f"{value:%d-%m-%Y}"


def _word(number: int) -> str:
    """A word of a number, since people are not called by numbers."""
    letters = ""
    for _ in range(3):
        number, rest = divmod(number, 26)
        letters += chr(ord("A") + rest)
    return letters


_SIASN_HEADINGS = """
    PNS ID, NIP BARU, NIP LAMA, NAMA, GELAR DEPAN, GELAR BELAKANG, TEMPAT LAHIR ID, TEMPAT LAHIR NAMA,
    TANGGAL LAHIR, JENIS KELAMIN, AGAMA ID, AGAMA NAMA, JENIS KAWIN ID, JENIS KAWIN NAMA, NIK, NOMOR HP, EMAIL,
    EMAIL GOV, ALAMAT, NPWP NOMOR, BPJS, JENIS PEGAWAI ID, JENIS PEGAWAI NAMA, KEDUDUKAN HUKUM ID,
    KEDUDUKAN HUKUM NAMA, STATUS CPNS PNS, KARTU ASN VIRTUAL, NOMOR SK CPNS, TANGGAL SK CPNS, TMT CPNS, NOMOR SK PNS,
    TANGGAL SK PNS, TMT PNS, GOL AWAL ID, GOL AWAL NAMA, GOL AKHIR ID, GOL AKHIR NAMA, TMT GOLONGAN, MK TAHUN,
    MK BULAN, JENIS JABATAN ID, JENIS JABATAN NAMA, JABATAN ID, JABATAN NAMA, TMT JABATAN, TINGKAT PENDIDIKAN ID,
    TINGKAT PENDIDIKAN NAMA, PENDIDIKAN ID, PENDIDIKAN NAMA, TAHUN LULUS, KPKN ID, KPKN NAMA, LOKASI KERJA ID,
    LOKASI KERJA NAMA, UNOR ID, UNOR NAMA, INSTANSI INDUK ID, INSTANSI INDUK NAMA, INSTANSI KERJA ID,
    INSTANSI KERJA NAMA, SATUAN KERJA INDUK ID, SATUAN KERJA INDUK NAMA, SATUAN KERJA KERJA ID,
    SATUAN KERJA KERJA NAMA, IS VALID NIK, NAMA SEKOLAH, FLAG IKD, ESELON ID, ESELON NAMA
"""
SIASN_HEADINGS = tuple(heading.strip() for heading in _SIASN_HEADINGS.split(","))
"""The columns of an export of SIASN, in its order."""

NIK = "1275031203700004"
_UNIT_IDS = {
    name: f"8ae483a{n}7c8d2f3e017c8da{n}b51e0{n}42"
    for n, name in enumerate((DISDIK, DINKES, SEKRETARIAT, SMP, PUSKESMAS), 1)
}

_ALIKE: Mapping[str, str] = {
    "TEMPAT LAHIR NAMA": "Binjai",
    "AGAMA NAMA": "Islam",
    "NIK": NIK,
    "NOMOR HP": "081200001111",
    "ALAMAT": "Jalan Contoh 1",
    "GOL AWAL NAMA": "III/a",
    "MK TAHUN": "12",
    "PENDIDIKAN NAMA": "S-1 PENDIDIKAN",
    "TAHUN LULUS": "2004",
    "LOKASI KERJA NAMA": "Kota Binjai",
    "INSTANSI INDUK NAMA": "Pemerintah Kota Binjai",
    "INSTANSI KERJA NAMA": "Pemerintah Kota Binjai",
    "SATUAN KERJA KERJA NAMA": "Pemerintah Kota Binjai",
}
SIASN: Mapping[str, Callable[[Person], object]] = {
    "PNS ID": lambda p: f"A8ACA7{p.nip[:8]}3912E040640A040269BB",
    "NIP BARU": lambda p: p.nip,
    "NAMA": lambda p: p.name,
    "GELAR DEPAN": lambda p: p.front,
    "GELAR BELAKANG": lambda p: p.back,
    "TANGGAL LAHIR": lambda p: day(p.born),
    "JENIS KELAMIN": lambda p: "M" if p.nip[14] == "1" else "F",
    "JENIS PEGAWAI NAMA": lambda p: "PPPK" if p.pppk else "PNS Daerah",
    "KEDUDUKAN HUKUM NAMA": lambda p: p.status,
    "STATUS CPNS PNS": lambda p: "" if p.pppk else "P",
    "TMT CPNS": lambda p: f"01-{p.nip[12:14]}-{p.nip[8:12]}" if not p.pppk else "",
    "GOL AKHIR NAMA": lambda p: p.rank,
    "TMT GOLONGAN": lambda p: day(p.rank_since),
    "JENIS JABATAN NAMA": lambda p: p.kind,
    "JABATAN NAMA": lambda p: p.position,
    "TMT JABATAN": lambda p: day(p.position_since),
    "UNOR ID": lambda p: _UNIT_IDS.get(p.unit, "8ae483a97c8d2f3e017c8da9b51e0942"),
    "UNOR NAMA": lambda p: p.unit,
    "ESELON NAMA": lambda p: p.echelon,
}


def siasn_rows(people: Iterable[Person], headings: Sequence[str] = SIASN_HEADINGS) -> list[list[object]]:
    """People as SIASN writes them, under these headings; what the corpus does not invent stays empty."""
    return [[SIASN[name](one) if name in SIASN else _ALIKE.get(name, "") for name in headings] for one in people]


def as_imported(person: Person, **other: object) -> dict[str, object]:
    """What a roster with all of SIASN's columns makes of a person."""
    return {
        "name": person.name,
        "front_title": person.front or None,
        "back_title": person.back or None,
        "unit": person.unit,
        "position": person.position,
        "rank": person.rank,
        "employment": "pppk" if person.pppk else "pns",
        "status": "active",
    } | other
