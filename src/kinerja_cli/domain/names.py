"""Names of people, titles kept apart, so that a roster sorts by name and a form prints it whole."""

import re
from functools import lru_cache
from typing import Final

from kinerja_cli.domain.text import clean_text

FRONT_TITLES: Final[tuple[str, ...]] = (
    "Prof", "Dr", "drg", "drh", "Drs", "Dra", "Ir", "Hj", "KH", "Apt", "Ns", "Bd", "Tgk",
)  # fmt: skip
"""Titles before a name, religious and academic, known with or without their dot, in any case."""

DOTTED_FRONT_TITLES: Final[tuple[str, ...]] = ("H", "K.H", "H.C")
"""Titles that need their dot, since the bare letters may as well begin a name. R., R.A. and Rd. are no titles: who
is of noble birth has them in the name."""

BACK_TITLES: Final[tuple[str, ...]] = (
    *("A.Ma", "A.Ma.Pd", "A.Md", "A.Md.Kep", "A.Md.Keb", "A.Md.Kom", "A.Md.Far", "A.Md.Gz", "A.Md.AK", "A.Md.Farm"),
    *("S.Ag", "S.Ak", "S.AP", "S.Ars", "S.E", "S.Farm", "S.Gz", "S.H", "S.H.I", "S.Hum", "S.Hut", "S.IP", "S.Keb"),
    *("S.Ked", "S.Kep", "S.K.G", "S.Kes", "S.K.H", "S.K.M", "S.Kom", "S.Mat", "S.P", "S.Pd", "S.Pd.I", "S.Pd.SD"),
    *("S.Pi", "S.Psi", "S.Pt", "S.S", "S.Si", "S.Si.T", "S.Sn", "S.Sos", "S.Sos.I", "S.S.T", "S.ST.Pi", "S.STP", "S.T"),
    *("S.T.P", "S.TP", "S.Th", "S.Tr", "S.Tr.Keb", "S.Tr.Kep", "S.Tr.IP", "S.I.Kom", "S.E.I", "S.Pd.K", "S.Pd.AUD"),
    *("M.Ag", "M.Ak", "M.AP", "M.Eng", "M.Farm", "M.H", "M.H.I", "M.Hum", "M.IP", "M.Keb", "M.Kep", "M.Kes", "M.K.M"),
    *("M.Kn", "M.Kom", "M.M", "M.P", "M.Pd", "M.Pd.I", "M.P.H", "M.Psi", "M.S", "M.Sc", "M.Si", "M.Sn", "M.Sos"),
    *("M.T", "M.Th", "M.Tr", "M.Tr.IP", "M.I.Kom", "M.E", "M.E.I", "M.Ec.Dev", "M.BA", "M.A", "M.Ap", "B.A", "B.E"),
    *("B.Sc", "Ph.D", "Ak", "Apt", "Ners", "Ns", "C.A", "Sp.A", "Sp.B", "Sp.KK", "Sp.M", "Sp.OG", "Sp.PD", "Sp.PK"),
    *("Psikolog", "Apoteker"),
)
"""Titles behind a name, known with and without their dots. Behind a comma others are known by their shape too."""

_LIKE_NAMES: Final = frozenset({"AK", "BA", "BE", "CA", "MA", "MAK", "ME", "MS", "NERS", "NS", "APT", "SS"})
"""Of the titles those whose bare letters may as well end a name; they need a comma or a dot before them."""

_BACK = frozenset(title.replace(".", "").upper() for title in BACK_TITLES)
_BY_SHAPE = re.compile(r"[^\W\d_]{1,4}(?:\.[^\W\d_]{1,4})+\.?|[^\W\d_]{2,5}\.")
_INITIAL = re.compile(r"[^\W\d_]\.")
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

    Back titles are what looks like them behind a comma, and the words at the end that are known to be ones, with
    their dots or all in capitals. What is not certain stays with the name, and no letter is ever lost.

    >>> split_titles("Dr. H. Budi Santoso, S.Pd., M.Si.")
    ('Dr. H.', 'Budi Santoso', 'S.Pd., M.Si.')
    >>> split_titles("BUDI SANTOSO SE"), split_titles("R. A. Kartini"), split_titles("Siti, A.")
    ((None, 'BUDI SANTOSO', 'SE'), (None, 'R. A. Kartini', None), (None, 'Siti, A.', None))
    """
    written = " ".join(text.split())
    named, back = _split_at_comma(written)
    end = 0
    while (title := _FRONT.match(named, end)) is not None and "," not in title[0]:
        end = title.end()
    front, words = named[:end].strip(), named[end:].split()
    size = _without_titles(words)
    name, bare = " ".join(words[:size]), " ".join(words[size:])
    name = name.rstrip(",") if bare else name
    if not name:
        return None, written, None
    return front or None, name, ", ".join(filter(None, (bare, back))) or None


def _split_at_comma(written: str) -> tuple[str, str]:
    """A name at the first comma that titles follow; without any the whole of it."""
    named, *others = written.split(",")
    if others == [""]:
        return named.rstrip(), ""
    for at, piece in enumerate(others):
        before = ",".join([named, *others[:at]])
        if _is_title(piece.strip(), capitals=not before.isupper()):
            return before.strip().rstrip(" ,"), ",".join(others[at:]).strip()
    return written, ""


def _is_title(piece: str, *, capitals: bool) -> bool:
    """Whether what follows a comma is a title: a known one, or one by its shape.

    Initials of single letters are none; `capitals` says that capitals alone make a difference in this name.
    """
    words = piece.split()
    if not words:
        return False
    if any(_is_known(".".join(words[:count])) for count in (1, 2, 3)):
        return True
    if _BY_SHAPE.fullmatch(words[0]) and any(len(part) > 1 for part in _WORDS.findall(words[0])):
        return True
    return capitals and words[0].isupper() and 2 <= len(words[0]) <= 6 and words[0].isalpha()


def _is_known(word: str) -> bool:
    """Whether a word is made of known titles alone, such as S.Pd.M.Pd."""
    parts = [part.upper() for part in word.split(".") if part]
    known = [True, *[False] * len(parts)]
    for end in range(1, len(parts) + 1):
        known[end] = any(known[start] and "".join(parts[start:end]) in _BACK for start in range(end))
    return bool(parts) and known[-1]


def _without_titles(words: list[str]) -> int:
    """How many of the words of a name are left without the titles at its end; always one that is no initial."""
    size = len(words)
    while size > 1:
        last, before = words[size - 1], words[size - 2]
        dotted, capitals = "." in last.rstrip("."), sum(map(str.isupper, last)) > 1
        bare = last.strip(".").replace(".", "").upper()
        step = 1 if _is_known(last) and (dotted or (capitals and bare not in _LIKE_NAMES)) else 0
        if not step and _INITIAL.fullmatch(before) and len(last.strip(".")) > 1 and _is_known(f"{before}.{last}"):
            step = 2
        if not step or not any(len(part) > 1 for word in words[: size - step] for part in _WORDS.findall(word)):
            break
        size -= step
    return size


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
