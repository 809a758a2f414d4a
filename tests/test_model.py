"""The values a programme is made of: what they compute and what they take."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from macros.program import values
from macros.program.loading import load
from macros.program.model import AgendaItem, Session
from macros.program.values import VISIBILITIES
from tests.conftest import Sample


def _item(**spans: int) -> AgendaItem:
    return AgendaItem.model_validate(
        {"id": "knead", "title": "Knead", "lead": ("mentor",), "lens": {"mentor": {"do": "Knead."}}, **spans}
    )


def _session(kind: str, minutes: int, *lengths: int) -> Session:
    return Session.model_validate(
        {
            "kind": kind,
            "title": "Dough",
            "phase": "bake",
            "when": {"meeting": 1},
            "purpose": "Bread.",
            "outcome": "Bread.",
            "roles": ("mentor",),
            "bring": ("A bowl",),
            "minutes": minutes,
            "lengths": lengths,
            "agenda": (_item(minutes=minutes),),
            "trouble": ({"when": "It sticks", "say": "More flour."},),
        }
    )


def test_model_item_has_its_own_minutes_and_those_of_other_lengths() -> None:
    """`minutes` counts in the session's own length, whatever that is; a length not named leaves it out."""
    item = _item(minutes=7, in_30=3, in_90=12)
    assert {length: item.minutes_in(length, 50) for length in (30, 45, 50, 60, 90)} == {
        30: 3,
        45: None,
        50: 7,
        60: None,
        90: 12,
    }


def test_model_session_lists_its_lengths_from_the_shortest() -> None:
    """Its own length stands among the others in order, once."""
    assert [_session("meeting", 60, 90, 30).all_lengths, _session("event", 25).all_lengths] == [
        (30, 60, 90),
        (25,),
    ]


@pytest.mark.parametrize(
    ("session", "lengths"),
    [
        (_session("meeting", 60, 30, 90), {30: 30, 45: 60, 60: 60, 90: 90}),
        (_session("meeting", 60, 45), {30: 45, 45: 45, 60: 60, 90: 60}),
        (_session("meeting", 90), {30: 90, 45: 90, 60: 90, 90: 90}),
        (_session("event", 25, 60), {30: 25, 45: 25, 60: 25, 90: 25}),
    ],
    ids=["with a gap", "too short to be long", "one length", "event"],
)
def test_model_session_is_held_in_the_nearest_length_not_shorter(
    session: Session, lengths: dict[int, int]
) -> None:
    """A meeting is never squeezed; where it cannot be long enough it takes its longest; an event its own."""
    assert {wanted: session.length_for(wanted) for wanted in lengths} == lengths


def test_model_visibilities_run_from_the_fewest_people_to_everyone() -> None:
    """The order is what the rule on leaking fields compares by."""
    assert VISIBILITIES == ("private", "pair", "lead", "public")


IDS: dict[str, bool] = {
    "a": True,
    "knead": True,
    "first-dough": True,
    "a1-b2": True,
    "dough-2": True,
    "a" * 60: True,
    "a" * 61: False,
    "": False,
    "2-dough": False,
    "-dough": False,
    "dough-": False,
    "first--dough": False,
    "First": False,
    "first_dough": False,
    "first dough": False,
    "dough\n": False,
    "../dough": False,
    "/dough": False,
    "dough.yml": False,
    "<b>": False,
    "żur": False,
    "dоugh": False,  # with a Cyrillic letter
    "con": False,
    "nul": False,
    "com1": False,
    "lpt9": False,
    "com1-a": True,
    "index": False,
    "{{ role }}": False,
}


@pytest.mark.parametrize("word", IDS, ids=repr)
def test_model_id_is_a_name_that_every_system_can_hold(word: str) -> None:
    """Small letters, digits and single hyphens; nothing that a path, an address or Windows takes amiss."""
    assert _takes(values.Id, word) is IDS[word]


VALUES: list[tuple[str, Any, Any, bool]] = [
    ("line", values.Line, "Zażółć „gęślą” jaźń — 😀 שלום", True),
    ("line of the longest kind", values.Line, "a" * 160, True),
    ("line too long", values.Line, "a" * 161, False),
    ("line in two", values.Line, "a\nb", False),
    ("text in two", values.Text, "a\n\nb", True),
    ("text of the longest kind", values.Text, "a" * 4000, True),
    ("text too long", values.Text, "a" * 4001, False),
    ("text with a tab", values.Text, "a\tb", False),
    ("text of no-break spaces", values.Text, "\u00a0\u00a0", False),
    ("text of wide spaces", values.Text, "\u3000\u2003", False),
    ("text of joiners", values.Text, "\u200d\u2060", False),
    ("text with a joiner in an emoji", values.Text, "👩‍🍳", True),
    ("text that turns round", values.Text, "a\u202eb", False),
    ("text with half a letter", values.Text, "a\ud83d", False),
    ("text with a letter of nobody", values.Text, "a\uffff", False),
    ("text with a separator of lines", values.Text, "a\u2028b", False),
    ("day", values.Day, "2028-02-29", True),
    ("day of no leap year", values.Day, "2027-02-29", False),
    ("day before our time", values.Day, "1999-12-31", False),
    ("day after our time", values.Day, "2101-01-01", False),
    ("day in Arabic digits", values.Day, "٢٠٢٧-01-31", False),
    ("day with a line end", values.Day, "2027-01-31\n", False),
    ("time", values.ClockTime, "23:59", True),
    ("time of noon", values.ClockTime, "12:00", True),
    ("time too late", values.ClockTime, "24:00", False),
    ("time with seconds", values.ClockTime, "12:00:00", False),
    ("time with one digit", values.ClockTime, "9:30", False),
    ("zone", values.TimeZone, "Europe/Warsaw", True),
    ("zone of a path", values.TimeZone, "/etc/localtime", False),
    ("zone above the zones", values.TimeZone, "../zoneinfo/UTC", False),
    ("zone of nothing", values.TimeZone, "", False),
    ("zone with NUL", values.TimeZone, "UTC\0", False),
    ("zone that is a folder", values.TimeZone, "Europe", False),
    ("address", values.Address, "https://bakery.example/a?b=c&d=%20#e", True),
    ("address to write to", values.Address, "mailto:crumb@bakery.example", True),
    ("address in capitals", values.Address, "HTTPS://bakery.example", False),
    ("address that runs", values.Address, "javascript:alert(1)", False),
    ("address that runs in capitals", values.Address, "JavaScript:alert(1)", False),
    ("address behind a space", values.Address, " javascript:alert(1)", False),
    ("address with a tab", values.Address, "java\tscript:alert(1)", False),
    ("address of a file", values.Address, "file:///etc/passwd", False),
    ("address of this site", values.Address, "/hands", False),
    ("address of no scheme", values.Address, "//bakery.example", False),
    ("address of no host", values.Address, "https:///hands", False),
    ("address with quotes", values.Address, 'https://bakery.example/"onclick=x', False),
    ("e-mail", values.Email, "mrs.crumb+oven@bakery.example", True),
    ("e-mail of no domain", values.Email, "crumb@bakery", False),
    ("e-mail with a header", values.Email, "crumb@bakery.example?bcc=all@bakery.example", False),
    ("e-mail with a line end", values.Email, "crumb@bakery.example\n", False),
    ("minutes", values.Minutes, 480, True),
    ("minutes too many", values.Minutes, 481, False),
    ("minutes of none", values.Minutes, 0, False),
    ("minutes in text", values.Minutes, "10", False),
    ("minutes in part", values.Minutes, 10.0, False),
    ("minutes that are true", values.Minutes, True, False),
    ("days off", values.DaysOff, "2031-04-21/2031-04-22", True),
    ("day off", values.DaysOff, "2031-04-21", True),
    ("days off backwards", values.DaysOff, "2031-04-22/2031-04-21", False),
    ("days off in three", values.DaysOff, "2031-04-21/2031-04-22/2031-04-23", False),
    ("labels of none", values.Labels, {}, False),
]


@pytest.mark.parametrize(
    ("kind", "value", "good"), [case[1:] for case in VALUES], ids=[case[0] for case in VALUES]
)
def test_model_value_is_taken_or_refused(kind: Any, value: Any, good: bool) -> None:
    """Each kind of value takes what a host may write, and nothing that harms or cannot be meant."""
    assert _takes(kind, value) is good


def test_model_text_is_composed() -> None:
    """An accent in two parts becomes one letter, so that equal words are equal."""
    assert TypeAdapter(values.Text).validate_python("e\u0301") == "é"


def test_model_days_off_hold_their_first_and_last_day() -> None:
    """Both ends belong to a range, and a single day is a range of itself."""
    days = TypeAdapter(values.DaysOff).validate_python("2031-04-21/2031-04-23")
    assert [day for day in range(19, 26) if date(2031, 4, day) in days] == [21, 22, 23]
    single = TypeAdapter(values.DaysOff).validate_python("2031-04-21")
    assert [day for day in range(19, 26) if date(2031, 4, day) in single] == [21]


def test_model_cannot_be_changed_once_read(sample: Sample) -> None:
    """Neither a field, nor a mapping inside, nor the programme itself takes a new value."""
    programme = load(sample.data).programme
    item: Any = programme.sessions["first-dough"].agenda[0]
    with pytest.raises(ValidationError):
        item.minutes = 1
    with pytest.raises(TypeError):
        item.lens["mentor"] = None
    with pytest.raises(dataclasses.FrozenInstanceError):
        programme.language = "pl"  # type: ignore[misc]


def _takes(kind: Any, value: Any) -> bool:
    try:
        TypeAdapter(kind).validate_python(value, strict=True)
    except ValidationError:
        return False
    return True
