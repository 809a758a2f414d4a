"""What the guide to running a programme rests on: steps of its pages, duties, risks, standards.

A place is a page of the site by its path in `docs/` without .md, such as
`templates/worksheets/matching-grid`, so that worksheets, sessions and prose are named alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from macros.program.evidence import Reference
from macros.program.values import FROZEN, Entry, Id, Line, OneOrMore, Text

Place = Annotated[str, Field(max_length=200)]
"""A page of the site, as a path in docs/ without .md."""


class GuidePage(Entry):
    """What a page of the guide asks people to do. Who, when, how long and which sheet is looked up."""

    tasks: Annotated[tuple[Id, ...], OneOrMore] = Field(description="checklist items, by id")
    sessions: tuple[Id, ...] = ()
    went_well: Annotated[tuple[Line, ...], OneOrMore] = Field(
        description="how people can tell that it went well"
    )


Guide = Annotated[Mapping[Id, GuidePage], Field(min_length=1, max_length=100), *FROZEN]
"""By page in docs/guide/, without .md."""


class Duty(Entry):
    """Something that has to be done in the programme, and the part that each role has in it.

    As in a RACI table: who does it, who answers for it (one role), who is asked, who is told.
    """

    id: Id
    title: Line
    phase: Id
    does: Annotated[tuple[Id, ...], OneOrMore]
    answers: Id
    asked: tuple[Id, ...] = ()
    told: tuple[Id, ...] = ()


class Duties(Entry):
    """Every duty, in the order in which it comes up."""

    duties: Annotated[tuple[Duty, ...], OneOrMore]


class Risk(Entry):
    """A way in which programmes fail, how one sees it coming, and what counters it."""

    id: Id
    title: Line
    sign: Text = Field(description="how one notices it early")
    owner: Id = Field(description="the role that keeps an eye on it")
    response: Text = Field(description="what to do when it shows")
    counters: Annotated[tuple[Place, ...], OneOrMore] = Field(description="pages that prevent it")
    rests_on: tuple[Reference, ...] = Field((), description="findings; our judgement where there are none")


class Risks(Entry):
    """The risk register."""

    risks: Annotated[tuple[Risk, ...], OneOrMore]


class Standard(Entry):
    """One standard for mentoring programmes, in our words, and what of the kit serves it."""

    id: Id
    title: Line
    asks: Text
    serves: Annotated[tuple[Place, ...], OneOrMore]
    left: Text = Field(description="what the kit does not do for you")
    rests_on: Annotated[tuple[Reference, ...], OneOrMore]


class Standards(Entry):
    """A crosswalk from somebody's standards to the kit."""

    standards: Annotated[tuple[Standard, ...], OneOrMore]


class Pack(Entry):
    """Sheets that are printed together for a purpose of their own.

    Packs for a session or a role need none of these: they follow from the programme.
    """

    title: Line
    purpose: Text
    role: Id = Field(description="for whom it is printed")
    contents: Annotated[tuple[Id, ...], OneOrMore] = Field(description="worksheets, in printing order")
