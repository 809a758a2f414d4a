"""Every minute of the YAML is followed to every page that shows it, with the arithmetic done anew."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from tests.conftest import Run, Sample, copy_sample, raw

Raw = dict[str, Any]

SESSIONS = ("flour-evening", "first-dough", "second-oven")
ROLES = ("mentor", "mentee", "programme-lead", "taster")
SHEETS = ("flour-card", "dough-diary", "crumb-map", "crust-letter")
IN_POLISH = {"first-dough", "dough-diary", *ROLES}
"""What the sample says in Polish too; on the Polish site all else speaks English."""


@dataclass(frozen=True, slots=True)
class Site:
    """The sample's files, by another reader than the kit's, and the site that was built from them."""

    sample: Sample

    def data(self, name: str) -> Raw:
        """A data file with every scalar as text."""
        loaded: Raw = raw(self.sample.data / f"{name}.yml")
        return loaded

    def page(self, language: str, place: str) -> Tag:
        """The content of a page."""
        path = self.sample.site / ("" if language == "en" else language) / f"{place}.html"
        main = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").main
        assert main is not None
        return main

    def spoken(self, language: str, place: str) -> str:
        """The language of a page of prose: English where nobody has translated it."""
        return language if (self.sample.docs / language / f"{place}.md").exists() else "en"

    def word(self, language: str, key: str, n: int | None = None, **values: object) -> str:
        """A word of the interface, filled in."""
        word = self.data("ui")[key] if language == "en" else self.data("pl/ui")[key]["pl"]
        if n is not None:
            word = word[_form(language, n)]
            values["n"] = n
        for name, value in values.items():
            word = word.replace(f"{{{name}}}", str(value))
        return str(word)

    def minutes(self, language: str, minutes: int) -> str:
        """5 minutes."""
        return self.word(language, "minutes", n=minutes)

    def duration(self, language: str, minutes: int) -> str:
        """1 h 5 min."""
        parts = [self.word(language, "hours_short", hours=minutes // 60)] if minutes >= 60 else []
        if minutes % 60 or not parts:
            parts.append(self.word(language, "minutes_short", minutes=minutes % 60))
        return " ".join(parts)


def _form(language: str, n: int) -> str:
    """The plural form of a number, by the grammar books."""
    if n == 1:
        return "one"
    if language == "en":
        return "other"
    return "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"


def _text(element: Tag | None) -> str:
    """What a person reads, any space being a space."""
    assert element is not None
    return " ".join(element.get_text().split())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Site:
    """The sample, built once."""
    sample = copy_sample(tmp_path_factory.mktemp("conservation"))
    done = run(sample, "build", "--site", str(sample.site))
    assert (done.code, done.err) == (0, "")
    return Site(sample)


def test_conservation_looks_at_every_entry(site: Site) -> None:
    """The lists above are those of the files."""
    folders = {"sessions": SESSIONS, "roles": ROLES, "worksheets": SHEETS}
    for folder, names in folders.items():
        assert {path.stem for path in (site.sample.data / folder).glob("*.yml")} == set(names)
        polish = {path.stem for path in (site.sample.data / "pl" / folder).glob("*.yml")}
        assert polish == IN_POLISH & set(names)


# --- agendas ------------------------------------------------------------------------------------


def _lengths(session: Raw) -> list[int]:
    return sorted(map(int, [session["minutes"], *session.get("lengths", [])]))


def _spans(session: Raw, length: int) -> dict[str, int]:
    """Minutes of each item in one length, in order, without those it leaves out."""
    key = "minutes" if length == int(session["minutes"]) else f"in_{length}"
    return {item["id"]: int(item[key]) for item in session["agenda"] if key in item}


def _clock(start: str, minutes: int) -> str:
    at = int(start[:2]) * 60 + int(start[3:]) + minutes
    return f"{at // 60 % 24:02}:{at % 60:02}"


@pytest.mark.parametrize(("name", "language"), list(product(SESSIONS, ("en", "pl"))))
def test_conservation_of_every_minute_of_an_agenda(name: str, language: str, site: Site) -> None:
    """In every length, each item has its minutes and stands where the items before it end."""
    session, start = site.data(f"sessions/{name}"), site.data("organisation")["start_time"]
    spoken = language if name in IN_POLISH else "en"
    page = site.page(language, f"templates/agendas/{name}")
    expected: dict[str, dict[int, str]] = {item["id"]: {} for item in session["agenda"]}
    for length in _lengths(session):
        at = 0
        for item, span in _spans(session, length).items():
            end = at + span
            clock = f"{_clock(start, at)}–{_clock(start, end)}"
            expected[item][length] = f"{at}–{end} {clock} {site.minutes(spoken, span)}"
            at = end
        assert at == length
    found = {
        str(item["id"]).removeprefix("item-"): {
            int(str(one["data-length"])): _text(one) for one in item.select(".clock [data-length]")
        }
        for item in page.select(".agenda > li")
    }
    assert found == expected
    assert {int(str(one["data-length"])): _text(one) for one in page.select(".total [data-length]")} == {
        length: site.word(spoken, "agenda_total", minutes=site.minutes(spoken, length))
        for length in _lengths(session)
    }
    held = [_text(one) for one in page.select(".overview [data-length]")]
    assert held == [site.minutes(spoken, length) for length in _lengths(session)]


# --- roles --------------------------------------------------------------------------------------


def _times(when: Raw) -> int:
    """How often a moment of the programme comes."""
    return len(when.get("after_meetings", [0]))


def _attended(site: Site, role: str) -> list[int]:
    """Minutes of every session and milestone of a role, once for each time it is held."""
    wanted = int(site.data("organisation")["meeting_minutes"])
    found = []
    for name in SESSIONS:
        session = site.data(f"sessions/{name}")
        lengths = _lengths(session)
        length = int(session["minutes"])
        if session["kind"] == "meeting":
            length = min((one for one in lengths if one >= wanted), default=lengths[-1])
        if role in session["roles"]:
            found += [sum(_spans(session, length).values())] * _times(session["when"])
    for milestone in site.data("program")["milestones"]:
        if role in milestone["roles"]:
            found += [int(milestone["minutes"])] * _times(milestone["when"])
    return found


def _items(site: Site) -> list[Raw]:
    return [
        item
        for path in sorted((site.sample.data / "checklists").glob("*.yml"))
        for item in raw(Path(path))["items"]
    ]


def _prepared(site: Site, role: str) -> int:
    """Minutes of all that a role does before, after and between sessions."""
    meetings = sum(site.data(f"sessions/{name}")["kind"] == "meeting" for name in SESSIONS)
    return sum(
        int(item["minutes"]) * (meetings if "every" in item else _times(item.get("when", {})))
        for item in _items(site)
        if role in item["roles"] and item.get("moment") != "during"
    )


@pytest.mark.parametrize(("role", "language"), list(product(ROLES, ("en", "pl"))))
def test_conservation_of_the_hours_of_a_role(role: str, language: str, site: Site) -> None:
    """A role's page lists every session and milestone with its minutes, and their sum with all tasks."""
    attended = _attended(site, role)
    total = sum(attended) + _prepared(site, role)
    page = site.page(language, f"roles/{role}")
    told = site.word(language, "time_total", time=site.duration(language, total))
    assert _text(page.select_one("#time + p strong")) == told
    rows = [_text(row.select("td")[-1]) for row in page.select("table tbody tr")]
    assert sorted(rows) == sorted(site.duration(language, minutes) for minutes in attended)
    for place in ("index", "roles/index"):
        spoken = site.spoken(language, place)
        told = site.word(spoken, "time_total", time=site.duration(spoken, total))
        page = site.page(language, place)
        card = page.find("a", href=lambda link: bool(link) and link.endswith(f"{role}.html"))
        assert isinstance(card, Tag)
        assert card.parent is not None
        assert told in _text(card.parent)


# --- sheets and checklists ----------------------------------------------------------------------


@pytest.mark.parametrize(("name", "language"), list(product(SHEETS, ("en", "pl"))))
def test_conservation_of_the_minutes_of_a_sheet(name: str, language: str, site: Site) -> None:
    """A worksheet has the same minutes on its own page and in the index of templates."""
    sheet = site.data(f"worksheets/{name}")
    spoken = language if name in IN_POLISH else "en"
    page = site.page(language, f"templates/worksheets/{name}")
    assert _text(page.select_one(".kicker")).split(" · ")[-1] == site.minutes(spoken, int(sheet["minutes"]))
    index = site.page(language, "templates/index").select_one("#all-worksheets ~ *")
    assert index is not None
    shown = {str(one.select("a")[0]["href"]).rpartition("/")[2]: _text(one) for one in index.select("li")}
    assert shown.keys() == {f"{one}.html" for one in SHEETS}
    told = site.duration(site.spoken(language, "templates/index"), int(sheet["minutes"]))
    assert told in shown[f"{name}.html"].split(" · ")


@pytest.mark.parametrize("name", [*ROLES, "knead", "bake"])
def test_conservation_of_the_minutes_of_a_checklist(name: str, site: Site) -> None:
    """Each item shows its minutes on the checklist of each of its roles and of its phase."""
    page = site.page("en", f"templates/checklists/{name}")
    found = {
        str(tick["id"]).removeprefix("tick-"): _text(tick.find_next(class_="facts")).split(" · ")
        for tick in page.select(".ticks [id^=tick-]:not([id$=-more])")
    }
    phase = {item["id"] for item in site.data(f"checklists/{name}")["items"]} if name not in ROLES else set()
    items = {item["id"]: item for item in _items(site) if name in item["roles"] or item["id"] in phase}
    assert found.keys() == items.keys()
    for identifier, facts in found.items():
        assert site.duration("en", int(items[identifier]["minutes"])) in facts
