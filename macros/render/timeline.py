"""The programme over time, as a picture and as the list that says the same in words."""

from __future__ import annotations

from typing import Any, NamedTuple

from macros.program import schedule
from macros.program.loading import Programme
from macros.program.model import Phase
from macros.program.schedule import Slot

WIDTH = 1000
"""The picture's width in its own units; it is drawn as wide as the page."""
ROW = 30
"""How far apart the bars are, in the same units."""


class Span(NamedTuple):
    """A phase with its first and last week, counted from the first meeting."""

    phase: Phase
    first: int
    last: int


class Step(NamedTuple):
    """A session or a milestone at its moment. `nth` counts, from 0, how often it came before."""

    kind: str
    name: str
    slot: Slot
    nth: int


def timeline(programme: Programme) -> dict[str, Any]:
    """Bars (phases) and dots (steps) with their places in the picture, and the steps of each phase."""
    spans = [
        Span(
            phase,
            schedule.weeks_of(programme, phase.starts)[0],
            schedule.weeks_of(programme, phase.ends)[0],
        )
        for phase in programme.program.phases
    ]
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    unit = WIDTH / max(last - first, 1)
    steps = _steps(programme)
    return {
        "width": WIDTH,
        "height": len(spans) * ROW + 40,
        "bars": [_bar(span, row, (span.first - first) * unit, unit) for row, span in enumerate(spans)],
        "dots": [{"x": round((step.slot.week - first) * unit, 1), "kind": step.kind} for step in steps],
        "groups": [
            (span, [step for step in steps if _phase_of(programme, step, spans) == span.phase.id])
            for span in spans
        ],
    }


def _bar(span: Span, row: int, start: float, unit: float) -> dict[str, Any]:
    """A phase as a bar, with its label on the side where there is room."""
    width = max(span.last - span.first, 1) * unit
    fits_after = start + width < WIDTH * 0.7
    return {
        "phase": span.phase,
        "x": round(start, 1),
        "y": row * ROW + 34,
        "width": round(width, 1),
        "label_x": round(start + width + 10 if fits_after else start - 10, 1),
        "anchor": "start" if fits_after else "end",
    }


def _steps(programme: Programme) -> list[Step]:
    found = [
        Step("session", name, slot, nth)
        for name in programme.sessions
        for nth, slot in enumerate(schedule.session_slots(programme, name))
    ]
    found += [
        Step("milestone", one.id, slot, nth)
        for one in programme.program.milestones
        for nth, slot in enumerate(schedule.slots(programme, one.when))
    ]
    return sorted(found, key=lambda step: (step.slot.week, step.kind != "session"))


def _phase_of(programme: Programme, step: Step, spans: list[Span]) -> str:
    if step.kind == "session":
        return programme.sessions[step.name].phase
    inside = [span.phase.id for span in spans if span.first <= step.slot.week <= span.last]
    return inside[-1] if inside else spans[-1].phase.id
