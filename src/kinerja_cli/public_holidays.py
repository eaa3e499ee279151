"""The public holidays of Indonesia and the shared leave (cuti bersama) decreed for them, as `holidays` knows them."""

from datetime import date
from functools import lru_cache
from typing import Literal


@lru_cache(maxsize=64)
def public_holidays(year: int) -> dict[date, tuple[Literal["holiday", "shared_leave"], str]]:
    """The kind and name of every holiday of a year; the name is Indonesian, as the decree writes it."""
    from holidays import GOVERNMENT, PUBLIC, country_holidays

    found: dict[date, tuple[Literal["holiday", "shared_leave"], str]] = {}
    for day, name in country_holidays("ID", years=year, categories=(GOVERNMENT,), language="id").items():
        found[day] = ("shared_leave", name)
    for day, name in country_holidays("ID", years=year, categories=(PUBLIC,), language="id").items():
        found[day] = ("holiday", name)
    return found
