"""One stray or damaged file in a folder: without --accept-valid nothing is taken, with it the others are."""

from pathlib import Path

import pytest

from tests.builders import ANI, BUDI, HEAD, Kinerja, recap, workbook

NEW = "199001012015011002"


def _folder(tmp_path: Path, good: list[list[object]]) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    workbook(folder / "b-good.xlsx", good)
    (folder / "a-broken.xlsx").write_bytes(b"PK\x03\x04 no workbook at all")
    workbook(folder / "c-letter.xlsx", [["Yth. Kepala Dinas"], ["Bersama ini kami sampaikan"]])
    return folder


GOOD: dict[str, list[list[object]]] = {
    "staff": [["NIP", "NAMA"], [NEW, "DEDI"]],
    "score": [
        ["Periode Triwulan 1 Tahun 2026"],
        ["NIP", "Nama", "Rating Hasil Kerja", "Rating Perilaku Kerja"],
        [BUDI, "BUDI", "Sesuai Ekspektasi", "Sesuai Ekspektasi"],
    ],
    "feedback": [["NIP", "Nama", "Dari", "Umpan Balik", "Tanggal"], [BUDI, "BUDI", "Rekan", "Ramah", "2026-01-13"]],
}


@pytest.mark.parametrize("group", ["staff", "score", "feedback"])
def test_the_readable_files_of_a_folder_are_taken_and_the_others_are_told(
    agency: Kinerja, tmp_path: Path, group: str
) -> None:
    assert agency("period", "open", "2026-Q1").code == 0
    folder = _folder(tmp_path, GOOD[group])
    before = agency.snapshot()
    assert agency(group, "import", folder).code == 3
    assert agency.snapshot() == before
    copy = tmp_path / "problems.xlsx"
    ran = agency(group, "import", folder, "--accept-valid", "--problems", copy, "--format", "json")
    assert ran.code == 7, ran.err
    assert ran.data["operation"] is not None
    assert ran.data["rejected"] == 0
    assert [one["file"] for one in ran.data["files"]] == ["b-good.xlsx"]
    refused = {one["file"]: one for one in ran.data["problems"] if one["severity"] == "error"}
    assert {file: one["code"] for file, one in refused.items()} == {
        "a-broken.xlsx": "file-damaged",
        "c-letter.xlsx": "heading-missing",
    }
    assert "a-broken.xlsx is damaged" in refused["a-broken.xlsx"]["message"]
    assert refused["a-broken.xlsx"]["fix"]
    again = agency(group, "import", folder, "--accept-valid", "--format", "json")
    assert (again.code, again.data["operation"]) == (7, None)
    shown = agency(group, "import", folder, "--accept-valid")
    assert "a-broken.xlsx" in shown.err


def test_with_no_readable_file_the_first_refusal_is_told(agency: Kinerja, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / name).write_bytes(b"PK\x03\x04 nothing")
    files = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    ran = agency("staff", "import", *files, "--accept-valid", "--format", "json")
    assert (ran.code, ran.error["code"]) == (3, "file-damaged")


def test_a_file_that_is_not_there_is_still_to_be_named_rightly(agency: Kinerja, tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", GOOD["staff"])
    ran = agency("staff", "import", good, tmp_path / "missing.xlsx", "--accept-valid", "--format", "json")
    assert (ran.code, ran.error["code"]) == (4, "file-missing")


def test_nothing_but_refused_files_and_an_empty_template_is_done_in_part(agency: Kinerja, tmp_path: Path) -> None:
    agency("period", "open", "2026-Q1")
    folder = tmp_path / "in"
    folder.mkdir()
    assert agency("score", "template", "-o", folder / "empty.xlsx").code == 0
    (folder / "a-broken.xlsx").write_bytes(b"PK\x03\x04 nothing")
    ran = agency("score", "import", folder, "--accept-valid", "--format", "json")
    assert ran.code == 7
    assert [one["code"] for one in ran.data["problems"]] == ["file-damaged"]


def test_a_recap_of_another_unit_is_taken_beside_a_damaged_one(agency: Kinerja, tmp_path: Path) -> None:
    agency("period", "open", "2026-Q1")
    good = recap(tmp_path / "r1.xlsx", [(HEAD, "SURYA DARMA", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik")])
    whole = recap(tmp_path / "r2.xlsx", [(ANI, "ANI LESTARI", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik")])
    whole.write_bytes(whole.read_bytes()[:2000])
    ran = agency("score", "import", good, whole, "--accept-valid", "--format", "json")
    assert (ran.code, ran.data["recorded"]) == (7, 1)


def test_nobody_is_retired_for_standing_in_a_file_that_cannot_be_read(agency: Kinerja, tmp_path: Path) -> None:
    folder = _folder(tmp_path, GOOD["staff"])
    ran = agency("staff", "import", folder, "--accept-valid", "--leavers", "retire", "--format", "json")
    assert (ran.code, ran.data["departed"]) == (7, [])
    assert "leavers-kept" in {one["code"] for one in ran.data["problems"]}


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (["unit=Kantor", "name=Kantor"], "both unit and name from the heading Kantor"),
        (["unit=Kantor", "name= kantor "], "both unit and name"),
        (["unit=Kantor", "unit=Bagian"], "the field unit twice"),
    ],
)
def test_a_heading_holds_one_field(agency: Kinerja, tmp_path: Path, pairs: list[str], said: str) -> None:
    file = workbook(tmp_path / "x.xlsx", [["NIP", "Kantor", "Bagian"], [NEW, "DEDI", "X"]])
    maps = [part for pair in pairs for part in ("--map", pair)]
    ran = agency("staff", "import", file, *maps, "--format", "json")
    assert (ran.code, ran.error["code"]) == (2, "usage")
    assert said in ran.error["message"]


def test_a_file_whose_headings_change_between_people_keeps_the_others_in(agency: Kinerja, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    workbook(folder / "b-good.xlsx", GOOD["staff"])
    workbook(
        folder / "a-turned.xlsx",
        [["NIP", "NAMA", "UNIT KERJA"], [ANI, "ANI", "Dinas"], ["NIP", "UNIT KERJA", "NAMA"], [BUDI, "Dinas", "BUDI"]],
    )
    assert agency("staff", "import", folder).code == 3
    ran = agency("staff", "import", folder, "--accept-valid", "--leavers", "retire", "--format", "json")
    assert ran.code == 7, ran.err
    assert [one["file"] for one in ran.data["files"]] == ["b-good.xlsx"]
    assert {one["code"] for one in ran.data["problems"]} >= {"heading-changed", "leavers-kept"}
