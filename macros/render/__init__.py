"""Values in, HTML out: one function per macro, one Jinja file per function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from markupsafe import escape

from macros import scripts
from macros.program import pages
from macros.program.loading import Programme
from macros.render import course, kit, mine, programme
from macros.render.navigation import sections
from macros.render.page import Page
from macros.render.paper import Counts
from macros.render.speech import Speech

COMPONENTS: Mapping[str, Callable[..., str]] = {
    name: component
    for module in (programme, course, mine, kit)
    for name, component in vars(module).items()
    if name in pages.ALL and callable(component)
}
"""By macro: the function that shows it."""


@dataclass(frozen=True, slots=True)
class Components:
    """The programme in every language, ready to be shown on any page."""

    MACROS: ClassVar[tuple[str, ...]] = pages.ALL
    languages: Mapping[str, Programme]
    counts: Counts = field(default_factory=dict)
    citations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By finding: the pages that cite it, with their titles."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """What pages of prose are called, by path in docs/ without .md."""
    ours: tuple[str, ...] = ()
    """Pages of the organisation's own, by path in docs/ without .md."""
    look: Mapping[str, str] = field(default_factory=lambda: {"logo": "", "styles": ""})
    """The organisation's own logo and styles, by path in the site."""

    def show(self, macro: str, language: str, url: str, *arguments: str) -> str:
        """The component that a macro puts into the page at `url`."""
        component = COMPONENTS[macro]
        page = Page(
            self.languages, self.counts, self.citations, self.titles, language, "../" * url.count("/")
        )
        return component(page, *arguments)

    def frame(self, language: str) -> dict[str, Any]:
        """What the theme prints around every page. Its templates have no autoescape, so this escapes."""
        spoken = self.languages[language]
        speech = Speech(spoken, "")
        contact = spoken.organisation.contacts.get("programme-lead")
        return {
            "organisation": escape(spoken.organisation.name),
            "programme": escape(spoken.organisation.programme),
            "edition": escape(spoken.program.edition),
            "language": language,
            "languages": list(spoken.organisation.languages),
            "words": {key: escape(word) for key, word in spoken.words.items() if isinstance(word, str)},
            "contact": contact and {name: escape(value or "") for name, value in contact},
            "sections": sections(speech),
            "ours": [
                {"path": escape(f"{page}.html"), "title": escape(self.titles.get(page, page))}
                for page in self.ours
            ],
            "look": self.look,
            "scripts": scripts.wanted(),
        }
