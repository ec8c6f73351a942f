"""The receiver on the page is the one that is run."""

import re

from tests.engine.house import ROOT


def test_the_page_shows_the_receiver_as_it_is_run() -> None:
    page = (ROOT / "docs" / "events-out.md").read_text(encoding="utf-8")
    shown = re.search(r"```python receiver\n(.*?)```", page, re.DOTALL)
    assert shown is not None
    assert shown[1] == (ROOT / "examples" / "webhook" / "receiver.py").read_text(encoding="utf-8")
