"""The law as it is on file, asked the way the deciding code asks it."""

from collections.abc import Callable
from datetime import date

import pytest

from domain.law import Law, LawBook
from yishi.law import load

Asking = Callable[..., Law]


@pytest.fixture(scope="session")
def book() -> LawBook:
    return load()


@pytest.fixture(scope="session")
def law(book: LawBook) -> Asking:
    """`law("2024-01-10", "zhejiang-township")` is the law of that day there."""

    def ask(day: str, profile: str = "national-township", kind: str = "year_start") -> Law:
        return book.on(date.fromisoformat(day), profile.rsplit("-", 1)[-1], kind, profile)

    return ask
