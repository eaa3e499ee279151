"""The one period that sheets of ratings name, or why there is none."""

from collections.abc import Iterable, Mapping
from gettext import gettext as _

from kinerja_cli.errors import Exit, KinerjaError

_NAMED = 10


class PeriodMissing(KinerjaError):
    """Neither the command nor any sheet says which period the ratings are of."""

    code = "period-missing"
    exit = Exit.USAGE

    def __init__(self, files: Iterable[str]) -> None:
        super().__init__(
            _("No period stands in {files}.").format(files=", ".join(files)),
            _("Say it with --period, for example --period 2026-Q1."),
        )


class PeriodsDiffer(KinerjaError):
    """The sheets given at once are of several periods."""

    code = "periods-differ"
    exit = Exit.REJECTED

    def __init__(self, sheets: Mapping[str, list[str]]) -> None:
        named = "; ".join(f"{period}: {', '.join(where)}" for period, where in sorted(sheets.items()))
        super().__init__(
            _("The sheets are of several periods: {sheets}.").format(sheets=named),
            _("Give the files of each period by themselves; nothing was saved."),
        )


def common_period(sheets: Iterable[tuple[str | None, str, str]]) -> str:
    """The code that all sheets name, given as period, file and sheet. Raises PeriodMissing and PeriodsDiffer."""
    named: dict[str, list[str]] = {}
    files: dict[str, None] = {}
    for period, file, sheet in sheets:
        files[file] = None
        if period is not None:
            named.setdefault(period, []).append(f"{file} ({sheet})")
    if not named:
        raise PeriodMissing(files)
    if len(named) > 1:
        raise PeriodsDiffer({code: _shortened(where) for code, where in named.items()})
    return next(iter(named))


def _shortened(names: list[str]) -> list[str]:
    """The first few names of a long list."""
    return names if len(names) <= _NAMED else [*names[:_NAMED], "…"]
