"""For all tests."""

import pytest

pytest.register_assert_rewrite("tests.domain.chamber")  # it asserts like a test: a failure shows both sides


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A long run has no deadline for the whole of it, however it is called: what it waits for has."""
    for item in items:
        if item.get_closest_marker("soak") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(0))
