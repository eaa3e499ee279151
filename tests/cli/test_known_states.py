"""What a roster leaves blank, or says in words nobody understands, takes nothing from what is known."""

from pathlib import Path

import pytest

from tests.builders import ANI, BUDI, Kinerja, workbook

HEADINGS = (
    *("NIP", "NAMA", "GELAR DEPAN", "GELAR BELAKANG", "JENIS KELAMIN", "TANGGAL LAHIR", "JENIS PEGAWAI"),
    *("KEDUDUKAN HUKUM", "GOLONGAN", "TMT GOLONGAN", "JENIS JABATAN", "JABATAN", "TMT JABATAN", "ESELON"),
    *("UNIT KERJA", "NIP PENILAI"),
)
WHOLE = (
    *(BUDI, "BUDI", "Dr.", "S.E.", "P", "08-07-1992", "PPPK Paruh Waktu"),
    *("CLTN", "IX", "01-04-2021", "Struktural", "KEPALA SEKSI", "01-05-2021", "IV.a", "SEKSI GIZI", ANI),
)
KEPT = (
    *("name", "front_title", "back_title", "sex", "employment", "status", "rank", "rank_since", "position"),
    *("position_type", "position_since", "echelon", "unit", "assessor_rule"),
)


def _kept(kinerja: Kinerja, nip: str = BUDI) -> dict[str, object]:
    person = kinerja.json("staff", "show", nip)
    return {name: person[name] for name in KEPT}


def _whole(kinerja: Kinerja, tmp_path: Path) -> dict[str, object]:
    assert kinerja("staff", "import", workbook(tmp_path / "whole.xlsx", [HEADINGS, WHOLE])).code == 0
    before = _kept(kinerja)
    assert before["status"] == "cltn"
    assert None not in before.values()
    return before


def test_blank_cells_take_nothing_away(agency: Kinerja, tmp_path: Path) -> None:
    before = _whole(agency, tmp_path)
    blank = (BUDI, "BUDI", *[""] * (len(HEADINGS) - 2))
    found = agency.json("staff", "import", workbook(tmp_path / "blank.xlsx", [HEADINGS, blank]))
    assert (found["unchanged"], found["changed"], found["returned"]) == (1, 0, [])
    assert _kept(agency) == before
    told = {(one["code"], one["severity"]) for one in found["problems"]}
    assert told == {("still-away", "warning"), ("unit-missing", "warning")}
    assert agency("staff", "set", BUDI, "--status", "active").code == 0
    assert agency.json("staff", "show", BUDI)["assessor_nip"] == ANI


def test_words_that_nobody_understands_take_nothing_away_and_are_told(agency: Kinerja, tmp_path: Path) -> None:
    before = _whole(agency, tmp_path)
    odd = (
        *(BUDI, "BUDI", "", "", "?", "", "Honorer K2", "Sedang Diproses BKN", "Golongan tinggi", ""),
        *("Manajer", "KEPALA SEKSI", "", "", "SEKSI GIZI", "199001012015011009"),
    )
    found = agency.json("staff", "import", workbook(tmp_path / "odd.xlsx", [HEADINGS, odd]))
    assert _kept(agency) == before
    told = {one["code"]: one["value"] for one in found["problems"] if one["severity"] == "warning"}
    assert told == {
        "sex-unknown": "?",
        "employment-unknown": "Honorer K2",
        "status-unknown": "Sedang Diproses BKN",
        "rank-unknown": "Golongan tinggi",
        "position-type-unknown": "Manajer",
        "assessor-unknown": "199001012015011009",
        "still-away": BUDI,
    }
    assert agency("staff", "set", BUDI, "--status", "active").code == 0
    assert agency.json("staff", "show", BUDI)["assessor_nip"] == ANI


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("PNS Pensiun BUP", "retired"),
        ("Pensiun BUP", "retired"),
        ("BUP", "retired"),
        ("Pensiun Dini", "retired"),
        ("APS", "retired"),
        ("Pensiun Janda/Duda", "retired"),
        ("MPP", "pension_prep"),
        ("Masa Persiapan Pensiun", "pension_prep"),
    ],
)
def test_words_for_pensions_are_known(agency: Kinerja, tmp_path: Path, word: str, status: str) -> None:
    rows = [("NIP", "NAMA", "KEDUDUKAN HUKUM"), (BUDI, "BUDI", word)]
    found = agency.json("staff", "import", workbook(tmp_path / "x.xlsx", rows))
    assert found["problems"] == []
    assert agency.json("staff", "show", BUDI)["status"] == status


def test_somebody_new_with_an_unknown_standing_is_active_and_told(agency: Kinerja, tmp_path: Path) -> None:
    nip = "199001012015011002"
    rows = [("NIP", "NAMA", "KEDUDUKAN HUKUM", "GOLONGAN"), (nip, "DEDI", "Entah", "Entah")]
    found = agency.json("staff", "import", workbook(tmp_path / "x.xlsx", rows))
    assert sorted(one["code"] for one in found["problems"]) == ["rank-unknown", "status-unknown"]
    person = agency.json("staff", "show", nip)
    assert (person["status"], person["rank"]) == ("active", None)


def test_a_new_rank_and_post_leave_behind_what_went_with_the_old_ones(agency: Kinerja, tmp_path: Path) -> None:
    _whole(agency, tmp_path)
    rows = [("NIP", "NAMA", "GOLONGAN", "TMT GOLONGAN", "JENIS JABATAN", "ESELON"), (BUDI, "BUDI", "X", "", "JF", "")]
    agency.json("staff", "import", workbook(tmp_path / "up.xlsx", rows))
    person = agency.json("staff", "show", BUDI)
    assert (person["rank"], person["rank_since"]) == ("X", None)
    assert (person["position_type"], person["echelon"]) == ("fungsional", None)


def test_an_assessor_who_has_left_is_kept_by_no_wrong_number(agency: Kinerja, tmp_path: Path) -> None:
    _whole(agency, tmp_path)
    agency("staff", "set", ANI, "--status", "retired")
    rows = [("NIP", "NAMA", "NIP PENILAI"), (BUDI, "BUDI", ANI)]
    found = agency.json("staff", "import", workbook(tmp_path / "x.xlsx", rows))
    assert "the link was left empty" in next(
        one["message"] for one in found["problems"] if one["code"] == "assessor-inactive"
    )
    assert agency.json("staff", "show", BUDI)["assessor_nip"] is None


SPANS = ("NIP", "NAMA", "JABATAN", "UNIT KERJA", "PERIODE AWAL", "PERIODE AKHIR")


def test_days_that_end_before_they_begin_are_refused_with_both(agency: Kinerja, tmp_path: Path) -> None:
    rows = [SPANS, (BUDI, "BUDI", "ANALIS", "SEKSI GIZI", "01-06-2025", "31-05-2024")]
    ran = agency("staff", "import", workbook(tmp_path / "x.xlsx", rows), "--format", "json")
    assert ran.code == 3
    (problem,) = [one for one in ran.error["problems"] if one["severity"] == "error"]
    assert (problem["code"], problem["severity"], problem["column"]) == ("span-backwards", "error", "F")
    assert "2025-06-01" in problem["message"]
    assert "2024-05-31" in problem["message"]


def test_somebody_whose_days_have_all_passed_is_kept_and_told(agency: Kinerja, tmp_path: Path) -> None:
    rows = [
        SPANS,
        (BUDI, "BUDI", "ANALIS", "SEKSI GIZI", "01-01-2024", "31-05-2024"),
        (BUDI, "BUDI", "ANALIS", "SEKSI IMUNISASI", "01-06-2024", "31-12-2024"),
        (ANI, "ANI LESTARI", "KEPALA BIDANG", "SEKSI GIZI", "01-01-2024", ""),
    ]
    found = agency.json("staff", "import", workbook(tmp_path / "x.xlsx", rows))
    told = [(one["code"], one["row"], one["value"]) for one in found["problems"] if one["severity"] == "warning"]
    assert told == [("span-ended", 3, "2024-12-31")]
    assert agency.json("staff", "show", BUDI)["unit"] == "SEKSI IMUNISASI"


def test_two_posts_one_after_the_other_in_one_unit_are_one_person(agency: Kinerja, tmp_path: Path) -> None:
    rows = [
        SPANS,
        (BUDI, "BUDI", "ANALIS GIZI", "SEKSI GIZI", "01-01-2024", "31-05-2024"),
        (BUDI, "BUDI", "KEPALA SEKSI", "SEKSI GIZI", "01-06-2024", ""),
    ]
    found = agency.json("staff", "import", workbook(tmp_path / "x.xlsx", rows))
    assert (found["rejected"], found["changed"]) == (0, 1)
    person = agency.json("staff", "show", BUDI)
    assert (person["position"], person["unit"]) == ("KEPALA SEKSI", "SEKSI GIZI")
    assert [(one["until"], one["unit"]) for one in person["placements"]] == [("2024-05-31", "SEKSI GIZI")]


def test_two_posts_at_the_same_time_are_a_conflict(agency: Kinerja, tmp_path: Path) -> None:
    rows = [
        SPANS,
        (BUDI, "BUDI", "ANALIS GIZI", "SEKSI GIZI", "01-01-2024", "31-05-2024"),
        (BUDI, "BUDI", "KEPALA SEKSI", "SEKSI GIZI", "01-03-2024", ""),
        (ANI, "ANI LESTARI", "ANALIS GIZI", "SEKSI GIZI", "01-01-2024", ""),
        (ANI, "ANI LESTARI", "KEPALA SEKSI", "SEKSI GIZI", "01-01-2024", ""),
    ]
    ran = agency("staff", "import", workbook(tmp_path / "x.xlsx", rows), "--format", "json")
    assert ran.code == 3
    assert sorted({one["code"] for one in ran.error["problems"] if one["severity"] == "error"}) == [
        "duplicate-conflict",
        "spans-overlap",
    ]


@pytest.mark.parametrize(
    ("name", "code", "severity"),
    [("123", "name-suspicious", "error"), ("O", "name-unusual", "warning"), ("BUD1", "name-unusual", "warning")],
)
def test_names_that_are_hardly_names_are_told(
    agency: Kinerja, tmp_path: Path, name: str, code: str, severity: str
) -> None:
    ran = agency("staff", "import", workbook(tmp_path / "x.xlsx", [("NIP", "NAMA"), (BUDI, name)]), "--format", "json")
    assert ran.code == (3 if severity == "error" else 0)
    assert [(one["code"], one["severity"]) for one in ran.data["problems"]] == [(code, severity)]
    assert agency.json("staff", "show", BUDI)["name"] == ("BUDI" if severity == "error" else name)


@pytest.mark.parametrize(
    ("written", "name", "shown"),
    [
        ("BUDI SANTOSO SE", "BUDI SANTOSO", "BUDI SANTOSO, SE"),
        ("BUDI SANTOSO, S.E.", "BUDI SANTOSO", "BUDI SANTOSO, S.E."),
        ("R. A. Kartini", "R. A. Kartini", "R. A. Kartini"),
        ("Siti, A.", "Siti, A.", "Siti, A."),
    ],
)
def test_names_are_read_evenly_and_nothing_of_them_is_lost(
    agency: Kinerja, tmp_path: Path, written: str, name: str, shown: str
) -> None:
    agency.json("staff", "import", workbook(tmp_path / "x.xlsx", [("NIP", "NAMA"), (BUDI, written)]))
    person = agency.json("staff", "show", BUDI)
    assert (person["name"], person["display_name"]) == (name, shown)


def test_a_title_that_turns_out_to_be_of_the_name_is_not_doubled(agency: Kinerja, tmp_path: Path) -> None:
    first = [("NIP", "NAMA", "GELAR DEPAN"), (BUDI, "Bambang", "R.")]
    agency.json("staff", "import", workbook(tmp_path / "first.xlsx", first))
    agency.json("staff", "import", workbook(tmp_path / "then.xlsx", [("NIP", "NAMA"), (BUDI, "R. Bambang")]))
    assert agency.json("staff", "show", BUDI)["display_name"] == "R. Bambang"
