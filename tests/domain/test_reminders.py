"""Messages to paste: to whom, what, for whom and until when, in Indonesian and without a number of anybody."""

from datetime import date

import pytest

from kinerja_cli.domain.moves import SHORT_LABELS
from kinerja_cli.domain.reminders import Addressee, Errand, Waiting, reminder, unit_reminder

PERIOD, AGENCY = "Triwulan I Tahun 2025", "Kota Contoh"
SINCE, UNTIL = date(2025, 3, 17), date(2025, 4, 14)
BUDI = Waiting("Budi", "Bidang Pelayanan", "Ani Lestari", "Surya Darma")


def lines(*errands: Errand, to: Addressee | None = None) -> list[str]:
    return reminder(to or Addressee("Surya Darma", sex="L"), PERIOD, errands, AGENCY).splitlines()


@pytest.mark.parametrize(
    ("state", "since", "until", "said"),
    [
        ("open", SINCE, UNTIL, "paling lambat Senin, 14 April 2025:"),
        ("not_begun", SINCE, UNTIL, "mulai Senin, 17 Maret 2025 dan paling lambat Senin, 14 April 2025:"),
        ("late", SINCE, UNTIL, "sesegera mungkin, karena batas waktunya sudah lewat (Senin, 14 April 2025):"),
        ("open", None, None, "sesegera mungkin:"),
    ],
)
def test_until_when_is_said_in_words(state: str, since: date | None, until: date | None, said: str) -> None:
    found = lines(Errand("R2", state, since, until, [BUDI]))
    assert found[4:6] == [f"Mohon Bapak menilai kinerja pegawai berikut {said}", "1. Budi (Bidang Pelayanan)"]


@pytest.mark.parametrize(
    ("to", "opening"),
    [
        (Addressee("Ani Lestari", "Kepala Bidang", "P"), ["Yth. Ibu Ani Lestari", "Kepala Bidang"]),
        (Addressee("Wali Kota Contoh"), ["Yth. Bapak/Ibu Wali Kota Contoh", ""]),
        (Addressee("Pimpinan Bidang", is_person=False), ["Yth. Pimpinan Bidang", ""]),
    ],
)
def test_everybody_is_spoken_to_as_is_due(to: Addressee, opening: list[str]) -> None:
    assert lines(Errand("R2", "open", SINCE, UNTIL, [BUDI]), to=to)[:2] == opening


def test_a_superior_is_told_whose_ratings_were_missed() -> None:
    found = lines(Errand("R6", "open", UNTIL, date(2025, 5, 6), [BUDI, Waiting("Citra")]))
    assert "belum dinilai sampai masa penilaian berakhir pada Senin, 14 April 2025, paling lambat" in found[4]
    assert found[5:7] == ["1. Budi (Bidang Pelayanan; pejabat penilai: Ani Lestari)", "2. Citra"]


def test_people_are_asked_for_their_own_document_without_a_list() -> None:
    found = lines(Errand("R4", "open", SINCE, UNTIL, [BUDI]), to=Addressee("Budi", sex="L"))
    assert found[4].endswith("dokumen evaluasi kinerja Bapak sendiri paling lambat Senin, 14 April 2025.")
    assert found[5] == ""


def test_a_unit_is_told_whom_its_people_wait_for() -> None:
    errands = [
        Errand("R2", "open", SINCE, UNTIL, [BUDI, Waiting("Citra")]),
        Errand("R4", "open", SINCE, UNTIL, [BUDI]),
    ]
    text = unit_reminder(Addressee("Pimpinan Bidang", is_person=False), "Bidang", PERIOD, errands, AGENCY)
    assert "1. Budi – menunggu Surya Darma\n2. Citra – belum ada pejabat yang ditetapkan\n" in text
    assert "oleh pegawai, paling lambat Senin, 14 April 2025:\n1. Budi\n" in text


@pytest.mark.parametrize("step", SHORT_LABELS)
def test_every_step_can_be_written_about(step: str) -> None:
    one = Errand(step, "open", SINCE, UNTIL, [BUDI])
    assert "Senin, 14 April 2025" in reminder(Addressee("Ani"), PERIOD, [one], AGENCY)
    assert "Senin, 14 April 2025" in unit_reminder(Addressee("Ani"), "Bidang", PERIOD, [one], AGENCY)


def test_in_a_closed_period_nobody_is_asked_to_rate_before_it_is_open_again() -> None:
    missed = Errand("R6", "late", UNTIL, date(2025, 5, 6), [BUDI], closed=True)
    (sentence,) = (one for one in lines(missed) if one.startswith("Mohon"))
    assert sentence.endswith("setelah periode ini, yang sudah ditutup, dibuka kembali oleh Pengelola Kinerja:")
    assert "sesegera mungkin" not in sentence


def test_the_head_of_the_region_steps_in_for_nobody_where_they_are_the_assessor() -> None:
    own = Errand("R6", "open", UNTIL, date(2025, 5, 6), [BUDI], own=True)
    assert "atasan pejabat penilai" not in " ".join(lines(own))
    told = unit_reminder(Addressee("Dinas", is_person=False), "Dinas", "Triwulan I Tahun 2025", [own], "Kota")
    assert "Penilaian kinerja oleh pejabat penilai, " in told
