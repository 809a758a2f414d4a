"""Texts with blanks: which blanks the organisation fills in, and which are left to whoever writes.

`{programme}` is filled in from the data; `[name]` is for the hand. What the data does not have
becomes such a blank, too, so that no letter goes out with a hole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

BLANKS = (
    "organisation",
    "programme",
    "lead",
    "reach",
    "sponsor",
    "start",
    "meetings",
    "rhythm",
    "length",
    "mentortime",
    "menteetime",
    "managertime",
)
"""What stands in braces: names, dates and figures of the organisation and its programme."""

_BLANK = re.compile(r"\{([a-z]+)\}")
_BY_HAND = re.compile(r"(\[[^\]\n]+\])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `by_hand` tells that somebody has to replace it."""

    text: str
    by_hand: bool


def blanks(text: str) -> list[str]:
    """The names in braces."""
    return _BLANK.findall(text)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with what is known filled in."""
    return _BLANK.sub(lambda found: values[found[1]], text)


def pieces(text: str) -> Iterator[Piece]:
    """The stretches of a text, those to be replaced by hand apart."""
    for part in _BY_HAND.split(text):
        if part:
            yield Piece(part, bool(_BY_HAND.fullmatch(part)))


def paragraphs(text: str) -> list[tuple[bool, list[str]]]:
    """The paragraphs of a text: whether each is a list, and its lines or points."""
    found = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in block.splitlines()]
        is_list = all(line.startswith("- ") for line in lines)
        found.append((is_list, [line.removeprefix("- ") for line in lines]))
    return found
