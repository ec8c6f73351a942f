"""Which of our two languages a program's reader asks for."""

from domain.text import Lang

LONGEST_HEADER = 1000  # letters of Accept-Language that are looked at


def preferred(accept_language: str) -> Lang:
    """The language a header asks for first; Chinese where it asks for neither, or for both alike."""
    weights: dict[str, float] = {}
    for part in accept_language[:LONGEST_HEADER].split(","):
        said, _, weight = part.partition(";")
        tag = said.strip().lower().partition("-")[0]
        try:
            asked = float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
        except ValueError:
            continue
        if tag in ("zh", "en", "*") and 0 <= asked <= 1:
            weights[tag] = max(weights.get(tag, 0.0), asked)
    any_other = weights.get("*", 0.0)
    return "en" if weights.get("en", any_other) > weights.get("zh", any_other) else "zh"
