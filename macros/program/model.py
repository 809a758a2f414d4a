"""What a reverse-mentoring programme is, as typed and frozen values.

Nothing here knows MkDocs, Jinja or HTML, and nothing here reads a file: `source` turns YAML into
these values, `checks` holds rules across them, `schedule` gives them dates.

Text that a reader sees carries the `Translatable` marker, so that `translate` can find it without
a second list of fields. A file's name is its entry's id; it is written nowhere inside the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, time
from types import MappingProxyType
from typing import Annotated, Literal, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    Tag,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

VERSION = 1
"""The version of the data format. A file that names another one is refused."""

LENGTHS = (30, 45, 60, 90)
"""The lengths, in minutes, that a meeting of a pair can be held in."""

Visibility = Literal["private", "pair", "lead", "public"]
VISIBILITIES: tuple[Visibility, ...] = ("private", "pair", "lead", "public")
"""Who may see something, from the fewest people to everyone."""

Language = Literal["en", "pl"]
Moment = Literal["before", "during", "after"]


class Ambiguous(str):
    """Unquoted YAML text that another YAML reader would take for a yes, a no or a date.

    The strict reader keeps the text; a text field refuses it, since `title: no` is nearly always
    a slip, and asks for quotes.
    """

    __slots__ = ()


class Translatable:
    """Marks a text that has a counterpart in every other language."""


def problem(kind: str, message: str, hint: str) -> PydanticCustomError:
    """An error of a single value: what is wrong and how to mend it.

    Neither part is a template: braces in the author's text stay as they are.
    """
    return PydanticCustomError("kit", "{message}", {"kind": kind, "message": message, "hint": hint})


# --- single values ------------------------------------------------------------------------------

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "index"] + [f"{port}{n}" for port in ("com", "lpt") for n in range(10)]
)
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNPRINTABLE = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff{_BIDI}]")


def _identifier(value: str) -> str:
    if len(value) > 60 or not _ID.fullmatch(value):
        shown = value if len(value) <= 60 else value[:57] + "..."
        raise problem(
            "id",
            f'"{shown}" cannot be an id',
            "use at most 60 small letters a to z, digits and single hyphens, such as first-meeting",
        )
    if value in _RESERVED:
        raise problem("id", f'"{value}" is a reserved name', "choose another name")
    return value


def _text(value: object) -> object:
    if isinstance(value, Ambiguous):
        raise problem(
            "ambiguous",
            f'"{value}" without quotes could be read as something other than text',
            f'put it in quotes: "{value}"',
        )
    if not isinstance(value, str):
        return value  # pydantic names the wrong type better than we can
    value = unicodedata.normalize("NFC", value)
    if not any(character.isprintable() and not character.isspace() for character in value):
        raise problem("blank", "the text is blank", "write something or delete the line")
    found = _UNPRINTABLE.search(value)
    if found:
        kind = "an invisible direction mark" if found[0] in _BIDI else "a character that cannot be printed"
        raise problem(
            "character",
            f"the text holds {kind} (U+{ord(found[0]):04X})",
            "delete it; such characters come along when text is pasted",
        )
    return value


def _line(value: str) -> str:
    if "\n" in value:
        raise problem("newline", "this text must stand on one line", "join the lines, or use >-")
    return value


def _iso_date(value: object) -> object:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise problem("date", f'"{value}" is not in the calendar', "check month and day") from None
        if not 2000 <= day.year <= 2100:
            raise problem("date", f'"{value}" is not between 2000 and 2100', "check the year")
        return day
    raise problem("date", f'"{_show(value)}" is not a date', "write year-month-day, such as 2027-01-31")


def _clock_time(value: object) -> object:
    if isinstance(value, time):
        return value
    if isinstance(value, str) and re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d", value):
        return time.fromisoformat(value)
    raise problem(
        "time", f'"{_show(value)}" is not a time of day', 'write hours and minutes, such as "09:30"'
    )


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise problem("zone", f'"{value}" is not a time zone', "use a name such as Europe/Warsaw") from None
    return value


def _address(value: str) -> str:
    if re.search(r"[\s\u0000-\u0020\u00a0\u2000-\u200f\u2028\u2029\ufeff\"'<>\\`{}|^]", value):
        raise problem("address", "an address may not hold spaces or quotes", "copy it once more")
    if not re.match(r"(?:https?://|mailto:)[^/:?#@]", value):
        raise problem(
            "address",
            f'"{value}" is not an address that can be linked',
            "begin with https://, http:// or mailto:",
        )
    return value


def _email(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", value):
        raise problem("email", f'"{value}" is not an e-mail address', "such as name@example.org")
    return value


def _show(value: object) -> str:
    return str(value)[:60]


K = TypeVar("K")
V = TypeVar("V")


def _freeze(value: Mapping[K, V]) -> Mapping[K, V]:
    return MappingProxyType(dict(value))


_frozen = (AfterValidator(_freeze), PlainSerializer(dict))

Id = Annotated[str, AfterValidator(_identifier), Field(json_schema_extra={"pattern": _ID.pattern})]
Name = Annotated[str, BeforeValidator(_text), AfterValidator(_line), Field(max_length=160)]
"""One line that is the same in every language: a person, an organisation, a code."""
Line = Annotated[Name, Translatable]
"""One line of text in the language of the reader."""
Text = Annotated[str, BeforeValidator(_text), Field(max_length=4000), Translatable]
"""Text of one or more paragraphs; paragraphs are parted by an empty line."""
Minutes = Annotated[int, Field(ge=1, le=480)]
Weeks = Annotated[int, Field(ge=-104, le=104)]
Day = Annotated[date, BeforeValidator(_iso_date), WithJsonSchema({"type": "string", "format": "date"})]
ClockTime = Annotated[
    time,
    BeforeValidator(_clock_time),
    WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"}),
]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
Address = Annotated[str, Field(max_length=500), AfterValidator(_address)]
Email = Annotated[str, Field(max_length=254), AfterValidator(_email)]
Labels = Annotated[Mapping[Id, Line], Field(min_length=1, max_length=60), *_frozen]
"""Labels in order, each under an id of its own, so that rewording or reordering keeps answers."""
OneOrMore = Field(min_length=1, max_length=200)


class Entry(BaseModel):
    """What every value of the programme shares: no surprises in it, and no change after it."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


# --- moments ------------------------------------------------------------------------------------


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


class DayRange(Entry):
    """Days off, first and last included."""

    first: Day
    last: Day

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def _day_range(value: object) -> object:
    if isinstance(value, str):
        first, _, last = value.partition("/")
        days = {"first": _iso_date(first), "last": _iso_date(last or first)}
        if str(days["last"]) < str(days["first"]):
            raise problem("date", f'"{value}" ends before it begins', "swap the two dates")
        return days
    if isinstance(value, DayRange):
        return value
    raise problem("date", f'"{_show(value)}" is not a day off', "write 2027-05-03 or 2027-12-24/2027-12-31")


DaysOff = Annotated[
    DayRange,
    BeforeValidator(_day_range),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?$"}),
]


# --- the organisation ---------------------------------------------------------------------------


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


class Policy(Entry):
    """A rule of the organisation that people in the programme may need."""

    title: Name
    address: Address


class Driver(Entry):
    """Who keeps a pair going: whose task the dates are, and whose the agenda is."""

    dates: Literal["mentee-office", "mentee", "mentor", "programme-lead"] = "mentee-office"
    agenda: Literal["mentor", "mentee"] = "mentor"


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
    start: Day | None = Field(default=None, description="the day of the first meeting of pairs")
    start_time: ClockTime | None = Field(default=None, description="when meetings begin, such as 10:00")
    cadence_weeks: Annotated[int, Field(ge=1, le=12)] = 4
    meeting_minutes: Literal[30, 45, 60, 90] = 60
    paper: Literal["A4", "Letter"] = "A4"
    languages: Annotated[tuple[Language, ...], OneOrMore] = ("en", "pl")
    in_other_languages: Annotated[Mapping[Language, LocalNames], *_frozen] = Field(default_factory=dict)
    time_zone: TimeZone = "Europe/Warsaw"
    holidays: Annotated[tuple[DaysOff, ...], Field(max_length=400)] = ()
    driver: Driver = Driver()
    contacts: Annotated[Mapping[Id, Contact], *_frozen] = Field(default_factory=dict)
    policies: tuple[Policy, ...] = ()
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
    lens: Annotated[Mapping[Id, Lens], *_frozen] = Field(description="what each role does")
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
    say: Text


class TooShort(Entry):
    """A length that this session cannot be held in, and why."""

    minutes: Literal[30, 45, 60, 90]
    because: Text


class Session(Entry):
    """A meeting of a pair, or an event that prepares or supports the pairs."""

    kind: Literal["meeting", "event"]
    title: Line
    phase: Id
    when: When
    purpose: Text
    outcome: Text
    roles: Annotated[tuple[Id, ...], OneOrMore] = Field(description="who is in the room")
    bring: Annotated[tuple[Line, ...], OneOrMore]
    minutes: Minutes = Field(description="its own length")
    lengths: tuple[Literal[30, 45, 60, 90], ...] = Field((), description="other lengths")
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


# --- worksheets ---------------------------------------------------------------------------------


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
    | FixedText,
    Field(discriminator="type"),
]

N = TypeVar("N", bound=Number)


def _low_below_high(value: N) -> N:
    if value.low >= value.high:
        raise problem("range", f"{value.low} is not below {value.high}", "swap low and high")
    return value


class Worksheet(Entry):
    """A sheet that people fill in on screen or on paper."""

    code: Annotated[str, Field(pattern=r"^[A-Z][0-9]{1,2}$")] = Field(
        description="what people call it: M1, E4"
    )
    title: Line
    purpose: Text
    use_when: Text
    not_when: Text
    by: Annotated[tuple[Id, ...], OneOrMore] = Field(description="roles that fill it in")
    goes_to: Visibility = Field(description="who sees the finished sheet")
    minutes: Minutes
    fields: Annotated[tuple[WorksheetField, ...], OneOrMore]


# --- words --------------------------------------------------------------------------------------


class Plural(Entry):
    """A phrase with a number in it, `{n}`, in the plural forms of its language (CLDR names)."""

    one: Name
    few: Name | None = None
    many: Name | None = None
    other: Name


def _form(value: object) -> str:
    return "plural" if isinstance(value, Mapping | Plural) else "text"


Phrase = Annotated[Annotated[Text, Tag("text")] | Annotated[Plural, Tag("plural")], Discriminator(_form)]
"""A text, or a phrase that counts."""
Words = Annotated[Mapping[str, Phrase], *_frozen]
"""Every word that a component prints, by key."""
