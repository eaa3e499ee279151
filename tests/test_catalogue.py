"""Both languages are whole: every sentence gathered, translated, compiled, and able to take its facts."""

import gettext
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tools import messages

RUN_IT = "run `make messages`, translate what it lists, run it again"


def sentences(message: Message) -> Iterator[tuple[str, str]]:
    """Each source sentence beside each translation that may stand in its place."""
    sources = message.id if isinstance(message.id, tuple) else (message.id,)
    translations = message.string if isinstance(message.string, tuple) else (message.string,)
    for translation in translations:
        yield str(sources[-1]), str(translation)


PAIRS = [pair for message in messages.read_indonesian() if message.id for pair in sentences(message) if pair[1]]


def placeholders(sentence: str) -> Counter[str]:
    """The `{names}` of a sentence, with how they are converted and formatted."""
    found: Counter[str] = Counter()
    for _text, name, form, conversion in string.Formatter().parse(sentence):
        if name is not None:
            found[f"{name}!{conversion}:{form}"] += 1
    return found


def test_the_catalogues_are_what_the_sources_say() -> None:
    assert [path.name for path in messages.stale()] == [], RUN_IT


def test_every_sentence_is_translated() -> None:
    assert messages.untranslated(messages.read_indonesian()) == [], RUN_IT


def test_no_translation_is_a_guess() -> None:
    assert [message.id for message in messages.read_indonesian() if message.id and message.fuzzy] == []


def test_a_translation_takes_the_same_facts() -> None:
    wrong = [(source, said) for source, said in PAIRS if placeholders(source) != placeholders(said)]

    assert wrong == []


def test_a_translation_begins_and_ends_as_its_source() -> None:
    def edges(sentence: str) -> tuple[bool, bool, str]:
        last = sentence.rstrip()[-1:]
        return sentence[:1].isspace(), sentence[-1:].isspace(), last if last in ".:;!?…" else ""

    assert [(source, said) for source, said in PAIRS if edges(source) != edges(said)] == []


def test_indonesian_has_one_form_for_any_number() -> None:
    translations = spoken(messages.COMPILED)

    assert translations.info()["plural-forms"] == "nplurals=1; plural=0;"


def test_the_compiled_catalogue_says_what_the_written_one_says() -> None:
    translations = spoken(messages.COMPILED)
    singular = [
        (str(message.id), message.string)
        for message in messages.read_indonesian()
        if message.id and not message.context and not isinstance(message.id, tuple)
    ]

    assert singular
    assert [pair for pair in singular if translations.gettext(pair[0]) != (pair[1] or pair[0])] == []


@pytest.mark.parametrize("said", ["Options", "required", "Missing command."])
def test_the_words_of_typer_are_ours_to_translate(said: str) -> None:
    assert spoken(messages.COMPILED).gettext(said) != said


def spoken(compiled: Path) -> gettext.GNUTranslations:
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)
