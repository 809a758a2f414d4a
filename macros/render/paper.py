"""How many pages a template takes on paper, as measured by the print test.

`data/pages.yml` is written by `make pages`, never by hand; the print test holds it to its word.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

Counts = Mapping[str, Mapping[str, Mapping[str, int]]]
"""Pages by language, template and paper."""


def measured(data: Path) -> Counts:
    """The counts that stand beside the data; none where nobody has measured."""
    path = data / "pages.yml"
    counts: Counts = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return counts or {}
