"""Components for what readers make their own: dates, what is kept, the next step, a certificate.

Each public function is the macro of its name. Scripts fill them in; without one, each says so, or
stays out of sight, or is a sheet to fill in by hand.
"""

from __future__ import annotations

from macros.program.values import LENGTHS
from macros.render.page import Page

MOST_WEEKS = 12
"""The longest rhythm that can be chosen, in weeks; as in `Organisation.cadence_weeks`."""
PAPERS = ("A4", "Letter")


def next_up(page: Page) -> str:
    """The next meeting, what to do before it and what to bring."""
    return page.block(page.programme("ui"), "next_up")


def my_programme(page: Page) -> str:
    """A reader's own role and dates, and a calendar file of them."""
    return page.block(
        page.programme("ui"), "my_programme", lengths=LENGTHS, papers=PAPERS, most_weeks=MOST_WEEKS
    )


def my_data(page: Page) -> str:
    """Everything that this browser keeps."""
    return page.block(page.programme("ui"), "my_data")


def certificate(page: Page) -> str:
    """What a reader worked through and practised, by their own word."""
    programme = page.programme("ui")
    return page.block(
        programme,
        "certificate",
        modules={name: one.needed_by for name, one in programme.modules.items()},
        scenarios={name: tuple(one.versions) for name, one in programme.scenarios.items()},
    )
