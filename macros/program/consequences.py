"""What an organisation's choices bring about that somebody may not have meant.

None of these is a mistake: a half-hour series is a good choice even if its first meeting takes longer.
But whoever chooses should hear of it before the first pair meets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.program import schedule, views
from macros.program.loading import Programme
from macros.program.values import Plural

FEWEST_ANSWERS = 5
"""Results of fewer people than this are not shown to anybody."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """Something that follows from a choice: the key of its sentence in `ui.yml`, and what is filled in."""

    key: str
    values: tuple[tuple[str, str | int], ...]


def consequences(programme: Programme) -> Iterator[Consequence]:
    """Everything worth saying about the choices of `organisation.yml`, most weighty first."""
    yield from _too_short(programme)
    yield from _too_few(programme)
    yield from _too_close(programme)
    yield from _too_early(programme)
    yield from _examples(programme)


def sentence(programme: Programme, one: Consequence) -> str:
    """A consequence in English, as the commands print it."""
    values = dict(one.values)
    word = programme.words[one.key]
    if isinstance(word, Plural):
        word = word.one if values.get("n") == 1 else word.other
    for name, value in values.items():
        word = word.replace(f"{{{name}}}", str(value))
    return word


def _said(key: str, **values: str | int) -> Consequence:
    return Consequence(key, tuple(values.items()))


def _too_short(programme: Programme) -> Iterator[Consequence]:
    """Meetings that cannot be held in the length that was chosen."""
    wanted = programme.organisation.meeting_minutes
    for name in schedule.meetings(programme):
        session = programme.sessions[name]
        length = session.length_for(wanted)
        if length != wanted:
            because = next((one.because for one in session.cannot if one.minutes == wanted), "")
            yield _said("choice_longer", session=session.title, length=length, n=wanted, because=because)


def _too_few(programme: Programme) -> Iterator[Consequence]:
    """Programmes so small that answers give people away."""
    pairs = programme.organisation.pairs
    if pairs < FEWEST_ANSWERS:
        yield _said("choice_no_results", n=pairs, least=FEWEST_ANSWERS)
    elif pairs < FEWEST_ANSWERS + 3:
        yield _said("choice_few_results", n=pairs, missing=pairs - FEWEST_ANSWERS + 1, least=FEWEST_ANSWERS)


def _too_close(programme: Programme) -> Iterator[Consequence]:
    """Events between meetings that fall into the week of a meeting."""
    meetings = {schedule.session_weeks(programme, name)[0]: name for name in schedule.meetings(programme)}
    for session in programme.sessions.values():
        if session.when.after_meetings is None:
            continue
        for week in schedule.weeks_of(programme, session.when):
            if week in meetings:
                meeting = programme.sessions[meetings[week]].title
                yield _said("choice_same_week", event=session.title, meeting=meeting)


def _too_early(programme: Programme) -> Iterator[Consequence]:
    """Things to do before a meeting that are due before the meeting that precedes it."""
    order = schedule.meetings(programme)
    days = programme.organisation.cadence_weeks * 7
    for task in views.tasks(programme):
        item = task.item
        follows = item.every == "meeting" or (item.session in order and order.index(item.session) > 0)
        if item.moment == "before" and item.days >= days and follows:
            yield _said("choice_too_early", task=item.text, n=item.days)


def _examples(programme: Programme) -> Iterator[Consequence]:
    """Contacts that are still the kit's examples."""
    count = sum(one.example for one in programme.organisation.contacts.values())
    if count:
        yield _said("choice_examples", n=count)
