"""Help pages speak one language: what Typer writes of its own goes through the catalogue as well."""

import pytest

from tests.builders import Kinerja


@pytest.mark.parametrize("words", [[], ["staff"], ["staff", "set"]])
def test_what_typer_says_itself_goes_through_the_catalogue_too(
    kinerja: Kinerja, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setattr("kinerja_cli.cli.help_words._", str.upper)
    told = " ".join(kinerja(*words, "--help").out.split())
    assert "USAGE: kinerja" in told
    assert "SHOW THIS MESSAGE AND EXIT." in told
    assert ("INSTALL COMPLETION FOR" in told) is (not words)
