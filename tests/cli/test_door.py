"""What comes in through the door, as a user sees it: refused with a sentence, or read whole."""

from pathlib import Path

from tests.builders import Kinerja
from tests.workbooks.made import xlsx

A = "198501152010011001"


def test_an_import_says_which_cells_hold_no_value(kinerja: Kinerja, tmp_path: Path) -> None:
    kinerja("init", "--agency", "Kota Contoh")
    path = xlsx(tmp_path / "a.xlsx", [("NIP", "NAMA"), (A, "=Lain!B2"), ("199002202015022002", "SITI")])
    ran = kinerja("staff", "import", path, "--format", "json")
    assert ran.code == 3
    assert "formula-without-value" in ran.err
    assert "=Lain!B2" in ran.err
    assert kinerja("staff", "import", path, "--accept-valid").code == 7
    assert [person["name"] for person in kinerja.json("staff", "list")] == ["SITI"]
