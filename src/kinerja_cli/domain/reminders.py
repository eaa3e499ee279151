"""Messages that remind officials of what waits for them, ready to paste; in Indonesian, as what the agency writes is.

They name people and units and nothing else: a message wanders further than a list, so no NIP and no result is in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kinerja_cli.domain.dates import WEEKDAYS, official_date

_ASKED: Final = {
    "R2": "menilai kinerja pegawai berikut",
    "R3": "menyerahkan dokumen evaluasi kinerja kepada pegawai berikut",
    "R4": "menandatangani dan mengembalikan dokumen evaluasi kinerja {addressed} sendiri",
    "R5": "melaporkan dokumen evaluasi kinerja pegawai berikut kepada Pejabat yang Berwenang",
    "R6": "selaku atasan pejabat penilai menilai kinerja pegawai berikut, yang belum dinilai sampai masa penilaian"
    " berakhir pada {since},",
    "R7": "menyerahkan dokumen evaluasi kinerja kepada pegawai berikut",
    "R8": "menandatangani dan mengembalikan dokumen evaluasi kinerja {addressed} sendiri",
    "R10": "memutuskan keberatan pegawai berikut atas hasil evaluasi kinerjanya",
    "R11": "melaporkan hasil evaluasi kinerja pegawai berikut, yang diubah setelah keberatan, kepada Pejabat yang"
    " Berwenang",
}
"""What whoever must act is asked to do, by step."""

_ASKED_OWN: Final = "menilai kinerja pegawai berikut, yang belum dinilai sampai masa penilaian berakhir pada {since},"
"""What the head of the region is asked to do after the window, whose own place nobody takes."""

_NAMED: Final = {
    "R2": "Penilaian kinerja oleh pejabat penilai",
    "R3": "Penyerahan dokumen evaluasi kinerja kepada pegawai",
    "R4": "Penandatanganan dan pengembalian dokumen evaluasi kinerja oleh pegawai",
    "R5": "Pelaporan dokumen evaluasi kinerja kepada Pejabat yang Berwenang",
    "R6": "Penilaian kinerja oleh atasan pejabat penilai",
    "R7": "Penyerahan dokumen evaluasi kinerja kepada pegawai",
    "R8": "Penandatanganan dan pengembalian dokumen evaluasi kinerja oleh pegawai",
    "R10": "Keputusan atas keberatan",
    "R11": "Pelaporan hasil evaluasi kinerja yang diubah setelah keberatan",
}
"""What is not done yet, by step, where a whole unit is told."""

_OWN: Final = ("R4", "R8")
"""What people do with their own document: nobody else is to be named."""

_ADDRESSED: Final = {"L": "Bapak", "P": "Ibu"}
_ANYBODY: Final = "Bapak/Ibu"
_NOBODY: Final = "belum ada pejabat yang ditetapkan"

SEPARATOR: Final = "-" * 40
"""What stands between two messages."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whoever a message is for: a person with titles, or an office that is led by nobody known."""

    name: str
    position: str | None = None
    sex: str | None = None
    is_person: bool = True

    @property
    def addressed(self) -> str:
        """How they are spoken to."""
        return _ADDRESSED.get(self.sex or "", _ANYBODY)

    def opening(self) -> list[str]:
        """The first lines of a message to them."""
        first = f"Yth. {self.addressed} {self.name}" if self.is_person else f"Yth. {self.name}"
        return [first, self.position] if self.position else [first]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person for whom a step is to be taken."""

    name: str
    unit: str | None = None
    assessor: str | None = None
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Errand:
    """One step, and everybody who waits for it until the same day.

    `own` says that whoever rates is the assessor, also after the window; `closed` that the period is, so that no
    rating can be taken before it is opened again.
    """

    step: str
    state: str
    since: date | None
    until: date | None
    people: Sequence[Waiting]
    own: bool = False
    closed: bool = False


def reminder(to: Addressee, period: str, errands: Iterable[Errand], agency: str) -> str:
    """The message to whoever must act; `period` as official papers write it."""
    begins = f"Dengan hormat, kami mengingatkan evaluasi kinerja pegawai periode {period} yang belum selesai."
    return _letter(to, begins, [_asked(one, to.addressed) for one in errands], agency)


def unit_reminder(to: Addressee, unit: str, period: str, errands: Iterable[Errand], agency: str) -> str:
    """The message to whoever leads a unit: what is not done yet for its people, and whom they wait for."""
    begins = f"Dengan hormat, kami mengingatkan evaluasi kinerja pegawai {unit} periode {period} yang belum selesai."
    return _letter(to, begins, [_named(one) for one in errands], agency)


def _letter(to: Addressee, begins: str, paragraphs: Iterable[Sequence[str]], agency: str) -> str:
    lines = [*to.opening(), "", begins]
    for paragraph in paragraphs:
        lines += ["", *paragraph]
    lines += ["", f"Atas perhatian dan kerja sama {to.addressed}, kami ucapkan terima kasih."]
    lines += ["", f"Pengelola Kinerja {agency}"]
    return "\n".join(lines)


def _asked(one: Errand, addressed: str) -> list[str]:
    since = "" if one.since is None else _day(one.since)
    asked = (_ASKED_OWN if one.step == "R6" and one.own else _ASKED[one.step]).format(addressed=addressed, since=since)
    sentence = f"Mohon {addressed} {asked} {_until(one)}"
    if one.step in _OWN:
        return [f"{sentence}."]
    return [f"{sentence}:", *_listed(one.people, with_assessor=one.step == "R6" and not one.own)]


def _listed(people: Sequence[Waiting], *, with_assessor: bool) -> list[str]:
    lines = []
    for number, person in enumerate(people, start=1):
        beside = [person.unit] if person.unit else []
        if with_assessor and person.assessor:
            beside.append(f"pejabat penilai: {person.assessor}")
        lines.append(f"{number}. {person.name}" + (f" ({'; '.join(beside)})" if beside else ""))
    return lines


def _named(one: Errand) -> list[str]:
    named = _NAMED["R2" if one.step == "R6" and one.own else one.step]
    lines = [f"{named}, {_until(one)}:"]
    for number, person in enumerate(one.people, start=1):
        waits = "" if one.step in _OWN else f" – menunggu {person.actor}" if person.actor else f" – {_NOBODY}"
        lines.append(f"{number}. {person.name}{waits}")
    return lines


def _until(one: Errand) -> str:
    """Until when, as the end of a sentence."""
    if one.closed:
        return "setelah periode ini, yang sudah ditutup, dibuka kembali oleh Pengelola Kinerja"
    if one.until is None:
        return "sesegera mungkin"
    day = _day(one.until)
    if one.state == "late":
        return f"sesegera mungkin, karena batas waktunya sudah lewat ({day})"
    if one.state == "not_begun" and one.since is not None:
        return f"mulai {_day(one.since)} dan paling lambat {day}"
    return f"paling lambat {day}"


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]}, {official_date(day)}"
