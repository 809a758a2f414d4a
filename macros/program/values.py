"""Single values of the programme: ids, texts, days, addresses, and what is wrong with one.

Text that a reader sees carries the `Translatable` marker, so that `translate` can find it without a
second list of fields.
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
    # Whether a file ends with a line end must not change the last text in it.
    value = unicodedata.normalize("NFC", value).rstrip("\n")
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


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise problem("colour", f'"{value}" is not a colour', 'write six digits, such as "#005ea5"')
    return value.lower()


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG 2.2 reckons it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _show(value: object) -> str:
    return str(value)[:60]


K = TypeVar("K")
V = TypeVar("V")


def _freeze(value: Mapping[K, V]) -> Mapping[K, V]:
    return MappingProxyType(dict(value))


FROZEN = (AfterValidator(_freeze), PlainSerializer(dict))

Id = Annotated[str, AfterValidator(_identifier), Field(json_schema_extra={"pattern": _ID.pattern})]
Name = Annotated[str, BeforeValidator(_text), AfterValidator(_line), Field(max_length=160)]
"""One line that is the same in every language: a person, an organisation, a code."""
Line = Annotated[Name, Translatable]
"""One line of text in the language of the reader."""
Text = Annotated[str, BeforeValidator(_text), Field(max_length=4000), Translatable]
"""Text of one or more paragraphs; paragraphs are parted by an empty line."""
Code = Annotated[str, Field(pattern=r"^[A-Z][0-9]{1,2}$")]
"""What people call an artefact of the kit: a letter for whom it is for, and a number."""
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
Colour = Annotated[
    str, AfterValidator(_colour), Field(max_length=20, json_schema_extra={"pattern": "^#[0-9a-fA-F]{6}$"})
]
Email = Annotated[str, Field(max_length=254), AfterValidator(_email)]
Labels = Annotated[Mapping[Id, Line], Field(min_length=1, max_length=60), *FROZEN]
"""Labels in order, each under an id of its own, so that rewording or reordering keeps answers."""
OneOrMore = Field(min_length=1, max_length=200)


class Entry(BaseModel):
    """What every value of the programme shares: no surprises in it, and no change after it."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


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
Words = Annotated[Mapping[str, Phrase], *FROZEN]
"""Every word that a component prints, by key."""
