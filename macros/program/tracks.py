"""What a track is: a field of topics that gives the middle meetings of a pair their core."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from macros.program.model import Lens
from macros.program.values import FROZEN, Entry, Id, Labels, Line, OneOrMore, Text


class Core(Entry):
    """What an agenda item becomes in a track. Its place, minutes and leads stay the session's."""

    title: Line
    lens: Annotated[Mapping[Id, Lens], Field(min_length=1), *FROZEN]
    worksheets: tuple[Id, ...] = Field((), description="sheets besides those that the item uses anyway")
    written: Text | None = None
    online: Text | None = None


class Swap(Entry):
    """What a track makes of one meeting."""

    purpose: Text
    outcome: Text
    bring: Annotated[tuple[Line, ...], OneOrMore]
    items: Annotated[Mapping[Id, Core], Field(min_length=1), *FROZEN] = Field(
        description="by agenda item: its core in this track"
    )


class Track(Entry):
    """A field of topics. The organisation says which are on, and a pair chooses one in its first meeting."""

    code: Annotated[str, Field(pattern=r"^[A-Z][0-9]{0,2}$")] = Field(description="what people call it: A")
    title: Line
    summary: Text
    care: Text = Field(description="what to take care of in this track")
    topics: Labels
    meetings: Annotated[Mapping[Id, Swap], Field(min_length=1), *FROZEN] = Field(
        description="by session: what changes in it"
    )
