"""The catalogues: gather every sentence for a user, bring the translations up to date, compile them.

Run with `make messages` after a sentence was added or changed, then fill the empty `msgstr` in
`locale/id/LC_MESSAGES/kinerja.po` and run it again. The tests ask `stale()` whether that was forgotten.
"""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import typer
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "src" / "kinerja_cli" / "locale"
TEMPLATE = LOCALE / "kinerja.pot"
INDONESIAN = LOCALE / "id" / "LC_MESSAGES" / "kinerja.po"
COMPILED = INDONESIAN.with_suffix(".mo")

# Typer takes "Options", "required" and its few other words from whatever catalogue is active: ours.
SOURCES = (ROOT / "src" / "kinerja_cli", Path(typer.__file__).parent)
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None}

# Written by hand: Babel would add dates and addresses, and its own plural rule for Indonesian is wrong.
HEADER = """\
# {title}
msgid ""
msgstr ""
{language}"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
TEMPLATE_HEADER = HEADER.format(title="The sentences of kinerja, for translators.", language="")
INDONESIAN_HEADER = HEADER.format(
    title="Kalimat kinerja dalam Bahasa Indonesia.",
    language='"Language: id\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n',
)
# A compiled catalogue changes when a sentence does, not whenever this is run.
STAMP = datetime(2026, 1, 1, tzinfo=UTC)


def extract() -> Catalog:
    """Every sentence the sources mark for translation."""
    catalog = Catalog(creation_date=STAMP, revision_date=STAMP, fuzzy=False)
    for source in SOURCES:
        found = extract_from_dir(source, [("**.py", "python")], keywords=KEYWORDS)
        for _file, _line, message, comments, context in found:
            catalog.add(message, auto_comments=comments, context=context)
    return catalog


def read_indonesian() -> Catalog:
    """The Indonesian catalogue as it lies in the repository."""
    with INDONESIAN.open("rb") as file:
        catalog = read_po(file, locale="id", domain="kinerja", abort_invalid=True)
    catalog.creation_date = catalog.revision_date = STAMP
    return catalog


def rebuild() -> dict[Path, bytes]:
    """What the three catalogue files should hold, going by the sources and the translations there are."""
    template = extract()
    indonesian = read_indonesian()
    # A guessed translation is worse than a missing one: nobody looks for it.
    indonesian.update(template, no_fuzzy_matching=True)
    return {
        TEMPLATE: _text(template, TEMPLATE_HEADER),
        INDONESIAN: _text(indonesian, INDONESIAN_HEADER),
        COMPILED: _compiled(indonesian),
    }


def stale() -> list[Path]:
    """The catalogue files that `make messages` would change."""
    return [path for path, content in rebuild().items() if not path.exists() or path.read_bytes() != content]


def untranslated(catalog: Catalog) -> list[str]:
    """The sentences of a catalogue that have no translation yet."""
    return [
        str(message.id)
        for message in catalog
        if message.id and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]


def _text(catalog: Catalog, header: str) -> bytes:
    buffer = BytesIO()
    write_po(
        buffer,
        catalog,
        width=110,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    return header.encode() + buffer.getvalue()


def _compiled(catalog: Catalog) -> bytes:
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def main() -> None:
    """Write the catalogues and say what is still to translate."""
    for path, content in rebuild().items():
        path.write_bytes(content)
    missing = untranslated(read_indonesian())
    for sentence in missing:
        print(sentence)
    print(f"{len(missing)} to translate in {INDONESIAN.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
