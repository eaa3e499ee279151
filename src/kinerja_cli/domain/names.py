"""Names of people, titles kept apart, so that a roster sorts by name and a form prints it whole."""

import re
from functools import lru_cache
from typing import Final

from kinerja_cli.domain.text import clean_text

FRONT_TITLES: Final[tuple[str, ...]] = (
    "Prof", "Dr", "drg", "drh", "Drs", "Dra", "Ir", "Hj", "KH", "Apt", "Ns", "Bd", "Tgk",
)  # fmt: skip
"""Titles before a name, religious and academic, known with or without their dot, in any case."""

DOTTED_FRONT_TITLES: Final[tuple[str, ...]] = ("H", "K.H", "R", "Rd", "Rr", "R.A", "H.C")
"""Titles that need their dot, since the bare letters may as well begin a name."""

_WORDS = re.compile(r"[^\W\d_]+")
_FRONT = re.compile(
    "(?:(?:{dotted})\\.|\\(H\\.?C\\.?\\)|(?:{plain})(?:\\.|(?=\\s)))\\s*".format(
        dotted="|".join(map(re.escape, sorted(DOTTED_FRONT_TITLES, key=len, reverse=True))),
        plain="|".join(FRONT_TITLES),
    ),
    re.IGNORECASE,
)


def split_titles(text: str) -> tuple[str | None, str, str | None]:
    """Front titles, name and back titles of a written name.

    Back titles are what follows the first comma. Where nothing would be left of the name, the text is left as
    it is. No letter is ever lost.

    >>> split_titles("Dr. H. Budi Santoso, S.Pd., M.Si.")
    ('Dr. H.', 'Budi Santoso', 'S.Pd., M.Si.')
    >>> split_titles("Suparmi")
    (None, 'Suparmi', None)
    """
    written = " ".join(text.split())
    before, _comma, after = written.partition(",")
    end = 0
    while (title := _FRONT.match(before, end)) is not None:
        end = title.end()
    front, name, back = before[:end].strip(), before[end:].strip(), after.strip()
    if not name:
        return None, written, None
    return front or None, name, back or None


def display_name(front: str | None, name: str, back: str | None) -> str:
    """A name with its titles, as forms print it.

    >>> display_name("Dr. H.", "Budi Santoso", "S.Pd., M.Si.")
    'Dr. H. Budi Santoso, S.Pd., M.Si.'
    """
    whole = f"{front} {name}" if front else name
    return f"{whole}, {back}" if back else whole


@lru_cache(maxsize=4096)
def name_words(name: str) -> frozenset[str]:
    """The words of a name, in any case; initials only where there is nothing else.

    >>> sorted(name_words("M. YUSUF Ali")), sorted(name_words("A"))
    (['ali', 'yusuf'], ['a'])
    """
    words = frozenset(_WORDS.findall(clean_text(name).casefold()))
    return frozenset(word for word in words if len(word) > 1) or words


def same_name(one: str, other: str) -> bool:
    """Whether two names, titles aside, can be one person's: all words of the shorter stand in the longer.

    >>> same_name("Dr. Budi Santoso, M.Si.", "BUDI"), same_name("Budi Santoso", "Budi Hartono")
    (True, False)
    """
    words, others = (name_words(split_titles(name)[1]) for name in (one, other))
    return words <= others or others <= words
