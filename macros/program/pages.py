"""The pages in `docs/` that show one entry of the data each, and what they must look like.

Such a page is a single macro call, so that it needs no translation of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from macros.program.problems import Problem
from macros.program.values import Language

CALL = re.compile(r"\{\{\s*(\w+)\(([^()]*)\)\s*\}\}")

MACROS: Mapping[str, str] = {
    "agenda": "templates/agendas",
    "checklist": "templates/checklists",
    "worksheet": "templates/worksheets",
    "role": "roles",
    "module": "modules",
    "scenario": "scenarios",
    "pack": "templates/packs",
}
"""Macros that show one entry, and the folder of their pages."""

PARTS = ("module_end", "picture", "this_week")
"""Macros that show one entry, or its end, on a page of prose."""

OVERVIEWS = (
    "budget",
    "certificate",
    "choices",
    "duties",
    "glossary",
    "hours",
    "kit",
    "meetings",
    "modules",
    "my_data",
    "my_programme",
    "myths",
    "next_up",
    "notice",
    "organisation_fields",
    "packs",
    "paths",
    "review",
    "risks",
    "roles",
    "scenarios",
    "sources",
    "standards",
    "templates",
    "timeline",
    "tripwires",
)
"""Macros that show many entries, or none, and stand in prose."""

INLINE = ("cite", "term")
"""Macros that stand inside a sentence."""

ALL = (*MACROS, *PARTS, *OVERVIEWS, *INLINE)
"""Every macro there is."""

_JINJA = re.compile(r"\{\{.*?\}\}|\{[{%#].*")

NOT_PAGES = ("decisions",)
"""Folders in `docs/` that are for whoever works on the kit, and are not part of the site."""


def pages(docs: Path) -> list[Path]:
    """Every page of every language, sorted."""
    found = sorted(docs.rglob("*.md"))
    return [path for path in found if path.relative_to(docs).parts[0] not in NOT_PAGES]


@dataclass(frozen=True, slots=True)
class Call:
    """A macro call in a page. `alone` tells whether nothing else stands on its line."""

    page: str
    line: int
    column: int
    macro: str
    arguments: tuple[str, ...]
    alone: bool

    @property
    def argument(self) -> str:
        """The first argument: the entry that is shown."""
        return self.arguments[0] if self.arguments else ""


def calls(docs: Path) -> Iterator[Call]:
    """Every macro call of every page, sorted by page."""
    for path in pages(docs):
        page = path.relative_to(docs).as_posix()
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            for found in CALL.finditer(line):
                arguments = tuple(part.strip().strip("\"'") for part in found[2].split(",") if part.strip())
                alone = line.rstrip() == found[0]
                yield Call(page, number, found.start() + 1, found[1], arguments, alone)


def unreadable(docs: Path) -> Iterator[Problem]:
    """A problem for each page that is not UTF-8. What else looks at pages reads them as far as it goes."""
    for path in pages(docs):
        data = path.read_bytes()
        try:
            data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            column = error.start - data.rfind(b"\n", 0, error.start)
            page = f"{docs.name}/{path.relative_to(docs).as_posix()}"
            yield Problem(page, line, column, "Y001", "", "the page is not UTF-8", "save it as UTF-8")


def strangers(docs: Path) -> Iterator[tuple[str, int, int, str]]:
    """What looks like a call but is none of the kit's: page, line, column and what is written."""
    for path in pages(docs):
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            for found in _JINJA.finditer(line):
                call = CALL.fullmatch(found[0])
                if call is None or call[1] not in ALL:
                    yield path.relative_to(docs).as_posix(), number, found.start() + 1, found[0]


def foreign(page: str) -> bool:
    """Whether a page, by its path in `docs/`, is one of a language other than English."""
    return page.partition("/")[0] in get_args(Language)


def names(docs: Path) -> frozenset[str]:
    """Every English page, as data names it: its path in `docs/` without `.md`."""
    places = (path.relative_to(docs).with_suffix("") for path in pages(docs))
    return frozenset(place.as_posix() for place in places if not foreign(place.as_posix()))


def titles(docs: Path) -> dict[str, str]:
    """The main headings of pages that have one in their prose, by path without .md."""
    found = {}
    for path in pages(docs):
        heading = re.search(r"^# (.+?)(?: *\{.*\})? *$", path.read_text("utf-8-sig", "replace"), re.MULTILINE)
        if heading:
            found[path.relative_to(docs).with_suffix("").as_posix()] = heading[1]
    return found


def text(macro: str, name: str) -> str:
    """What the page of an entry holds."""
    return f'{{{{ {macro}("{name}") }}}}\n'
