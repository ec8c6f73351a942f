"""The harness asserts like a test: a failure shows both sides."""

import pytest

pytest.register_assert_rewrite("tests.domain.chamber")
