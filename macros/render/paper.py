"""How many pages a template takes on paper, as measured by the print test.

`data/pages.yml` is written by `make pages`, never by hand; the print test holds it to its word.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

MEASURED = Path(__file__).parents[2] / "data" / "pages.yml"

Counts = dict[str, dict[str, dict[str, int]]]
"""Pages by language, template and paper."""


@cache
def _measured() -> Counts:
    if not MEASURED.exists():
        return {}
    counts: Counts = yaml.safe_load(MEASURED.read_text(encoding="utf-8")) or {}
    return counts


def pages_of(template: str, language: str, paper: str) -> int | None:
    """Printed pages of a template on `A4` or `Letter`; None where nobody has measured it."""
    return _measured().get(language, {}).get(template, {}).get(paper)
