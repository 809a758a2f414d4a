"""How long and how hard a page is to read: words, sentences, and a number for both.

Readability is LIX (Björnsson 1968): words a sentence, and the share of words longer than six letters.
It needs no list of syllables, so it works for every language, and it is four lines instead of a library.
Up to 30 is very easy, 40 plain, 50 hard, 60 academic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from macros.program import pages

WORDS_A_MINUTE = 200
"""How fast people read to learn; slower than for pleasure."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What was counted in a text."""

    words: int
    sentences: int
    longest: str
    lix: float

    @property
    def longest_words(self) -> int:
        """Words of the longest sentence."""
        return len(words(self.longest))


_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TERM = re.compile(r"""\{\{\s*term\(\s*["']([^"']*)["'](?:\s*,\s*["']([^"']*)["'])?\s*\)\s*\}\}""")
_MACRO = re.compile(r"\{\{.*?\}\}")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"^\s*(?:#{1,6}\s|[-*+]\s|\d+\.\s|>\s?)|\{\s*[:#][^}]*\}|[*_`]", re.MULTILINE)
_RULER = re.compile(r"^[\s|:-]+$", re.MULTILINE)


def plain(markdown: str) -> str:
    """The words of a page as they are read: no front matter, no markup, no macros but terms."""
    text = _FRONT.sub("", markdown)
    text = _TERM.sub(lambda found: found[2] or found[1].replace("-", " "), text)
    text = _LINK.sub(r"\1", _MACRO.sub("", text))
    text = _MARKS.sub(" ", _RULER.sub("", text))
    return re.sub(r" *\| *", "\n", text).strip("\n")  # each cell of a table is read by itself


def words(text: str) -> list[str]:
    """The words of a plain text."""
    return re.findall(r"\w+(?:['’.-]\w+)*", text)


def sentences(text: str) -> list[str]:
    """The sentences of a plain text; a line's end ends a sentence too."""
    parts = re.split(r"(?<=[.!?:])[\"'”’)]*\s+|\n", text)
    return [part.strip() for part in parts if words(part)]


def measure(text: str) -> Measure:
    """Count a plain text."""
    found, said = words(text), sentences(text)
    long = sum(len(word) > 6 for word in found)
    lix = len(found) / len(said) + 100 * long / len(found) if found else 0.0
    return Measure(len(found), len(said), max(said, key=lambda one: len(words(one)), default=""), lix)


def report(docs: Path) -> list[tuple[str, Measure]]:
    """Every page of prose with what was counted in it, hardest first."""
    measured = []
    for path in pages.pages(docs):
        counted = measure(plain(path.read_text(encoding="utf-8-sig", errors="replace")))
        if counted.words:
            measured.append((path.relative_to(docs).as_posix(), counted))
    return sorted(measured, key=lambda one: -one[1].lix)


def table(measured: list[tuple[str, Measure]]) -> str:
    """That report as lines of text."""
    lines = ["words  a sentence  longest   LIX  page"]
    lines += [
        f"{one.words:5}  {one.words / one.sentences:10.1f}  {one.longest_words:7}  {one.lix:4.0f}  {page}"
        for page, one in measured
    ]
    return "\n".join(lines)
