"""`kinerja staff dossier`: everything held about a person, with its trail, also where only the ledger knows them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja


@pytest.fixture
def lived(agency: Kinerja) -> Kinerja:
    """An agency in which something has happened to Budi."""
    agency.json("period", "open", "2026-Q1")
    agency.json("score", "record", BUDI, "2026-Q1", "--hasil", "sesuai", "--perilaku", "sesuai", "--note", "Rajin")
    agency.json("score", "record", BUDI, "2026-Q1", "--hasil", "diatas", "--perilaku", "sesuai")
    words = ("--text", "Cekatan", "--date", "2026-02-03")
    agency.json("feedback", "add", BUDI, "--from", "rekan", "--by", CITRA, *words)
    agency.json("feedback", "add", BUDI, "--from", "pimpinan", "--by", ANI, *words)
    agency.json("feedback", "add", ANI, "--from", "bawahan", "--by", BUDI, *words)
    agency.json("staff", "exclude", BUDI, "--reason", "Tugas belajar", "--from", "2025-01-01", "--until", "2025-03-31")
    agency.json("staff", "set", BUDI, "--rank", "III/b")
    return agency


def test_everything_about_a_person_is_in_it(lived: Kinerja) -> None:
    found = lived.json("staff", "dossier", BUDI)
    assert (found["nip"], found["name"], found["on_roster"]) == (BUDI, "BUDI", True)
    assert found["person"]["rank"] == "III/b"
    assert found["person"]["unit"] == "DINAS KESEHATAN › BIDANG PELAYANAN"
    assert [one["reason"] for one in found["exclusions"]] == ["Tugas belajar"]
    (rating,) = found["appraisals"]
    assert (rating["period_code"], rating["hasil"], rating["predikat"]) == ("2026-Q1", "diatas", "baik")
    assert [one["name"] for one in found["feedback_given"]] == ["ANI LESTARI"]


def test_the_trail_says_which_operation_changed_what_from_what_to_what(lived: Kinerja) -> None:
    found = lived.json("staff", "dossier", BUDI)
    trail = found["trail"]
    ranks = [
        (one["operation"], change["old"], change["new"])
        for one in trail
        for change in one["changes"]
        if change["field"] == "rank" and one["table"] == "staff"
    ]
    assert ranks == [(2, None, "III/a"), (10, "III/a", "III/b")]
    assert {one["kind"] for one in trail} >= {
        "staff.import",
        "period.open",
        "score.record",
        "feedback.add",
        "staff.set",
    }
    assert all(one["actor"] and one["at"].endswith("+07:00") for one in trail)
    mentioned = {(one["kind"], one["table"], one["rows"]) for one in found["mentions"]}
    assert ("feedback.add", "feedback", 1) in mentioned


def test_peers_and_subordinates_who_spoke_are_named_only_on_demand(lived: Kinerja) -> None:
    told = lived("staff", "dossier", BUDI, "--format", "json").out
    assert CITRA not in told
    assert ANI in told
    peer, leader = sorted(json.loads(told)["feedback_received"], key=lambda one: one["giver"], reverse=True)
    assert "giver_nip" not in peer
    assert leader["giver_name"] == "ANI LESTARI"
    assert CITRA in lived("staff", "dossier", BUDI, "--name-givers", "--format", "json").out


def test_who_is_only_in_the_ledger_has_a_dossier_too(lived: Kinerja) -> None:
    stranger = "198001012005011009"
    assert lived("staff", "dossier", stranger).code == 4
    lived.json("staff", "import", lived.folder / "roster.xlsx")
    with closing(sqlite3.connect(lived.db)) as store:
        store.execute("PRAGMA foreign_keys = OFF")
        store.execute("DELETE FROM staff WHERE nip = ?", (CITRA,))
        store.commit()
    found = lived.json("staff", "dossier", CITRA)
    assert (found["on_roster"], found["name"], found["person"]["rank"]) == (False, "CITRA DEWI", "IX")
    assert (
        "not on the roster"
        in lived("staff", "dossier", CITRA, "--format", "table").err
        + lived("staff", "dossier", CITRA, "--format", "table").out
    )


@pytest.mark.parametrize("ending", ["xlsx", "md", "csv", "json"])
def test_it_is_one_file_in_any_form(lived: Kinerja, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"berkas.{ending}"
    assert lived("staff", "dossier", BUDI, "-o", file).code == 0
    if ending == "xlsx":
        page = load_workbook(file).active
        assert page is not None
        text = "\n".join(str(cell.value) for row in page.iter_rows() for cell in row)
    else:
        text = file.read_text(encoding="utf-8")
    assert "Cekatan" in text
    assert "III/b" in text
    assert file.stat().st_mode & 0o077 == 0


def test_a_leader_sees_how_many_rows_name_them(lived: Kinerja) -> None:
    found = lived.json("staff", "dossier", ANI)
    assert [one["unit_code"] for one in found["leads"]] == ["U2"]
    named = {(one["table"], one["field"], one["period"]): one["rows"] for one in found["named_in"]}
    assert named["appraisal", "assessor_nip", "2026-Q1"] == 2
    lived.json("staff", "delegate", HEAD, "--to", ANI, "--until", "2026-12-31")
    assert [one["delegate_nip"] for one in lived.json("staff", "dossier", HEAD)["delegations"]] == [ANI]
