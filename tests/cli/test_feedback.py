"""`kinerja feedback import` through the front door: what desks and units send, and what comes of it."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja, roster, workbook

HEADINGS = ("NIP", "Nama", "Sumber", "Umpan Balik", "Aspek", "Sifat", "Tanggal", "Pemberi", "Anonim")
RAJIN = (BUDI, "Budi", "Rekan kerja", "Rajin.\nSabar.", "Kolaboratif", "Positif", "17-03-2026", ANI, "Tidak")
RAMAH = (CITRA, "Citra Dewi", "Warga", "- Ramah", None, None, "2026-02-20", "Ibu Wati", "Ya")


def sheet(path: Path, rows: Iterable[Sequence[object]], *, headings: Sequence[str] = HEADINGS) -> Path:
    """A list of feedback as units send it."""
    return workbook(path, [list(headings), *rows])


def test_feedback_is_taken_in_and_listed(agency: Kinerja, tmp_path: Path) -> None:
    found = agency.json("feedback", "import", sheet(tmp_path / "x.xlsx", [RAJIN, RAMAH]))
    read = {"file": "x.xlsx", "sheet": "Sheet1", "layout": "generic", "header_row": 1, "rows": 2}
    assert found == {
        "operation": 3,
        "dry_run": False,
        "files": [read | {"reason": "it has words beside a NIP", "unit": None, "mapping": None}],
        "ignored_sheets": [],
        "rows": 2,
        "added": 2,
        "unchanged": 0,
        "rejected": 0,
        "blank": 0,
        "problems": [],
        "problems_file": None,
    }
    first, second = agency.json("feedback", "list")
    assert (first["from"], first["giver"], first["anonymous"], first["text"]) == ("masyarakat", None, True, "- Ramah")
    assert (second["date"], second["giver"], second["text"]) == ("2026-03-17", "ANI LESTARI", "Rajin.\nSabar.")
    assert (second["aspect"], second["tone"]) == ("kolaboratif", "positive")
    assert b"Ibu Wati" not in agency.snapshot()
    assert agency.json("history")[0]["summary"] == "feedback of x.xlsx: 2 added"


def test_the_same_file_again_changes_nothing_even_once_the_period_is_closed(agency: Kinerja, tmp_path: Path) -> None:
    file = sheet(tmp_path / "x.xlsx", [RAJIN, RAMAH, (BUDI, "Budi", "rekan", "Teliti", *[None] * 5)])
    agency.json("period", "open", "2026-Q1")
    agency.json("feedback", "import", file)
    agency.json("period", "close", "2026-Q1", "--allow-unrated")
    before = agency.snapshot()
    again = agency.json("feedback", "import", file)
    assert (again["operation"], again["added"], again["unchanged"], again["rejected"]) == (None, 0, 3, 0)
    assert "Everything is kept already" in agency("feedback", "import", file).err
    assert agency.snapshot() == before


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["en", "id"])
def test_a_list_that_was_written_comes_back_unchanged(
    agency: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, ending: str
) -> None:
    agency.json("feedback", "import", sheet(tmp_path / "x.xlsx", [RAJIN, RAMAH]))
    monkeypatch.setenv("KINERJA_LANG", language)
    out = tmp_path / f"list.{ending}"
    assert agency("feedback", "list", "-o", out).code == 0
    assert agency.json("feedback", "import", out)["unchanged"] == 2


def test_one_error_keeps_everything_out_unless_told_otherwise(agency: Kinerja, tmp_path: Path) -> None:
    file = sheet(tmp_path / "x.xlsx", [RAJIN, (BUDI, "Budi", "tetangga", "Rajin", *[None] * 5), RAMAH])
    before = agency.snapshot()
    ran = agency("feedback", "import", file, "--format", "json")
    assert (ran.code, ran.error["code"], ran.data["added"], ran.data["rejected"]) == (3, "rows-rejected", 0, 1)
    (problem,) = ran.data["problems"]
    assert (problem["code"], problem["row"], problem["column"]) == ("feedback-giver-unknown", 3, "C")
    assert agency.snapshot() == before
    partly = agency("feedback", "import", file, "--accept-valid", "--format", "json")
    assert (partly.code, partly.data["added"], partly.data["rejected"]) == (7, 2, 1)
    assert agency("feedback", "import", file, "--accept-valid").code == 7


def test_a_dry_run_tells_the_same_and_keeps_nothing(agency: Kinerja, tmp_path: Path) -> None:
    file = sheet(tmp_path / "x.xlsx", [RAJIN])
    before = agency.snapshot()
    dry = agency.json("feedback", "import", file, "--dry-run")
    assert agency.snapshot() == before
    assert {**dry, "operation": 3, "dry_run": False} == agency.json("feedback", "import", file)


def test_reports_from_the_public_go_in_without_the_names_of_those_who_report(agency: Kinerja, tmp_path: Path) -> None:
    headings = ["No Laporan", "Tanggal Laporan", "Nama Pelapor", "NIP Terlapor", "Klasifikasi Laporan", "Isi Laporan"]
    rows = [
        ["L-1", "12/03/2026 14:05", "Warga Rahasia", BUDI, "Pengaduan", "Lama dilayani"],
        ["L-2", "2026-03-13 08:00:10", "Warga Lain", CITRA, "Aspirasi", "Tolong buka hari Sabtu"],
    ]
    found = agency.json("feedback", "import", sheet(tmp_path / "lapor.xlsx", rows, headings=headings))
    assert (found["files"][0]["layout"], found["added"]) == ("public", 2)
    assert {one["code"] for one in found["problems"]} == {"feedback-public", "date-ambiguous"}
    kept = agency.json("feedback", "list")
    assert [(one["from"], one["tone"], one["date"]) for one in kept] == [
        ("masyarakat", "negative", "2026-03-12"),
        ("masyarakat", "neutral", "2026-03-13"),
    ]
    assert b"Warga" not in agency.snapshot()


def test_reports_that_name_nobody_are_refused_wherever_they_stand(agency: Kinerja, tmp_path: Path) -> None:
    rows = [["", "", "Kantor kotor"], ["", "Ani Lestary", "Tidak di tempat"], [BUDI, "", "Cekatan"]]
    file = sheet(tmp_path / "lapor.xlsx", rows, headings=["NIP Terlapor", "Nama Terlapor", "Isi Laporan"])
    ran = agency("feedback", "import", file, "--accept-valid", "--format", "json")
    assert (ran.code, ran.data["added"], ran.data["rejected"]) == (7, 1, 2)
    nobody = [one for one in ran.data["problems"] if one["code"] == "feedback-nobody"]
    assert [(one["row"], one["column"], ANI in one["fix"]) for one in nobody] == [(2, "A", False), (3, "A", True)]


def test_a_list_of_one_side_is_told_whose_side_it_is(agency: Kinerja, tmp_path: Path) -> None:
    file = sheet(tmp_path / "skm.xlsx", [[BUDI, "Ramah"], [CITRA, "Cepat"]], headings=["NIP Petugas", "Saran"])
    ran = agency("feedback", "import", file, "--format", "json")
    assert (ran.code, [one["code"] for one in ran.data["problems"]]) == (3, ["feedback-givers-missing"])
    assert "--from masyarakat" in ran.data["problems"][0]["fix"]
    assert agency("feedback", "import", file, "--accept-valid").code == 3
    assert agency("feedback", "import", file, "--from", "tetangga").code == 2
    assert agency.json("feedback", "import", file, "--from", "public")["added"] == 2


def test_headings_can_be_mapped_and_sheets_chosen(agency: Kinerja, tmp_path: Path) -> None:
    book = Workbook()
    other = book.active
    assert other is not None
    other.append(["Tanggal", "Jumlah"])
    page = book.create_sheet("Isi")
    page.append(["NIP", "Kata Mereka", "Oleh"])
    page.append([BUDI, "Rajin", "rekan"])
    book.save(tmp_path / "x.xlsx")
    words = ["--sheet", "Isi", "--map", "text=Kata Mereka", "--map", "from=Oleh"]
    found = agency.json("feedback", "import", tmp_path / "x.xlsx", *words)
    assert (found["files"][0]["sheet"], found["added"]) == ("Isi", 1)
    ran = agency("feedback", "import", tmp_path / "x.xlsx", "--format", "json")
    assert (ran.code, ran.error["code"]) == (3, "heading-missing")
    assert "Umpan Balik" in ran.error["message"]


def test_a_folder_is_one_operation_and_its_repetitions_are_told_once(agency: Kinerja, tmp_path: Path) -> None:
    folder = tmp_path / "masuk"
    folder.mkdir()
    sheet(folder / "a.xlsx", [RAJIN])
    sheet(folder / "b.xlsx", [RAJIN, RAMAH])
    found = agency.json("feedback", "import", folder)
    assert (found["operation"], found["rows"], found["added"]) == (3, 3, 2)
    (note,) = found["problems"]
    assert (note["severity"], note["code"], note["file"]) == ("note", "feedback-repeated", "b.xlsx")
    assert agency("feedback", "import", folder).err.count("read as generic") == 2


def test_what_kinerja_says_of_a_file_does_not_depend_on_its_language(
    agency: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sheet(tmp_path / "x.xlsx", [(BUDI, "Budi", "pimpinn", "x", "loyall", "baguss", "kapan", BUDI, "entah")])
    spoken = []
    for language in ("en", "id"):
        monkeypatch.setenv("KINERJA_LANG", language)
        problems = agency("feedback", "import", file, "--format", "json").data["problems"]
        spoken.append([(one["code"], one["column"]) for one in problems])
    assert spoken[0] == spoken[1]
    assert len(spoken[0]) == 5


def test_headings_alone_are_refused_and_a_dry_run_counts_them(agency: Kinerja, tmp_path: Path) -> None:
    for group, file in (
        ("feedback", sheet(tmp_path / "f.xlsx", [])),
        ("staff", roster(tmp_path / "r.xlsx", [])),
    ):
        ran = agency(group, "import", file, "--format", "json")
        assert (ran.code, ran.error["code"]) == (3, "no-rows")
        dry = agency(group, "import", file, "--dry-run")
        assert dry.code == 0
        assert "0 rows, nothing to do." in dry.err
    only_names = sheet(tmp_path / "n.xlsx", [(BUDI, "Budi", *[None] * 7)])
    found = agency("feedback", "import", only_names)
    assert found.code == 0
    assert "0 rows, nothing to do." in found.err
    assert "feedback-blank" in found.err


def test_many_rows_go_in_at_once(agency: Kinerja, tmp_path: Path) -> None:
    rows = [(HEAD, "", "bawahan", f"Pesan {number}", *[None] * 5) for number in range(3_000)]
    found = agency.json("feedback", "import", sheet(tmp_path / "x.xlsx", rows))
    assert (found["added"], len(found["problems"])) == (3_000, 1)
    assert json.dumps(found["problems"]).count("Rows without a date: 3000") == 1


@pytest.mark.parametrize("giver", [199001012015011001, "1.98407E+17"])
def test_a_giver_whose_nip_excel_broke_is_told(agency: Kinerja, tmp_path: Path, giver: object) -> None:
    heading = ("NIP", "Dari", "Umpan Balik", "Pemberi")
    rows = [(BUDI, "rekan", "Teliti", None), (BUDI, "rekan", "Cepat", giver)]
    ran = agency("feedback", "import", sheet(tmp_path / "x.xlsx", rows, headings=heading), "--format", "json")
    assert ran.code == 3
    assert [(one["severity"], one["column"]) for one in ran.data["problems"] if one["row"] == 3] == [("error", "D")]
