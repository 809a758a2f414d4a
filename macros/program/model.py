"""What a reverse-mentoring programme is, as typed and frozen values.

Nothing here knows MkDocs, Jinja or HTML, and nothing here reads a file: `source` turns YAML into
these values, `checks` holds rules across them, `schedule` gives them dates. A file's name is its
entry's id; it is written nowhere inside the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import (
    Field,
    field_validator,
    model_validator,
)

from macros.program.evidence import Reference
from macros.program.values import (
    FROZEN,
    Address,
    ClockTime,
    Code,
    Colour,
    Day,
    DaysOff,
    Email,
    Entry,
    Id,
    Language,
    Line,
    Minutes,
    Moment,
    Name,
    OneOrMore,
    Text,
    TimeZone,
    Weeks,
    problem,
)
from macros.program.worksheet import Artefact

# --- moments -------------------------------------------------------------------------------------


class When(Entry):
    """A moment in the programme, in weeks from its first or last meeting or by meeting number.

    Exactly one of the four is given.
    """

    first_meeting: Weeks | None = Field(default=None, description="weeks after the first meeting")
    last_meeting: Weeks | None = Field(default=None, description="weeks after the last meeting")
    meeting: Annotated[int, Field(ge=1, le=24)] | None = Field(default=None, description="meeting number")
    after_meetings: Annotated[tuple[Annotated[int, Field(ge=1, le=24)], ...], OneOrMore] | None = Field(
        default=None, description="one week after each of these meetings"
    )

    @model_validator(mode="after")
    def _one(self) -> When:
        if len(self.model_fields_set) != 1:
            raise problem(
                "when",
                "a moment is told in exactly one way",
                "keep one of first_meeting, last_meeting, meeting, after_meetings",
            )
        return self


# --- the organisation ----------------------------------------------------------------------------


class Contact(Entry):
    """Whom to call. A contact needs a name and one way to reach it."""

    name: Name
    email: Email | None = None
    phone: Annotated[Name, Field(max_length=40)] | None = None

    @model_validator(mode="after")
    def _reachable(self) -> Contact:
        if self.email is None and self.phone is None:
            raise problem("contact", "a contact needs a way to reach it", "add email or phone")
        return self

    @property
    def example(self) -> bool:
        """Whether it is one of ours, to be replaced: the address is reserved for examples (RFC 2606)."""
        return bool(re.search(r"@(?:[\w-]+\.)*example\.(?:org|com|net)$", self.email or ""))


class Policy(Entry):
    """A rule of the organisation that people in the programme may need."""

    title: Name
    address: Address


class Driver(Entry):
    """Who keeps a pair going: whose task the dates are, and whose the agenda is."""

    dates: Literal["mentee-office", "mentee", "mentor", "programme-lead"] = "mentee-office"
    agenda: Literal["mentor", "mentee"] = "mentor"


class Colours(Entry):
    """The organisation's colour for links, buttons and bars, by colour scheme."""

    light: Colour
    dark: Colour


class Money(Entry):
    """What an hour of somebody's work costs, for the budget. A number of the organisation's own."""

    currency: Annotated[Name, Field(max_length=8)]
    an_hour: Annotated[int, Field(ge=1, le=100_000)] = Field(description="for everybody not named below")
    by_role: Annotated[Mapping[Id, Annotated[int, Field(ge=1, le=100_000)]], *FROZEN] = Field(
        default_factory=dict
    )


class SwitchedOff(Entry):
    """What this organisation does without."""

    roles: tuple[Id, ...] = ()
    sessions: tuple[Id, ...] = ()


class LocalNames(Entry):
    """What the organisation and its programme are called in another language."""

    name: Name | None = None
    programme: Name | None = None


class Organisation(Entry):
    """The one file that a host edits first."""

    version: Literal[1] = Field(description="version of the data format")
    name: Name
    programme: Name = Field(description="what the programme is called")
    variant: Id | None = Field(default=None, description="the form of the programme, from program.yml")
    pairs: Annotated[int, Field(ge=1, le=500)] = 8
    tracks: tuple[Id, ...] | None = Field(default=None, description="the tracks that are on; all if left out")
    start: Day | None = Field(default=None, description="the day of the first meeting of pairs")
    start_time: ClockTime | None = Field(default=None, description="when sessions begin, such as 10:00")
    cadence_weeks: Annotated[int, Field(ge=1, le=12)] = 4
    meeting_minutes: Literal[30, 45, 60, 90] = 60
    paper: Literal["A4", "Letter"] = "A4"
    languages: Annotated[tuple[Language, ...], OneOrMore] = ("en", "pl")
    in_other_languages: Annotated[Mapping[Language, LocalNames], *FROZEN] = Field(default_factory=dict)
    time_zone: TimeZone = "Europe/Warsaw"
    holidays: Annotated[tuple[DaysOff, ...], Field(max_length=400)] = ()
    driver: Driver = Driver()
    contacts: Annotated[Mapping[Id, Contact], *FROZEN] = Field(default_factory=dict)
    policies: tuple[Policy, ...] = ()
    colours: Colours | None = None
    money: Money | None = None
    switched_off: SwitchedOff = SwitchedOff()

    @field_validator("languages")
    @classmethod
    def _english_among_them(cls, languages: tuple[Language, ...]) -> tuple[Language, ...]:
        if "en" not in languages or len(set(languages)) < len(languages):
            raise problem(
                "languages",
                "the list holds en, once, and other languages once",
                "write [en] or [en, pl]: every other language falls back to English",
            )
        return languages


# --- the programme ------------------------------------------------------------------------------


class Phase(Entry):
    """A stretch of the programme with a purpose of its own."""

    id: Id
    title: Line
    purpose: Text
    starts: When
    ends: When


class Milestone(Entry):
    """A dated thing that is no session: a survey, a report."""

    id: Id
    title: Line
    roles: Annotated[tuple[Id, ...], OneOrMore]
    when: When
    minutes: Minutes


class Variant(Entry):
    """A form of the programme: how often pairs meet, for how long, and how many there are."""

    id: Id
    title: Line
    summary: Text
    cadence_weeks: Annotated[int, Field(ge=1, le=12)]
    meeting_minutes: Literal[30, 45, 60, 90]
    pairs: Annotated[int, Field(ge=1, le=500)]


class ContactKind(Entry):
    """Somebody to turn to who has no role in the programme, such as a person trusted outside management."""

    id: Id
    title: Line
    turn_to: Line = Field(description="with what people turn to them")


class MadePage(Artefact):
    """An artefact of the kit that is no sheet: a page that the data makes, such as the risk register."""

    place: Annotated[str, Field(max_length=200)] = Field(
        description="its page, as a path in docs/ without .md"
    )
    phases: Annotated[tuple[Id, ...], OneOrMore]


class Tripwire(Entry):
    """A sign that a pair needs help, and the first thing to do about it."""

    id: Id
    sign: Line
    response: Text


class Program(Entry):
    """What is the same for the whole programme: its phases, milestones and tripwires."""

    version: Literal[1] = Field(description="version of the data format")
    edition: Name = Field(description="printed in the margin of every template")
    phases: Annotated[tuple[Phase, ...], OneOrMore]
    milestones: tuple[Milestone, ...] = ()
    tripwires: tuple[Tripwire, ...] = ()
    variants: tuple[Variant, ...] = ()
    contacts: tuple[ContactKind, ...] = Field((), description="whom to turn to besides the roles")
    artefacts: tuple[MadePage, ...] = Field((), description="artefacts that are pages of their own kind")


class Role(Entry):
    """A part that a person plays in the programme. What it costs in time is computed."""

    order: Annotated[int, Field(ge=1, le=99)] = Field(description="place in every list of roles")
    title: Line
    person: Line = Field(description="who that usually is, in a few words")
    summary: Text
    does: Annotated[tuple[Line, ...], OneOrMore] = Field(description="what the role is")
    does_not: Annotated[tuple[Line, ...], OneOrMore] = Field(description="what the role is not")
    call: Text = Field(description="whom to turn to, and with what")
    call_role: Id | None = Field(default=None, description="the role whose contact is printed beside it")
    path_minutes: Minutes | None = Field(
        default=None, description="the most minutes that this role's path through the course may take"
    )


class Lens(Entry):
    """One agenda item as one role sees it: what to do and, where it helps, what to say."""

    do: Text
    say: Text | None = None


class AgendaItem(Entry):
    """A stretch of a session. `minutes` counts in the session's own length.

    `in_30` to `in_90` are its minutes in the other lengths; an item without one is left out there.
    """

    id: Id
    title: Line
    minutes: Minutes
    in_30: Minutes | None = None
    in_45: Minutes | None = None
    in_60: Minutes | None = None
    in_90: Minutes | None = None
    lead: Annotated[tuple[Id, ...], OneOrMore] = Field(description="role or roles that lead")
    lens: Annotated[Mapping[Id, Lens], *FROZEN] = Field(description="what each role does")
    worksheets: tuple[Id, ...] = ()
    written: Text | None = Field(default=None, description="for whoever would rather not speak")
    online: Text | None = Field(default=None, description="what differs in a video call")

    def minutes_in(self, length: int, own: int) -> int | None:
        """Minutes of this item when the session takes `length`, or None where it is left out."""
        if length == own:
            return self.minutes
        value: int | None = getattr(self, f"in_{length}", None)
        return value


class Trouble(Entry):
    """Something that can go wrong and the sentence that helps."""

    when: Line
    by: tuple[Id, ...] = Field((), description="roles that say it; everybody where none is named")
    say: Text


class TooShort(Entry):
    """A length that this session cannot be held in, and why."""

    minutes: Literal[30, 45, 60, 90]
    because: Text


class Session(Entry):
    """A meeting of a pair, or an event that prepares or supports the pairs."""

    kind: Literal["meeting", "event"]
    code: Code | None = Field(default=None, description="its number among the artefacts of the kit: F13")
    rests_on: tuple[Reference, ...] = Field((), description="findings; our judgement where there are none")
    title: Line
    phase: Id
    when: When
    purpose: Text
    outcome: Text
    roles: Annotated[tuple[Id, ...], OneOrMore] = Field(description="who is in the room")
    bring: Annotated[tuple[Line, ...], OneOrMore]
    minutes: Minutes = Field(description="its own length")
    lengths: tuple[Literal[30, 45, 60, 90], ...] = Field((), description="other lengths")
    with_each: tuple[Id, ...] = Field(
        (), description="roles with each of whom it is held apart; the others come every time"
    )
    cannot: tuple[TooShort, ...] = ()
    agenda: Annotated[tuple[AgendaItem, ...], OneOrMore]
    trouble: Annotated[tuple[Trouble, ...], OneOrMore]

    @property
    def all_lengths(self) -> tuple[int, ...]:
        """Every length, in minutes, that it can be held in, shortest first."""
        return tuple(sorted({self.minutes, *self.lengths}))

    def length_for(self, wanted: int) -> int:
        """The length it is held in where meetings take `wanted` minutes: the nearest not shorter.

        An event has its own length, whatever the meetings take.
        """
        if self.kind == "event":
            return self.minutes
        return next((n for n in self.all_lengths if n >= wanted), self.all_lengths[-1])


class ChecklistItem(Entry):
    """One thing to do. Every checklist is a view of these.

    It belongs to one session (`session`), to every meeting of a pair (`every`), or to a moment of
    the programme (`when`). The first two say `before`, `during` or `after`, and how many days.
    """

    id: Id
    text: Line
    roles: Annotated[tuple[Id, ...], OneOrMore]
    session: Id | None = None
    every: Literal["meeting"] | None = None
    when: When | None = None
    moment: Moment | None = None
    days: Annotated[int, Field(ge=0, le=365)] = Field(0, description="days before or after")
    times: Annotated[int, Field(ge=1, le=200)] = Field(default=1, description="how often it is done")
    minutes: Minutes = Field(description="each time")
    why: Text
    help: Annotated[str, Field(max_length=200)] | None = Field(
        default=None, description="the page that helps, as a path in docs/ without .md"
    )

    @model_validator(mode="after")
    def _placed_once(self) -> ChecklistItem:
        places = [self.session, self.every, self.when]
        if sum(place is not None for place in places) != 1:
            raise problem(
                "place",
                "an item belongs to exactly one place",
                "keep one of session, every, when",
            )
        if (self.moment is None) != (self.when is not None):
            raise problem(
                "place",
                "an item of a session says before, during or after; an item with `when` does not",
                "add or delete `moment`",
            )
        if self.days and self.moment not in ("before", "after"):
            raise problem("place", "days are counted before or after a session", "delete `days`")
        return self


class Checklist(Entry):
    """The items of one phase; the file is named after the phase."""

    items: Annotated[tuple[ChecklistItem, ...], OneOrMore]
