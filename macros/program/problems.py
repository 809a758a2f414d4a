"""What is wrong with the data, where, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One mistake. Lines and columns count from 1, as editors count them."""

    path: str
    line: int
    column: int
    id: str
    field: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f" {self.field}:" if self.field else ""
        text = printable(f"{self.path}:{self.line}:{self.column}: {self.id}{where} {self.message}")
        return f"{text}\n    hint: {printable(self.hint)}" if self.hint else text


class DataError(Exception):
    """The data cannot be used. `problems` holds every reason, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(report(self.problems))


SHOWN = 40
"""How many problems a list shows; whoever has more mends these first."""


def report(problems: tuple[Problem, ...]) -> str:
    """The list of problems as it is printed, with their number at the end."""
    lines = [str(problem) for problem in problems[:SHOWN]]
    if len(problems) > SHOWN:
        lines.append(f"... and {len(problems) - SHOWN} more")
    files = len({problem.path for problem in problems})
    count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
    lines.append(f"{count} in {files} file{'s' if files != 1 else ''}. Nothing was built.")
    return "\n".join(lines)


def nearest(word: str, allowed: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the allowed word most like the one written, or else all of them."""
    words = sorted(allowed)
    close = difflib.get_close_matches(word[:80].lower(), words, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    if otherwise or not words:
        return otherwise
    listed = ", ".join(words[:12]) + (", ..." if len(words) > 12 else "")
    return f"use one of: {listed}"


def printable(text: str) -> str:
    """The text with every character that a terminal would obey, or not show, written out."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text.replace("\n", " "))


def shortened(text: object, limit: int = 60) -> str:
    """The author's own words, short enough to quote on one line."""
    line = str(text).replace("\n", " ")
    return line if len(line) <= limit else line[: limit - 3] + "..."
