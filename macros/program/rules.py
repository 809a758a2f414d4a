"""What a rule is: a small generator whose docstring is the message it prints, under an id of its own.

Ids never change their meaning: R for references, S for sessions, P for the programme, C for
checklists, W for worksheets, G for pages, M for modules and quizzes, X for scenarios, E for evidence.
`tests/bad/` holds one broken sample of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from macros.program import pages
from macros.program.loading import Loaded, Programme
from macros.program.problems import nearest
from macros.program.source import Key


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a rule is broken. `words` fill the braces of the rule's docstring."""

    source: str
    key: Key
    hint: str
    words: Mapping[str, object]


@dataclass(frozen=True)
class Site:
    """All that rules may look at."""

    loaded: Loaded
    docs: Path | None

    @property
    def programme(self) -> Programme:
        """The programme in English, with what is switched off."""
        return self.loaded.programme

    @cached_property
    def calls(self) -> tuple[pages.Call, ...]:
        """Every macro call of every page."""
        return tuple(pages.calls(self.docs)) if self.docs is not None else ()

    @cached_property
    def pages(self) -> frozenset[str]:
        """Every English page, by its path in docs/ without .md."""
        return pages.names(self.docs) if self.docs is not None else frozenset()

    def shown(self, page: str) -> str:
        """A page as a message names it."""
        folder = self.loaded.folder
        if folder is not None and (folder / "local" / "docs" / page).exists():
            return f"{folder.name}/local/docs/{page}"
        return f"{self.docs.name}/{page}" if self.docs is not None else page


Reference = tuple[str, Key, str]
"""Source, place and the id written there."""

Check = Callable[[Site], Iterator[Finding]]
RULES: dict[str, Check] = {}


def rule(identifier: str) -> Callable[[Check], Check]:
    """Register a rule under an id that is never used for anything else."""

    def register(check: Check) -> Check:
        if identifier in RULES:
            raise ValueError(f"the id {identifier} is taken")
        RULES[identifier] = check
        return check

    return register


def message(check: Check) -> str:
    """What a rule says, with braces where a finding fills in its words."""
    return (check.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")


def unknown(references: Iterator[Reference], known: Mapping[str, object]) -> Iterator[Finding]:
    """A finding for each reference to what is not known."""
    for source, key, name in references:
        if name not in known:
            yield Finding(source, key, nearest(name, known), {"name": name})


def twice(source: str, key: Key, ids: list[str]) -> Iterator[Finding]:
    """A finding for each id that stands in a list a second time."""
    for index, name in enumerate(ids):
        if name in ids[:index]:
            yield Finding(source, (*key, index), "keep one, or rename one", {"id": name})
