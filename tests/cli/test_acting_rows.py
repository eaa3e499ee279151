"""Rows of rosters that say where somebody acts (Plt., Plh.): an appointment for a time, and never another post."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.builders import ANI, BUDI, CITRA, HEAD, PEOPLE, SIASN, Kinerja, roster, workbook

DINAS, BIDANG = "DINAS KESEHATAN", "BIDANG PELAYANAN"
LIST = ("NIP", "NAMA", "JABATAN", "UNIT KERJA", "IS_PLT_PLH", "TMT JABATAN", "PERIODE AKHIR")
OWN = (ANI, "ANI LESTARI", "KEPALA BIDANG PELAYANAN", BIDANG, 0, "01-03-2022", "")
PLT = (ANI, "ANI LESTARI", "Plt. Kepala Dinas Kesehatan", DINAS, 1, "02-02-2026", "")
VACANT = [row for row in PEOPLE if row[0] != HEAD]


def rows(folder: Path, *people: Sequence[object], headings: Sequence[str] = LIST, name: str = "plt.xlsx") -> Path:
    return workbook(folder / name, [headings, *people])


def acting(kinerja: Kinerja) -> list[tuple[str, str, str, str, str | None]]:
    """Who acts where, as what and on which days."""
    found = kinerja.json("unit", "acting")
    return [(one["unit_code"], one["nip"], one["kind"], one["starts"], one["ends"]) for one in found]


def imported(kinerja: Kinerja, file: Path, *more: str, code: int = 0) -> Any:  # noqa: ANN401 - it is JSON
    ran = kinerja("staff", "import", file, *more, "--format", "json")
    assert ran.code == code, ran.err
    return ran.data


def told(found: Any) -> list[tuple[str, int | None]]:  # noqa: ANN401 - it is JSON
    return [(one["code"], one["row"]) for one in found["problems"] if one["severity"] != "note"]


def person(kinerja: Kinerja, nip: str) -> tuple[str, str]:
    found = kinerja.json("staff", "show", nip)
    return found["unit_code"], found["position"]


@pytest.fixture
def vacant(kinerja: Kinerja) -> Kinerja:
    """The small dinas, nobody at its head."""
    kinerja.begin(VACANT)
    kinerja.json("unit", "set", "U1", "--name", DINAS)
    return kinerja


def test_a_row_marked_as_acting_is_an_appointment_and_no_post(vacant: Kinerja, tmp_path: Path) -> None:
    found = imported(vacant, rows(tmp_path, OWN, PLT))
    appointment = {
        "change": "new",
        "unit_code": "U1",
        "unit": DINAS,
        "nip": ANI,
        "name": "ANI LESTARI",
        "kind": "plt",
        "starts": "2026-02-02",
        "ends": None,
    }
    assert (found["acting"], found["acting_unchanged"], found["moved"]) == ([appointment], 0, [])
    assert (found["rows"], found["rejected"], told(found)) == (2, 0, [])
    assert acting(vacant) == [("U1", ANI, "plt", "2026-02-02", None)]
    assert person(vacant, ANI) == ("U2", "KEPALA BIDANG PELAYANAN")


def test_who_rates_changes_from_the_first_day_on_and_as_explain_says(kinerja: Kinerja, tmp_path: Path) -> None:
    kinerja.begin()
    imported(kinerja, rows(tmp_path, (BUDI, "BUDI", "Plh. Kepala Bidang Pelayanan", BIDANG, 1, "02-02-2026", "")))
    days = [kinerja.json("explain", CITRA, "--on", day) for day in ("2026-02-01", "2026-02-02")]
    assert [(one["assessor_nip"], one["rule"]) for one in days] == [(ANI, "unit"), (BUDI, "acting")]
    assert acting(kinerja) == [("U2", BUDI, "plh", "2026-02-02", None)]


def test_the_same_file_again_changes_nothing(vacant: Kinerja, tmp_path: Path) -> None:
    file = rows(tmp_path, OWN, PLT, (CITRA, "CITRA DEWI", "Plh. Kepala Bidang Pelayanan", BIDANG, 1, "", ""))
    first = imported(vacant, file)
    before = vacant.snapshot()
    again = imported(vacant, file)
    assert (first["operation"] is None, again["operation"], again["acting"], again["acting_unchanged"]) == (
        False,
        None,
        [],
        2,
    )
    assert vacant.snapshot() == before


def test_a_dry_run_shows_it_and_an_undo_takes_it_back(vacant: Kinerja, tmp_path: Path) -> None:
    file = rows(tmp_path, OWN, PLT)
    dry = imported(vacant, file, "--dry-run")
    assert ([one["change"] for one in dry["acting"]], acting(vacant)) == (["new"], [])
    shown = vacant("staff", "import", file, "--dry-run", "--format", "table").out
    assert f"Acting: Plt. ANI LESTARI ({ANI}) for DINAS KESEHATAN, since 2026-02-02" in " ".join(shown.split())
    done = imported(vacant, file)
    newest = vacant.json("history")[0]
    assert (newest["operation"], "1 acting appointments" in newest["summary"]) == (done["operation"], True)
    vacant.json("undo", str(done["operation"]), "--yes")
    assert acting(vacant) == []


def test_an_undo_gives_back_the_days_and_the_official_before(vacant: Kinerja, tmp_path: Path) -> None:
    imported(vacant, rows(tmp_path, PLT))
    other = (BUDI, "BUDI", "Plt. Kepala Dinas", DINAS, 1, "01-04-2026", "")
    earlier = (*PLT[:5], "05-01-2026", "")
    done = imported(vacant, rows(tmp_path, earlier))
    vacant.json("undo", str(done["operation"]), "--yes")
    assert acting(vacant) == [("U1", ANI, "plt", "2026-02-02", None)]
    done = imported(vacant, rows(tmp_path, other))
    vacant.json("undo", str(done["operation"]), "--yes")
    assert acting(vacant) == [("U1", ANI, "plt", "2026-02-02", None)]


def test_what_a_later_file_says_dates_or_ends_it_and_silence_ends_nothing(vacant: Kinerja, tmp_path: Path) -> None:
    imported(vacant, rows(tmp_path, OWN, PLT))
    imported(vacant, roster(tmp_path / "whole.xlsx", VACANT))
    earlier = imported(vacant, rows(tmp_path, (*PLT[:5], "05-01-2026", "")))
    assert [(one["change"], one["starts"]) for one in earlier["acting"]] == [("changed", "2026-01-05")]
    longer = imported(vacant, rows(tmp_path, PLT))
    assert (longer["operation"], longer["acting_unchanged"]) == (None, 1)
    ended = imported(vacant, rows(tmp_path, (*PLT[:5], "05-01-2026", "31-03-2026")))
    assert [(one["change"], one["ends"]) for one in ended["acting"]] == [("changed", "2026-03-31")]
    assert acting(vacant) == [("U1", ANI, "plt", "2026-01-05", "2026-03-31")]


def test_who_follows_ends_the_appointment_before(vacant: Kinerja, tmp_path: Path) -> None:
    imported(vacant, rows(tmp_path, PLT))
    found = imported(vacant, rows(tmp_path, (BUDI, "BUDI", "Plt. Kepala Dinas", DINAS, "Plt", "01-04-2026", "")))
    assert [(one["change"], one["nip"], one["ends"]) for one in found["acting"]] == [
        ("new", BUDI, None),
        ("ended", ANI, "2026-03-31"),
    ]
    assert told(found) == []
    earlier = (CITRA, "CITRA DEWI", "Plt. Kepala Dinas", DINAS, 1, "01-03-2026", "")
    refused = imported(vacant, rows(tmp_path, earlier), code=3)
    assert (told(refused), refused["rejected"]) == ([("acting-overlaps", 2)], 1)


def test_what_holds_by_command_with_a_last_day_is_not_overruled(vacant: Kinerja, tmp_path: Path) -> None:
    days = ("--from", "2026-01-05", "--until", "2099-12-31")
    vacant.json("unit", "acting", "U1", "--nip", BUDI, "--kind", "plh", *days)
    refused = imported(vacant, rows(tmp_path, PLT), code=3)
    assert told(refused) == [("acting-overlaps", 2)]
    assert acting(vacant) == [("U1", BUDI, "plh", "2026-01-05", "2099-12-31")]


@pytest.mark.parametrize(
    ("row", "problem", "code"),
    [
        (("199001012015031001", "DODI", *PLT[2:]), "acting-without-post", 3),
        ((ANI, "ANI LESTARINI", *PLT[2:]), "acting-name", 3),
        ((*PLT[:2], "Plt. Kepala Bidang Mutasi", *PLT[3:]), "acting-not-head", 0),
        ((*PLT[:2], "Plt. Kepala", "DINAS SOSIAL", *PLT[4:]), "acting-unit-unknown", 0),
        ((*PLT[:5], "", "31-03-2020"), "span-backwards", 3),
    ],
)
def test_what_cannot_be_an_appointment_is_told_and_leaves_everything_as_it_is(
    vacant: Kinerja, tmp_path: Path, row: Sequence[object], problem: str, code: int
) -> None:
    found = imported(vacant, rows(tmp_path, row), code=code)
    assert (told(found), acting(vacant)) == ([(problem, 2)], [])


def test_a_person_who_only_stands_as_acting_is_not_lost(vacant: Kinerja, tmp_path: Path) -> None:
    dodi = ("199001012015031001", "DODI", "Plt. Kepala Dinas Kesehatan", DINAS)
    file = rows(tmp_path, dodi, headings=LIST[:4])
    found = imported(vacant, file)
    assert (told(found), found["added"], acting(vacant)) == ([("acting-only-post", 2)], 1, [])
    again = imported(vacant, file)
    assert (told(again), again["operation"]) == ([("acting-only-post", 2)], None)
    own = imported(vacant, rows(tmp_path, (*dodi[:2], "KEPALA BIDANG PELAYANAN", BIDANG), dodi, headings=LIST[:4]))
    assert [(one["new"], one["nip"]) for one in own["moved"]] == [("U2", dodi[0])]
    assert [one["change"] for one in own["acting"]] == ["new"]


def test_who_is_known_keeps_their_post_where_the_list_says_it_in_the_position_alone(
    vacant: Kinerja, tmp_path: Path
) -> None:
    row = (ANI, "ANI LESTARI", "PELAKSANA TUGAS KEPALA DINAS", DINAS)
    found = imported(vacant, rows(tmp_path, row, headings=LIST[:4]))
    assert (told(found), [one["kind"] for one in found["acting"]]) == ([], ["plt"])
    assert person(vacant, ANI) == ("U2", "KEPALA BIDANG PELAYANAN")


@pytest.mark.parametrize(
    ("mark", "position", "kinds", "problems"),
    [
        ("Plh.", "Kepala Dinas Kesehatan", ["plh"], []),
        ("Ya", "Kepala Dinas Kesehatan", ["plt"], []),
        (2, "Plh Kepala Dinas Kesehatan", ["plh"], []),
        ("", "Plh Kepala Dinas Kesehatan", ["plh"], []),
        ("Penjabat", "", ["plt"], []),
        ("SK Bupati", "KEPALA BIDANG PELAYANAN", [], ["acting-mark-unknown"]),
        ("Definitif", "KEPALA BIDANG PELAYANAN", [], []),
    ],
)
def test_the_column_says_it_in_many_spellings(
    vacant: Kinerja, tmp_path: Path, mark: object, position: str, kinds: list[str], problems: list[str]
) -> None:
    unit = DINAS if kinds else BIDANG
    found = imported(vacant, rows(tmp_path, (ANI, "ANI LESTARI", position, unit, mark), headings=LIST[:5]))
    assert [one["kind"] for one in found["acting"]] == kinds
    assert [one["code"] for one in found["problems"]] == problems


def test_rows_that_disagree_are_both_refused(vacant: Kinerja, tmp_path: Path) -> None:
    other = (BUDI, "BUDI", "Plh. Kepala Dinas", DINAS, 1, "02-03-2026", "")
    file = rows(tmp_path, OWN, PLT, PLT, other)
    refused = imported(vacant, file, code=3)
    assert (told(refused), refused["rejected"]) == ([("acting-conflict", 3), ("acting-conflict", 5)], 2)
    taken = imported(vacant, file, "--accept-valid", code=7)
    assert (taken["acting"], acting(vacant)) == ([], [])


def test_a_post_that_names_its_unit_is_that_units(vacant: Kinerja, tmp_path: Path) -> None:
    row = (CITRA, "CITRA DEWI", "Plt. Kepala Bidang Pelayanan", DINAS, "Plt", "02-02-2026", "")
    imported(vacant, rows(tmp_path, row))
    assert acting(vacant) == [("U2", CITRA, "plt", "2026-02-02", None)]


def test_who_is_not_in_service_acts_nowhere(vacant: Kinerja, tmp_path: Path) -> None:
    vacant.json("staff", "set", ANI, "--status", "retired", "--since", "2026-01-05")
    found = imported(vacant, rows(tmp_path, PLT))
    assert (told(found), found["acting_unused"]) == ([("still-away", 2), ("acting-away", 2)], 1)
    assert acting(vacant) == []


def test_rank_and_standing_count_also_where_the_only_row_is_one_of_acting(vacant: Kinerja, tmp_path: Path) -> None:
    headings = (*LIST[:4], "GOLONGAN", "KEDUDUKAN HUKUM")
    row = (ANI, "ANI LESTARI", "Plt. Kepala Dinas", DINAS, "III/d", "Aktif")
    found = imported(vacant, rows(tmp_path, row, headings=headings))
    assert [(one["field"], one["new"]) for one in found["changes"]] == [("rank", "III/d")]
    assert (told(found), person(vacant, ANI)) == ([], ("U2", "KEPALA BIDANG PELAYANAN"))
    gone = imported(vacant, rows(tmp_path, (*row[:5], "Pensiun"), headings=headings))
    assert ([one["nip"] for one in gone["departed"]], told(gone)) == ([ANI], [("acting-away", 2)])
    other = (ANI, "ANI LESTARI", "Plt. Kepala Bidang Pelayanan", BIDANG, "IV/a", "Aktif")
    refused = imported(vacant, rows(tmp_path, row, other, headings=headings), code=3)
    assert told(refused) == [("duplicate-conflict", 2), ("duplicate-conflict", 3)]
    assert refused["rejected"] == 2


def test_nobody_comes_to_appraise_themself(vacant: Kinerja, tmp_path: Path) -> None:
    dodi = ("199001012015031001", "DODI")
    imported(vacant, rows(tmp_path, (*dodi, "PENGAWAS", BIDANG), headings=LIST[:4]))
    vacant.json("staff", "set", dodi[0], "--assessor", CITRA)
    vacant.json("staff", "set", CITRA, "--assessor", BUDI)
    circle = (*dodi, "Plt. Kepala Bidang Pelayanan", BIDANG, "Plt", "02-02-2026", "")
    refused = imported(vacant, rows(tmp_path, PLT, circle), code=3)
    assert (told(refused), acting(vacant)) == ([("acting-circle", 3)], [])
    taken = imported(vacant, rows(tmp_path, PLT, circle), "--accept-valid", code=7)
    assert [one["nip"] for one in taken["acting"]] == [ANI]


def test_a_plt_beside_a_head_is_told(kinerja: Kinerja, tmp_path: Path) -> None:
    kinerja.begin(VACANT)
    kinerja.json("unit", "set", "U1", "--name", DINAS)
    imported(kinerja, rows(tmp_path, PLT))
    found = imported(kinerja, roster(tmp_path / "whole.xlsx"))
    assert told(found) == [("acting-beside-head", None)]
    assert "--end DATE" in kinerja("staff", "import", rows(tmp_path, PLT)).err
    assert told(imported(kinerja, roster(tmp_path / "whole.xlsx"))) == []


def test_an_open_period_follows(vacant: Kinerja, tmp_path: Path) -> None:
    vacant.json("unit", "set", "U2", "--parent", "U1")
    vacant.json("period", "open", "2026-Q1")
    assert vacant.json("explain", ANI, "2026-Q1")["assessor_nip"] is None
    row = (CITRA, "CITRA DEWI", "Plt. Kepala Dinas", DINAS, 1, "02-02-2026", "")
    imported(vacant, rows(tmp_path, row))
    found = vacant.json("explain", ANI, "2026-Q1")
    assert (found["assessor_nip"], found["assessor_rule"]) == (CITRA, "acting")


def test_the_marked_copy_takes_a_row_marked_as_acting_for_good(vacant: Kinerja, tmp_path: Path) -> None:
    bad = (BUDI, "BUDI", "Plt. Kepala Bidang Mutasi", DINAS, 1, "", "")
    copy = tmp_path / "copy.xlsx"
    imported(vacant, rows(tmp_path, OWN, PLT, bad), "--problems", str(copy), "--dry-run")
    page: Any = load_workbook(copy)["Sheet1"]
    marks = [str(page.cell(row, 1).value) for row in (2, 3, 4)]
    assert marks[:2] == ["diterima", "diterima"]
    assert "Plt. Kepala Bidang Mutasi" in marks[2]


def test_a_siasn_export_has_the_mark_too(kinerja: Kinerja, tmp_path: Path) -> None:
    kinerja.begin()
    row = list(PEOPLE[1])
    row[5:10] = ["Plh. KEPALA DINAS KESEHATAN", "II.b", "U1", DINAS, ""]
    found = imported(kinerja, roster(tmp_path / "siasn.xlsx", [*PEOPLE, row], headings=SIASN))
    assert [(one["unit_code"], one["kind"]) for one in found["acting"]] == [("U1", "plh")]
    assert (found["moved"], found["changed"]) == ([], 0)
