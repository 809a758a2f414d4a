"""What a worksheet consists of: typed fields, each with the people who may see it."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import (
    Field,
    model_validator,
)

from macros.program.evidence import Reference
from macros.program.values import (
    Code,
    Entry,
    Id,
    Labels,
    Line,
    Minutes,
    OneOrMore,
    Text,
    Visibility,
    problem,
)

Reader = Literal["partner", "lead", "anyone"]
READERS: tuple[Reader, ...] = ("partner", "lead", "anyone")
"""To whom a filled-in sheet can be given: the other one of the pair, the programme lead, anybody."""


class _Field(Entry):
    id: Id
    label: Line
    help: Text | None = None
    visibility: Visibility


class ShortText(_Field):
    """An answer of a few words."""

    type: Literal["short-text"]


class LongText(_Field):
    """An answer of several sentences, with room for `lines` lines by hand."""

    type: Literal["long-text"]
    lines: Annotated[int, Field(ge=2, le=30)] = 4


class Lines(_Field):
    """Separate short answers, one to a line."""

    type: Literal["lines"]
    lines: Annotated[int, Field(ge=1, le=20)]


class Number(_Field):
    """A whole number, with its unit in words."""

    type: Literal["number"]
    unit: Line | None = None
    low: int = 0
    high: Annotated[int, Field(le=1_000_000)] = 1000

    @model_validator(mode="after")
    def _ordered(self) -> Number:
        return _low_below_high(self)


class Scale(_Field):
    """A rating between two labelled ends."""

    type: Literal["scale"]
    low: Annotated[int, Field(ge=0, le=1)] = 1
    high: Annotated[int, Field(ge=2, le=10)] = 5
    low_label: Line
    high_label: Line


class SingleChoice(_Field):
    """One of several."""

    type: Literal["single-choice"]
    options: Labels


class MultipleChoice(_Field):
    """Any of several."""

    type: Literal["multiple-choice"]
    options: Labels


class TickList(_Field):
    """Things to tick off."""

    type: Literal["tick-list"]
    items: Labels


class Table(_Field):
    """Labelled columns by labelled rows; the cells are for writing."""

    type: Literal["table"]
    corner: Line | None = Field(default=None, description="heading of the column of row labels")
    columns: Labels
    rows: Labels
    room: Literal["narrow", "normal", "roomy"] = Field("normal", description="height of a row")


class DateField(_Field):
    """A day."""

    type: Literal["date"]


class Signature(_Field):
    """A line to sign on."""

    type: Literal["signature"]


class Drawing(_Field):
    """An empty space, this many millimetres high."""

    type: Literal["drawing"]
    millimetres: Annotated[int, Field(ge=20, le=200)]


class FixedText(_Field):
    """Words to read, not to fill in, with points below them."""

    type: Literal["fixed-text"]
    points: tuple[Line, ...] = ()


class Letter(_Field):
    """A text to copy and send, or to say: `{organisation}` and its like are filled in.

    What stands in square brackets is for whoever sends it.
    """

    type: Literal["letter"]
    subject: Line | None = None
    text: Text


class Contacts(_Field):
    """Whom to call, from `organisation.yml`: the build stops where one of these is missing there."""

    type: Literal["contacts"]
    contacts: Annotated[tuple[Id, ...], OneOrMore]


class Topics(_Field):
    """The topics of every track that the organisation has on, to choose from."""

    type: Literal["topics"]


WorksheetField = Annotated[
    ShortText
    | LongText
    | Lines
    | Number
    | Scale
    | SingleChoice
    | MultipleChoice
    | TickList
    | Table
    | DateField
    | Signature
    | Drawing
    | FixedText
    | Letter
    | Contacts
    | Topics,
    Field(discriminator="type"),
]

N = TypeVar("N", bound=Number)


def _low_below_high(value: N) -> N:
    if value.low >= value.high:
        raise problem("range", f"{value.low} is not below {value.high}", "swap low and high")
    return value


class Artefact(Entry):
    """Whatever the kit hands to somebody: what it is for, when to use it, and what that rests on."""

    code: Code = Field(description="what people call it: M1, E4")
    title: Line
    purpose: Text
    use_when: Text
    not_when: Text
    by: Annotated[tuple[Id, ...], OneOrMore] = Field(description="roles that fill it in or read it")
    goes_to: Visibility = Field(description="who sees the finished sheet")
    minutes: Minutes
    rests_on: tuple[Reference, ...] = Field((), description="findings; our judgement where there are none")
    follows: tuple[Id, ...] = Field((), description="worksheets and sessions that come right before it")


class Worksheet(Artefact):
    """A sheet that people fill in on screen or on paper, or a text that they take from it."""

    per: Literal["person", "pair", "programme"] | None = Field(
        default=None, description="for whom one is printed; worked out where it is left out"
    )
    copies: Literal["meeting"] | None = Field(
        default=None, description="`meeting` where people fill in a new one at each meeting"
    )
    fields: Annotated[tuple[WorksheetField, ...], OneOrMore]

    @property
    def printed_for(self) -> Literal["person", "pair", "programme"]:
        """For whom one copy is printed: each person who fills it in, each pair, or everybody together."""
        pairs = {"mentor", "mentee", "line-manager"}
        return self.per or ("person" if pairs & set(self.by) else "programme")

    @property
    def filled_in(self) -> bool:
        """Whether there is anything to write or to tick on it."""
        return any(field.type not in ("fixed-text", "letter", "contacts") for field in self.fields)

    def readers(self, field: _Field) -> tuple[Reader, ...]:
        """Who may read what is written in a field, besides whoever wrote it.

        What goes to the lead passes by the other one of the pair, unless both fill the sheet in together.
        """
        if field.visibility == "private":
            return ()
        if field.visibility == "pair":
            return ("partner",)
        if field.visibility == "public":
            return READERS
        together = self.goes_to != "private" and {"mentor", "mentee"} <= set(self.by)
        return ("partner", "lead") if together else ("lead",)
