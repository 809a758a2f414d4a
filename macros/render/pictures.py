"""Where things stand in the pictures that are drawn from data, in the pictures' own units.

A picture is 360 units wide, as wide as a phone, so that its words can be read there; on paper and on
a desk it stands in a column. Its words are wrapped here, since SVG does not wrap.
"""

from __future__ import annotations

import textwrap
from typing import Any

from macros.program import schedule
from macros.program.evidence import EvidenceMap, History
from macros.program.loading import Programme

LINE = 19
"""Units from one line of words to the next."""
GAP = 14
"""Units between one entry and the next."""


def history(picture: History) -> dict[str, Any]:
    """Events down a line, each with its year and its label in lines."""
    return _stacked(
        [{"year": one.year, "lines": textwrap.wrap(one.label, 34)} for one in picture.events], least=1
    )


def evidence(picture: EvidenceMap) -> dict[str, Any]:
    """Outcomes one below the other, each with its strength and its sentence in lines."""
    rows = [{"row": one, "lines": ["", *textwrap.wrap(one.says, 44)]} for one in picture.rows]
    return _stacked(rows, least=2)


def meetings(programme: Programme) -> dict[str, Any]:
    """The meetings of a pair, one below the other, each with its title in lines."""
    names = schedule.meetings(programme)
    return _stacked([{"lines": textwrap.wrap(programme.sessions[one].title, 32)} for one in names], least=2)


def _stacked(entries: list[dict[str, Any]], least: int) -> dict[str, Any]:
    at = GAP
    for entry in entries:
        entry["y"] = at
        at += max(len(entry["lines"]), least) * LINE + GAP
    return {"entries": entries, "height": at}
