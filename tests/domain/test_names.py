"""Titles are kept apart from names, and nothing of a name is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.names import DOTTED_FRONT_TITLES, FRONT_TITLES, display_name, split_titles


@pytest.mark.parametrize(
    ("text", "front", "name", "back"),
    [
        ("Dr. H. Budi Santoso, S.Pd., M.Si.", "Dr. H.", "Budi Santoso", "S.Pd., M.Si."),
        ("dr. Sari Wulandari, Sp.A", "dr.", "Sari Wulandari", "Sp.A"),
        ("DRS. SUPARDI", "DRS.", "SUPARDI", None),
        ("Drs Supardi", "Drs", "Supardi", None),
        ("Ir.Joko", "Ir.", "Joko", None),
        ("Prof.Dr.Ir. Ahmad, M.Sc", "Prof.Dr.Ir.", "Ahmad", "M.Sc"),
        ("Dr. (H.C.) Ahmad Yani", "Dr. (H.C.)", "Ahmad Yani", None),
        ("K.H. Abdul Halim", "K.H.", "Abdul Halim", None),
        ("R.A. Kartika, S.E.", None, "R.A. Kartika", "S.E."),
        ("R. A. Kartini", None, "R. A. Kartini", None),
        ("Dr. R. Bambang", "Dr.", "R. Bambang", None),
        ("Rd. Ajeng Sri, S.Kom", None, "Rd. Ajeng Sri", "S.Kom"),
        ("BUDI SANTOSO SE", None, "BUDI SANTOSO", "SE"),
        ("BUDI SANTOSO SE MM", None, "BUDI SANTOSO", "SE MM"),
        ("BUDI SANTOSO SE, MM", None, "BUDI SANTOSO", "SE, MM"),
        ("BUDI SANTOSO, SE., MM", None, "BUDI SANTOSO", "SE., MM"),
        ("Budi Santoso S. Pd", None, "Budi Santoso", "S. Pd"),
        ("Budi Santoso S.Pd.M.Pd", None, "Budi Santoso", "S.Pd.M.Pd"),
        ("Budi Santoso, A.Md.Xyz", None, "Budi Santoso", "A.Md.Xyz"),
        ("Budi Santoso, MPH", None, "Budi Santoso", "MPH"),
        ("Budi Santoso, QWE", None, "Budi Santoso", "QWE"),
        ("BUDI SANTOSO, ANI", None, "BUDI SANTOSO, ANI", None),
        ("Siti, A.", None, "Siti, A.", None),
        ("Siti, , S.E.", None, "Siti", "S.E."),
        ("Siti, A.B.", None, "Siti, A.B.", None),
        ("Siti, A., S.Pd.", None, "Siti, A.", "S.Pd."),
        ("Santoso, Budi", None, "Santoso, Budi", None),
        ("LI MA", None, "LI MA", None),
        ("A. SE", None, "A. SE", None),
        ("Ahmad M.Yusuf", None, "Ahmad M.Yusuf", None),
        ("Yohanes Se", None, "Yohanes Se", None),
        ("H.M. Yusuf", "H.", "M. Yusuf", None),
        ("  Siti \u00a0 Aminah ,S.Pd ", None, "Siti Aminah", "S.Pd"),
        ("Suparmi", None, "Suparmi", None),
        ("H Budi", None, "H Budi", None),
        ("Irwan Drajat", None, "Irwan Drajat", None),
        ("Harahap H. Doli", None, "Harahap H. Doli", None),
        ("Budi Santoso S.Pd", None, "Budi Santoso", "S.Pd"),
        ("Budi,", None, "Budi", None),
        (", S.Pd", None, ", S.Pd", None),
        ("Dr. , S.Pd", None, "Dr. , S.Pd", None),
        ("Ir", None, "Ir", None),
        ("", None, "", None),
    ],
)
def test_titles_are_recognised(text: str, front: str | None, name: str, back: str | None) -> None:
    assert split_titles(text) == (front, name, back)


@pytest.mark.parametrize("title", [*FRONT_TITLES, *DOTTED_FRONT_TITLES])
def test_every_known_title_is_recognised_with_its_dot(title: str) -> None:
    assert split_titles(f"{title}. Wulan") == (f"{title}.", "Wulan", None)


def test_names_are_shown_with_the_titles_there_are() -> None:
    assert display_name(None, "Suparmi", None) == "Suparmi"
    assert display_name("Hj.", "Suparmi", None) == "Hj. Suparmi"
    assert display_name(None, "Suparmi", "S.E.") == "Suparmi, S.E."


_PIECES = ["Dr.", "H.", "Ir", "Budi", "BUDI", "r.a.", "R.", ",", "S.Pd", "SE", "S. Pd", "A.", "MM", "Siti", "O", "  "]


@given(st.text() | st.lists(st.sampled_from(_PIECES)).map(" ".join))
def test_no_character_is_lost_but_spaces_and_commas_around_titles(text: str) -> None:
    front, name, back = split_titles(text)
    kept = "".join(f"{front or ''}{name}{back or ''}".split())
    assert kept.replace(",", "") == "".join(text.split()).replace(",", "")
    assert split_titles(display_name(front, name, back))[1] == name or not back
