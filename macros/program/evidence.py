"""What is known and how well: sources with their findings, figures that people quote, pictures.

A page cites a finding as `source/finding`, so that each claim can be held against what its source
says. Grades and labels are those of the research dossier.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from macros.program.values import FROZEN, Address, Entry, Id, Line, Name, OneOrMore, Text, problem

Grade = Literal["study", "review", "practitioner", "press", "book", "standard"]
GRADES: tuple[Grade, ...] = ("review", "study", "standard", "book", "practitioner", "press")
"""Kinds of source, those checked by most eyes first."""

Reading = Literal["in-full", "in-part", "abstract", "second-hand"]
READINGS: tuple[Reading, ...] = ("in-full", "in-part", "abstract", "second-hand")
"""How much of a source somebody of the project has read."""

OURS = "our-judgement"
"""What is cited where a sentence rests on nothing but our own judgement."""


def _doi(value: str) -> str:
    if not re.fullmatch(r"10\.\d{4,9}/[^\s\"<>]+", value):
        raise problem("doi", f'"{value}" is not a DOI', "leave out https://doi.org/: 10.1037/1")
    return value


Doi = Annotated[str, Field(max_length=200), AfterValidator(_doi)]
LongName = Annotated[Name, Field(max_length=300)]


class Finding(Entry):
    """One thing that a source says, in our words, and whether and how it may be used."""

    says: Text
    use: Literal["use", "hedge", "avoid"] = "use"
    hedge: Text | None = Field(default=None, description="what has to be said along with it")

    @model_validator(mode="after")
    def _hedged(self) -> Finding:
        if (self.use == "hedge") != (self.hedge is not None):
            raise problem("hedge", "a finding to hedge says how", "give both `use: hedge` and `hedge`")
        return self


class Source(Entry):
    """Something published that a page rests on."""

    authors: Annotated[tuple[Name, ...], OneOrMore] = Field(description='"Surname, Given" or a body')
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    title: Annotated[str, Field(max_length=400)]
    published: Annotated[str, Field(max_length=300)] = Field(description="journal, publisher or site")
    doi: Doi | None = None
    address: Address | None = None
    grade: Grade
    read: Reading
    note: Text | None = None
    findings: Annotated[Mapping[Id, Finding], Field(min_length=1, max_length=20), *FROZEN]

    @property
    def short(self) -> tuple[str, ...]:
        """The family names, or names of bodies, that a citation prints."""
        return tuple(author.partition(",")[0] for author in self.authors)


Sources = Annotated[Mapping[Id, Source], Field(min_length=1, max_length=400), *FROZEN]


def _reference(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]+/[a-z0-9-]+", value):
        raise problem("reference", f'"{value}" names no finding', "write source/finding")
    return value


Reference = Annotated[str, Field(max_length=130), AfterValidator(_reference)]
"""A finding, as `source/finding`."""


class Myth(Entry):
    """A figure or story that people quote, where it comes from, and whether to use it."""

    id: Id
    claim: Text
    found: Text
    advice: Literal["use", "careful", "leave"]
    say: Text | None = Field(default=None, description="how to put it instead")
    sources: tuple[Reference, ...] = ()

    @model_validator(mode="after")
    def _careful_says_how(self) -> Myth:
        if self.advice == "careful" and self.say is None:
            raise problem("say", "what may be used with care needs the careful words", 'add "say: ..."')
        return self


class Myths(Entry):
    """The figures and stories, in the order in which they are shown."""

    myths: Annotated[tuple[Myth, ...], OneOrMore]


# --- pictures ------------------------------------------------------------------------------------


class _Picture(Entry):
    title: Line
    text: Text = Field(description="what the picture shows, in words")


class Event(Entry):
    """A year and what happened in it."""

    id: Id
    year: Annotated[int, Field(ge=1900, le=2100)]
    label: Annotated[Line, Field(max_length=60)]
    source: Reference


class History(_Picture):
    """Years on a line."""

    type: Literal["history"]
    events: Annotated[tuple[Event, ...], Field(min_length=2, max_length=14)]


class Row(Entry):
    """An outcome, and how well it is known."""

    id: Id
    label: Annotated[Line, Field(max_length=40)]
    strength: Annotated[int, Field(ge=0, le=4)] = Field(description="0 nothing found, 4 strong")
    direction: Literal["helps", "mixed", "unclear"]
    says: Annotated[Line, Field(max_length=90)]
    source: Reference


class EvidenceMap(_Picture):
    """Outcomes by the strength of what is known."""

    type: Literal["evidence"]
    rows: Annotated[tuple[Row, ...], Field(min_length=2, max_length=12)]


class Drawing(_Picture):
    """A picture drawn by hand, whose words stand here."""

    type: Literal["drawing"]
    labels: Annotated[Mapping[Id, Line], Field(max_length=30), *FROZEN] = Field(default_factory=dict)


Picture = Annotated[History | EvidenceMap | Drawing, Field(discriminator="type")]
