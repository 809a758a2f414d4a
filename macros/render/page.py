"""A page of the site, as components see it: its language, where it stands, and how to fill a template.

Templates have an environment of their own, with autoescape and StrictUndefined, since the engine's
has neither. They decide nothing: what they show has been looked up, ordered and added up before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from macros.program.loading import Programme
from macros.render.paper import Counts
from macros.render.speech import Speech

_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: every component is a function of it."""

    languages: Mapping[str, Programme]
    counts: Counts
    citations: Mapping[str, Mapping[str, str]]
    titles: Mapping[str, str]
    """What pages of prose are called in this language, by path in docs/ without .md."""
    language: str
    base: str

    def speech(self, programme: Programme) -> Speech:
        """How the page speaks in the language of a programme."""
        return Speech(programme, self.base)

    def programme(self, *names: str) -> Programme:
        """The programme in the language that entries speak: no sheet changes language half-way."""
        ours = self.languages[self.language]
        return (
            ours if all(ours.language_of(name) == self.language for name in names) else self.languages["en"]
        )

    def pages(self, programme: Programme, template: str) -> Mapping[str, int]:
        """Printed pages of a template by paper, where somebody has measured them."""
        return self.counts.get(programme.language, {}).get(template, {})

    def notice(self, word: str) -> str:
        """A sentence about the page itself."""
        return self.block(self.languages[self.language], "notice", word=word)

    def switched_off(self, word: str) -> str:
        """What a page shows whose entry the organisation does without."""
        title = Speech(self.languages[self.language], "").t("switched_off")
        return f"{_heading(title)}\n\n{self.notice(word)}"

    def titled(self, programme: Programme, heading: str, template: str, **values: Any) -> str:
        """A component under the page's own heading, with a notice where it speaks English instead."""
        body = self.block(programme, template, **values)
        if programme.language == self.language:
            return f"{_heading(heading)}\n\n{body}"
        return f"{_heading(heading, programme.language)}\n\n{self.notice('not_translated')}\n\n{body}"

    def block(self, programme: Programme, template: str, **values: Any) -> str:
        """A component as one line of HTML, so that no line of it can look like Markdown."""
        speech = Speech(programme, self.base)
        foreign = programme.language if programme.language != self.language else ""
        html = _ENVIRONMENT.get_template(f"{template}.html.jinja").render(
            page=speech, t=speech.t, url=speech.url, p=programme, foreign=foreign, **values
        )
        return " ".join(line.strip() for line in html.splitlines() if line.strip())


def _heading(title: str, language: str = "") -> str:
    """A Markdown heading, so that the engine knows the page's title; its text is only text."""
    plain = re.sub(r"[^\w\s]|_", lambda found: f"&#{ord(found[0])};", title)
    return f"# {plain} {{ #top{f' lang={language}' if language else ''} }}"
