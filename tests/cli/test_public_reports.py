"""Reports of the public stay those of the public, their reporters stay unnamed, and days of feedback are possible."""

from pathlib import Path

import pytest

from tests.builders import BUDI, CITRA, Kinerja, workbook

LAPOR = (
    *("No", "Tracking ID", "Tanggal Laporan Masuk", "Judul Laporan", "Isi Laporan Akhir", "Nama Pelapor"),
    *("NIP Terlapor", "Sumber"),
)
REPORT = (1, "1234567", "13-01-2026", "Antrean", "Antrean di loket terlalu lama", "Wati Suryani", BUDI, "SMS")


@pytest.mark.parametrize("giver", ["rekan", "pimpinan", "pihak_lain"])
def test_a_list_of_complaints_is_nobodys_but_the_publics(agency: Kinerja, tmp_path: Path, giver: str) -> None:
    file = workbook(tmp_path / "lapor.xlsx", [LAPOR, REPORT])
    ran = agency("feedback", "import", file, "--from", giver, "--format", "json")
    assert ran.code == 3
    (problem,) = [one for one in ran.error["problems"] if one["severity"] == "error"]
    assert (problem["code"], problem["value"]) == ("feedback-public-from", giver)
    assert "masyarakat" in problem["fix"]
    assert agency.json("feedback", "list") == []


@pytest.mark.parametrize("options", [(), ("--from", "masyarakat")])
def test_a_list_of_complaints_is_taken_as_from_the_public(
    agency: Kinerja, tmp_path: Path, options: tuple[str, ...]
) -> None:
    file = workbook(tmp_path / "lapor.xlsx", [LAPOR, REPORT])
    found = agency.json("feedback", "import", file, *options)
    assert found["files"][0]["layout"] == "public"
    assert [one["code"] for one in found["problems"]] == ["feedback-public"]
    (kept,) = agency.json("feedback", "list")
    assert (kept["from"], kept["giver"]) == ("masyarakat", None)
    assert b"Wati" not in agency.snapshot()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Nama: Wati Suryani. Petugas ramah.", "the name of who reports"),
        ("Petugas ramah. Pelapor : Wati", "the name of who reports"),
        ("Nama saya Wati, saya dilayani baik", "the name of who reports"),
        ("Hubungi 0812-3456-7890", "a telephone number"),
        ("NIK 1271014503850002 sudah diserahkan", "a NIK"),
        ("Balas ke wati@contoh.id", "an e-mail address"),
    ],
)
def test_who_reports_is_noticed_in_the_words(agency: Kinerja, tmp_path: Path, text: str, what: str) -> None:
    rows = [("NIP", "Dari", "Umpan Balik", "Anonim", "Tanggal"), (BUDI, "Masyarakat", text, "Ya", "2026-01-13")]
    found = agency.json("feedback", "import", workbook(tmp_path / "x.xlsx", rows))
    (problem,) = found["problems"]
    assert (problem["code"], problem["severity"]) == ("feedback-personal", "note")
    assert what in problem["message"]


@pytest.mark.parametrize("text", ["Nama petugas: Budi, ramah", "Namanya dikenal baik", "Pelapor dilayani cepat"])
def test_other_names_are_no_reporters(agency: Kinerja, tmp_path: Path, text: str) -> None:
    rows = [("NIP", "Dari", "Umpan Balik", "Tanggal"), (BUDI, "Masyarakat", text, "2026-01-13")]
    assert agency.json("feedback", "import", workbook(tmp_path / "x.xlsx", rows))["problems"] == []


@pytest.mark.parametrize(
    ("nip", "day", "code", "severity"),
    [
        (BUDI, "13-01-1926", "feedback-day-before-service", "error"),
        (BUDI, "28-02-2019", "feedback-day-before-service", "error"),
        (CITRA, "31-12-2023", "feedback-day-before-service", "error"),
        (BUDI, "13-01-2062", "feedback-day-future", "error"),
        (BUDI, "01-03-2019", "feedback-day-long-ago", "warning"),
    ],
)
def test_days_a_century_off_are_noticed(
    agency: Kinerja, tmp_path: Path, nip: str, day: str, code: str, severity: str
) -> None:
    rows = [("NIP", "Dari", "Umpan Balik", "Tanggal"), (nip, "Rekan", "Ramah", day)]
    ran = agency("feedback", "import", workbook(tmp_path / "x.xlsx", rows), "--format", "json")
    assert ran.code == (3 if severity == "error" else 0)
    told = [(one["code"], one["severity"]) for one in ran.data["problems"] if one["severity"] != "note"]
    assert told == [(code, severity)]


def test_feedback_by_hand_is_not_older_than_the_service(agency: Kinerja) -> None:
    wanted = ("feedback", "add", BUDI, "--from", "rekan", "--text", "Ramah", "--date", "1926-01-13")
    ran = agency(*wanted, "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "feedback-day-before-service")
    assert agency.json("feedback", "list") == []
