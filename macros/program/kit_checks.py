"""Rules about the kit as a whole: artefacts, tracks, variants, contacts, and the guide that uses them."""

from __future__ import annotations

from collections.abc import Iterator

from macros.program import letters
from macros.program.problems import nearest
from macros.program.rules import Finding, Reference, Site, rule, unknown
from macros.program.values import contrast

LEAST_CONTRAST = 4.5
"""Of a colour with what it is written on, for text of any size (WCAG 2.2, 1.4.3)."""

GROUNDS = {
    "light": ("#fbfaf6", "#ffffff", "#e6f0ed", "#fbf0d9"),
    "dark": ("#13191b", "#1b2326", "#1d3331", "#2f2a1b"),
}
"""What links are written on in each scheme, as in `theme/css/kit.css`; a test holds one to the other."""

ON_COLOUR = {"light": "#ffffff", "dark": "#0c1a1b"}
"""What is written on a button of the colour."""


def role_references(site: Site) -> Iterator[Reference]:
    """Where the kit and the guide name roles."""
    programme = site.programme
    if programme.organisation.money is not None:
        for name in programme.organisation.money.by_role:
            yield "organisation", ("money", "by_role", name), name
    for index, artefact in enumerate(programme.program.artefacts):
        for place, name in enumerate(artefact.by):
            yield "program", ("artefacts", index, "by", place), name
    for index, duty in enumerate(programme.duties):
        yield "duties", ("duties", index, "answers"), duty.answers
        for field in ("does", "asked", "told"):
            for place, name in enumerate(getattr(duty, field)):
                yield "duties", ("duties", index, field, place), name
    for index, risk in enumerate(programme.risks):
        yield "risks", ("risks", index, "owner"), risk.owner
    for pack_name, pack in programme.packs.items():
        yield f"packs/{pack_name}", ("role",), pack.role
    for track_name, track in programme.tracks.items():
        for session, swap in track.meetings.items():
            for item, core in swap.items.items():
                for name in core.lens:
                    yield f"tracks/{track_name}", ("meetings", session, "items", item, "lens", name), name
    for session_name, one in programme.sessions.items():
        for place, name in enumerate(one.with_each):
            yield f"sessions/{session_name}", ("with_each", place), name


def session_references(site: Site) -> Iterator[Reference]:
    """Where the kit and the guide name sessions."""
    programme = site.programme
    for track_name, track in programme.tracks.items():
        for session in track.meetings:
            yield f"tracks/{track_name}", ("meetings", session), session
    for page, steps in programme.guide.items():
        for place, name in enumerate(steps.sessions):
            yield "guide", (page, "sessions", place), name


def worksheet_references(site: Site) -> Iterator[Reference]:
    """Where the kit names worksheets."""
    for track_name, track in site.programme.tracks.items():
        for session, swap in track.meetings.items():
            for item, core in swap.items.items():
                for place, name in enumerate(core.worksheets):
                    key = ("meetings", session, "items", item, "worksheets", place)
                    yield f"tracks/{track_name}", key, name
    for pack_name, pack in site.programme.packs.items():
        for place, name in enumerate(pack.contents):
            yield f"packs/{pack_name}", ("contents", place), name


def phase_references(site: Site) -> Iterator[Reference]:
    """Where the kit and the guide name phases."""
    for index, artefact in enumerate(site.programme.program.artefacts):
        for place, name in enumerate(artefact.phases):
            yield "program", ("artefacts", index, "phases", place), name
    for index, duty in enumerate(site.programme.duties):
        yield "duties", ("duties", index, "phase"), duty.phase


@rule("R113")
def variant_is_known(site: Site) -> Iterator[Finding]:
    """There is no form of the programme called "{name}"."""
    wanted = site.programme.organisation.variant
    known = {one.id: one for one in site.programme.program.variants}
    if wanted is not None:
        yield from unknown(iter([("organisation", ("variant",), wanted)]), known)


@rule("R114")
def track_is_known(site: Site) -> Iterator[Finding]:
    """There is no track "{name}"."""
    named: list[Reference] = [
        ("organisation", ("tracks", place), name)
        for place, name in enumerate(site.programme.organisation.tracks or ())
    ]
    yield from unknown(iter(named), site.programme.tracks)


@rule("R115")
def track_changes_what_is_there(site: Site) -> Iterator[Finding]:
    """The session "{session}" has no agenda item "{name}"."""
    for track_name, track in site.programme.tracks.items():
        for session, swap in track.meetings.items():
            agenda = site.programme.sessions[session].agenda if session in site.programme.sessions else ()
            known = [item.id for item in agenda]
            for item in swap.items if known else ():
                if item not in known:
                    words = {"session": session, "name": item}
                    key = ("meetings", session, "items", item)
                    yield Finding(f"tracks/{track_name}", key, nearest(item, known), words)


@rule("R116")
def what_comes_before_is_known(site: Site) -> Iterator[Finding]:
    """There is no worksheet or session "{name}"."""
    programme = site.programme
    named: list[Reference] = [
        (f"worksheets/{name}", ("follows", place), one)
        for name, sheet in programme.worksheets.items()
        for place, one in enumerate(sheet.follows)
    ]
    named += [
        ("program", ("artefacts", index, "follows", place), one)
        for index, artefact in enumerate(programme.program.artefacts)
        for place, one in enumerate(artefact.follows)
    ]
    yield from unknown(iter(named), {**programme.worksheets, **programme.sessions})


@rule("R117")
def place_is_a_page(site: Site) -> Iterator[Finding]:
    """There is no page "{page}" to lead to."""
    if site.docs is None:
        return
    programme = site.programme
    named: list[Reference] = [
        ("program", ("artefacts", index, "place"), one.place)
        for index, one in enumerate(programme.program.artefacts)
    ]
    for source, entries, field in (
        ("risks", programme.risks, "counters"),
        ("standards", programme.standards, "serves"),
    ):
        named += [
            (source, (source, index, field, place), one)
            for index, entry in enumerate(entries)
            for place, one in enumerate(getattr(entry, field))
        ]
    known = site.pages
    for source, key, page in named:
        if page not in known:
            hint = nearest(page, known, "name a page in docs/ without .md")
            yield Finding(source, key, hint, {"page": page})


@rule("R118")
def task_is_known(site: Site) -> Iterator[Finding]:
    """No checklist has an item "{name}"."""
    known: dict[str, object] = {
        item.id: item for items in site.programme.checklists.values() for item in items
    }
    # What an organisation takes out of its checklists goes from the guide by itself.
    known |= {name: None for source in site.loaded.sources.values() for name in source.removed}
    named: list[Reference] = [
        ("guide", (page, "tasks", place), task)
        for page, steps in site.programme.guide.items()
        for place, task in enumerate(steps.tasks)
    ]
    yield from unknown(iter(named), known)


@rule("S212")
def track_leaves_no_leader_out(site: Site) -> Iterator[Finding]:
    """In this track nobody leads "{item}": its lens lacks {name}."""
    for track_name, track in site.programme.tracks.items():
        for session, swap in track.meetings.items():
            agenda = site.programme.sessions[session].agenda if session in site.programme.sessions else ()
            for item in agenda:
                core = swap.items.get(item.id)
                for name in item.lead if core else ():
                    if core and name not in core.lens:
                        key = ("meetings", session, "items", item.id, "lens")
                        words = {"item": item.id, "name": name}
                        yield Finding(f"tracks/{track_name}", key, f"say what the {name} does", words)


@rule("P305")
def contact_is_there(site: Site) -> Iterator[Finding]:
    """The sheet prints how to reach "{name}", and organisation.yml does not say it."""
    programme = site.programme
    kinds = {one.id for one in programme.program.contacts} | programme.roles.keys()
    for sheet_name, sheet in programme.worksheets.items():
        for index, field in enumerate(sheet.fields):
            for place, name in enumerate(field.contacts if field.type == "contacts" else ()):
                key = ("fields", index, "contacts", place)
                if name not in kinds:
                    hint = nearest(name, kinds, "name a role, or a contact of program.yml")
                    yield Finding(f"worksheets/{sheet_name}", key, hint, {"name": name})
                elif name not in programme.organisation.contacts:
                    hint = f"add {name} with a name and email or phone to contacts in organisation.yml"
                    yield Finding(f"worksheets/{sheet_name}", key, hint, {"name": name})


@rule("P306")
def colour_can_be_read(site: Site) -> Iterator[Finding]:
    """In the {scheme} scheme {colour} has a contrast of {found} with {ground}; {least} is the least."""
    colours = site.programme.organisation.colours
    for scheme in GROUNDS if colours is not None else ():
        colour = getattr(colours, scheme)
        found, ground = min((contrast(colour, one), one) for one in (*GROUNDS[scheme], ON_COLOUR[scheme]))
        if found < LEAST_CONTRAST:
            words = {"scheme": scheme, "colour": colour, "found": f"{found:.1f}", "ground": ground}
            hint = f"choose a {'darker' if scheme == 'light' else 'lighter'} one"
            yield Finding("organisation", ("colours", scheme), hint, {**words, "least": LEAST_CONTRAST})


@rule("W505")
def blank_is_known(site: Site) -> Iterator[Finding]:
    """Nothing is filled into {name}."""
    for sheet_name, sheet in site.programme.worksheets.items():
        for index, field in enumerate(sheet.fields):
            if field.type == "letter":
                for part in ("subject", "text"):
                    for name in letters.blanks(getattr(field, part) or ""):
                        if name not in letters.BLANKS:
                            hint = nearest(name, letters.BLANKS, "write it in square brackets")
                            words = {"name": f"{{{name}}}"}
                            yield Finding(f"worksheets/{sheet_name}", ("fields", index, part), hint, words)


@rule("G605")
def guide_page_shows_its_steps(site: Site) -> Iterator[Finding]:
    """No page of the guide shows the steps of "{name}"."""
    if site.docs is None:
        return
    made = {(call.page, call.argument) for call in site.calls if call.macro == "this_week"}
    for name in site.programme.guide:
        if (f"guide/{name}.md", name) not in made:
            hint = f'write {{{{ this_week("{name}") }}}} into {site.docs.name}/guide/{name}.md'
            yield Finding("guide", (name,), hint, {"name": name})
