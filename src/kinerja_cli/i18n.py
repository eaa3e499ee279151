"""Choose the language before anything that speaks is imported.

Every sentence of the program goes through the standard library's `gettext`; this module points that at
our catalogue and says which language it speaks. Typer takes its own few words from the same catalogue.
"""

import gettext
import locale
import os
from collections.abc import Mapping
from pathlib import Path

LANGUAGES = ("en", "id")
"""The languages spoken: the source is English, Bahasa Indonesia is complete."""

_DOMAIN = "kinerja"
_LOCALE_DIR = Path(__file__).parent / "locale"


def choose_language(wanted: str | None, environ: Mapping[str, str]) -> str:
    """The language to speak: the one asked for, else `KINERJA_LANG`, else the system's locale.

    A language we do not speak falls back to English, so that a foreign locale never stops a command.
    """
    asked = wanted or environ.get("KINERJA_LANG")
    if not asked:
        names = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
        asked = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    spoken = asked.strip().lower()
    return "id" if spoken == "id" or spoken.startswith(("id_", "id-", "id.", "indonesia")) else "en"


def activate(language: str) -> None:
    """Make `gettext` speak one language for the rest of this process.

    `gettext` looks its language up in the environment, hence the variable: setting it also lets Typer's
    own words follow.
    """
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(_DOMAIN, str(_LOCALE_DIR))
    gettext.textdomain(_DOMAIN)
