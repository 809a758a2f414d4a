"""Rules about the programme, across files. Those about the course stand in `course_checks`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from macros.program import course_checks, kit_checks, packs, pages, schedule, views
from macros.program.loading import Loaded, Programme
from macros.program.model import ChecklistItem, Session, When
from macros.program.problems import Problem, nearest, shortened
from macros.program.rules import RULES, Finding, Reference, Site, message, rule, twice, unknown
from macros.program.source import Key
from macros.program.values import LENGTHS, VISIBILITIES, Plural
from macros.program.words import NEEDED

ALL = RULES
"""Every rule by its id: those of this file, and those that `course_checks` has added."""


def check(loaded: Loaded, docs: Path | None = None) -> list[Problem]:
    """Every problem that the rules find, sorted. Pages are looked at where `docs` is given."""
    site = Site(loaded, docs)
    problems = []
    for identifier, one in ALL.items():
        for found in one(site):
            said = message(one).format(**found.words).removesuffix(".")
            source = loaded.sources.get(found.source)
            if source is None:  # a page, whose key is its line and column
                line, column = (int(part) for part in found.key)
                problems.append(Problem(found.source, line, column, identifier, "", said, found.hint))
            else:
                problems.append(source.problem(found.key, identifier, said, found.hint))
    return sorted(set(problems))


# --- references ---------------------------------------------------------------------------------


def _items(programme: Programme) -> Iterator[tuple[str, Key, ChecklistItem]]:
    for phase, items in programme.checklists.items():
        for index, item in enumerate(items):
            yield f"checklists/{phase}", ("items", index), item


def _whens(programme: Programme) -> Iterator[tuple[str, Key, When]]:
    for index, phase in enumerate(programme.program.phases):
        yield "program", ("phases", index, "starts"), phase.starts
        yield "program", ("phases", index, "ends"), phase.ends
    for index, milestone in enumerate(programme.program.milestones):
        yield "program", ("milestones", index, "when"), milestone.when
    for name, session in programme.sessions.items():
        yield f"sessions/{name}", ("when",), session.when
    for source, key, item in _items(programme):
        if item.when is not None:
            yield source, (*key, "when"), item.when


def _role_references(site: Site) -> Iterator[Reference]:
    programme = site.programme
    organisation = programme.organisation
    apart = {one.id for one in programme.program.contacts}
    for name in organisation.contacts:
        if name not in apart:
            yield "organisation", ("contacts", name), name
    for index, name in enumerate(organisation.switched_off.roles):
        yield "organisation", ("switched_off", "roles", index), name
    for role_name, role in programme.roles.items():
        if role.call_role is not None:
            yield f"roles/{role_name}", ("call_role",), role.call_role
    for index, milestone in enumerate(programme.program.milestones):
        for place, name in enumerate(milestone.roles):
            yield "program", ("milestones", index, "roles", place), name
    for session_name, session in programme.sessions.items():
        source = f"sessions/{session_name}"
        for place, name in enumerate(session.roles):
            yield source, ("roles", place), name
        for index, item in enumerate(session.agenda):
            for place, name in enumerate(item.lead):
                yield source, ("agenda", index, "lead", place), name
            for name in item.lens:
                yield source, ("agenda", index, "lens", name), name
        for index, trouble in enumerate(session.trouble):
            for place, name in enumerate(trouble.by):
                yield source, ("trouble", index, "by", place), name
    for source, key, entry in _items(programme):
        for place, name in enumerate(entry.roles):
            yield source, (*key, "roles", place), name
    for sheet_name, sheet in programme.worksheets.items():
        for place, name in enumerate(sheet.by):
            yield f"worksheets/{sheet_name}", ("by", place), name
    yield from course_checks.role_references(programme)
    yield from kit_checks.role_references(site)


@rule("R101")
def role_is_known(site: Site) -> Iterator[Finding]:
    """There is no role "{name}"."""
    yield from unknown(_role_references(site), site.programme.roles)


@rule("R102")
def session_is_known(site: Site) -> Iterator[Finding]:
    """There is no session "{name}"."""
    programme = site.programme
    references: list[Reference] = [
        ("organisation", ("switched_off", "sessions", index), name)
        for index, name in enumerate(programme.organisation.switched_off.sessions)
    ]
    references += [
        (source, (*key, "session"), item.session)
        for source, key, item in _items(programme)
        if item.session is not None
    ]
    references += course_checks.references(programme, "sessions")
    references += kit_checks.session_references(site)
    yield from unknown(iter(references), programme.sessions)


@rule("R103")
def worksheet_is_known(site: Site) -> Iterator[Finding]:
    """There is no worksheet "{name}"."""
    references: list[Reference] = [
        (f"sessions/{name}", ("agenda", index, "worksheets", place), sheet)
        for name, session in site.programme.sessions.items()
        for index, item in enumerate(session.agenda)
        for place, sheet in enumerate(item.worksheets)
    ]
    references += course_checks.references(site.programme, "worksheets")
    references += kit_checks.worksheet_references(site)
    yield from unknown(iter(references), site.programme.worksheets)


@rule("R104")
def phase_is_known(site: Site) -> Iterator[Finding]:
    """There is no phase "{name}"."""
    programme = site.programme
    phases = {phase.id: phase for phase in programme.program.phases}
    references: list[Reference] = [
        (f"sessions/{name}", ("phase",), one.phase) for name, one in programme.sessions.items()
    ]
    references += [(f"checklists/{name}", (), name) for name in programme.checklists]
    references += kit_checks.phase_references(site)
    yield from unknown(iter(references), phases)


@rule("R105")
def meeting_number_is_known(site: Site) -> Iterator[Finding]:
    """There is no meeting {number}; the last one is {last}."""
    last = len(schedule.meetings(site.programme))
    for source, key, when in _whens(site.programme):
        if when.meeting is not None and source.startswith("sessions/"):
            continue  # a meeting's own number: S208 counts those
        for number in when.after_meetings or ((when.meeting,) if when.meeting else ()):
            if number > last:
                words = {"number": number, "last": last}
                yield Finding(source, key, "use the number of a meeting", words)


@rule("R106")
def help_is_a_page(site: Site) -> Iterator[Finding]:
    """There is no page "{page}"."""
    if site.docs is None:
        return
    known = site.pages
    for source, key, item in _items(site.programme):
        if item.help is not None and item.help not in known:
            yield Finding(
                source,
                (*key, "help"),
                nearest(item.help, known, "name a page in docs/ without .md"),
                {"page": item.help},
            )


@rule("R107")
def calls_lead_somewhere(site: Site) -> Iterator[Finding]:
    """The roles {ring} send people round in a circle."""
    roles = site.programme.roles
    seen: set[frozenset[str]] = set()
    for name in roles:
        ring, at = [name], roles[name].call_role
        while at in roles and at not in ring:
            ring.append(str(at))
            at = roles[str(at)].call_role
        if at == name and frozenset(ring) not in seen:
            seen.add(frozenset(ring))
            words = {"ring": " and ".join(ring) if len(ring) > 1 else name}
            hint = "delete one call_role: somebody is the last to be called"
            yield Finding(f"roles/{name}", ("call_role",), hint, words)


@rule("R109")
def word_is_known(site: Site) -> Iterator[Finding]:
    """Nothing prints a word called "{key}"."""
    for key in site.programme.words:
        if key not in NEEDED:
            absent = NEEDED.keys() - site.programme.words.keys()
            yield Finding("ui", (key,), nearest(key, absent or NEEDED), {"key": key})


@rule("R110")
def word_is_there(site: Site) -> Iterator[Finding]:
    """The word "{key}" is missing, and pages print it."""
    for key in NEEDED:
        if key not in site.programme.words:
            yield Finding("ui", (), f'add a line "{key}: ..."', {"key": key})


@rule("R111")
def word_keeps_what_is_filled_in(site: Site) -> Iterator[Finding]:
    """The word "{key}" leaves out {name}, which is filled in."""
    for key, word in site.programme.words.items():
        text = word.other if isinstance(word, Plural) else word
        for name in NEEDED.get(key, ()):
            if f"{{{name}}}" not in text:
                yield Finding(
                    "ui", (key,), f"write {{{name}}} where it belongs", {"key": key, "name": f"{{{name}}}"}
                )


@rule("R108")
def pair_stays(site: Site) -> Iterator[Finding]:
    """A programme without "{name}" cannot be built."""
    off = site.programme.organisation.switched_off
    for index, name in enumerate(off.roles):
        if name in ("mentor", "mentee", "programme-lead"):
            yield Finding(
                "organisation", ("switched_off", "roles", index), "delete it from this list", {"name": name}
            )
    if not set(schedule.meetings(site.programme)) - set(off.sessions):
        yield Finding(
            "organisation", ("switched_off", "sessions"), "keep at least one", {"name": "a meeting"}
        )


# --- sessions -----------------------------------------------------------------------------------


def _agendas(programme: Programme) -> Iterator[tuple[str, Session]]:
    for name, session in programme.sessions.items():
        yield f"sessions/{name}", session


@rule("S201")
def agenda_adds_up(site: Site) -> Iterator[Finding]:
    """The agenda of the {length}-minute session adds up to {total}: {terms}."""
    for source, session in _agendas(site.programme):
        for length in session.all_lengths:
            spans = [item.minutes_in(length, session.minutes) or 0 for item in session.agenda]
            if sum(spans) != length:
                over = sum(spans) - length
                change = f"take {over} off" if over > 0 else f"add {-over}"
                terms = " + ".join(str(span) for span in spans)
                words = {"length": length, "total": sum(spans), "terms": terms}
                yield Finding(source, ("agenda",), f"{change} in the {length}-minute column", words)


@rule("S202")
def item_lengths_are_held(site: Site) -> Iterator[Finding]:
    """The item has minutes for {length}, a length the session is not held in."""
    for source, session in _agendas(site.programme):
        for index, item in enumerate(session.agenda):
            for length in LENGTHS:
                written = f"in_{length}" in item.model_fields_set
                if written and (length not in session.lengths or length == session.minutes):
                    hint = (
                        f"delete in_{length}, or add {length} to lengths"
                        if length != session.minutes
                        else f"delete in_{length}: minutes says it already"
                    )
                    yield Finding(source, ("agenda", index, f"in_{length}"), hint, {"length": length})


@rule("S203")
def meeting_speaks_of_every_length(site: Site) -> Iterator[Finding]:
    """The meeting does not say whether it can be held in {length} minutes."""
    for source, session in _agendas(site.programme):
        if session.kind != "meeting":
            continue
        told = {*session.all_lengths, *(one.minutes for one in session.cannot)}
        for length in LENGTHS:
            if length not in told:
                yield Finding(
                    source, ("minutes",), "add it to lengths, or to cannot with a reason", {"length": length}
                )


@rule("S204")
def length_is_possible_or_not(site: Site) -> Iterator[Finding]:
    """The length {length} stands here twice."""
    for source, session in _agendas(site.programme):
        told = [session.minutes, *session.lengths, *(one.minutes for one in session.cannot)]
        for length, count in Counter(told).items():
            if count > 1:
                yield Finding(
                    source,
                    ("lengths",),
                    "keep it in one place: minutes, lengths or cannot",
                    {"length": length},
                )


@rule("S205")
def somebody_does_it(site: Site) -> Iterator[Finding]:
    """Nobody does this item: it has no lens for {name}, who leads it."""
    for source, session in _agendas(site.programme):
        for index, item in enumerate(session.agenda):
            for place, name in enumerate(item.lead):
                if name not in item.lens:
                    yield Finding(
                        source, ("agenda", index, "lead", place), f"add {name} to its lens", {"name": name}
                    )


@rule("S206")
def doer_is_in_the_room(site: Site) -> Iterator[Finding]:
    """The role "{name}" does something here but is not in the room."""
    for source, session in _agendas(site.programme):
        for index, item in enumerate(session.agenda):
            for name in item.lens:
                if name in site.programme.roles and name not in session.roles:
                    yield Finding(
                        source,
                        ("agenda", index, "lens", name),
                        "add it to the session's roles",
                        {"name": name},
                    )


@rule("S207")
def agenda_ids_differ(site: Site) -> Iterator[Finding]:
    """The id "{id}" stands twice in this agenda."""
    for source, session in _agendas(site.programme):
        yield from twice(source, ("agenda",), [item.id for item in session.agenda])


@rule("S208")
def meetings_are_counted(site: Site) -> Iterator[Finding]:
    """Meeting numbers run from 1 without a gap or a double; {number} is not {expected}."""
    order = schedule.meetings(site.programme)
    for expected, name in enumerate(order, 1):
        number = site.programme.sessions[name].when.meeting
        if number is not None and number != expected:
            words = {"number": number, "expected": expected}
            yield Finding(f"sessions/{name}", ("when", "meeting"), "number the meetings 1, 2, 3", words)


@rule("S209")
def moment_fits_kind(site: Site) -> Iterator[Finding]:
    """The {kind} must be placed by {right}."""
    for source, session in _agendas(site.programme):
        if (session.kind == "meeting") != (session.when.meeting is not None):
            right = "its meeting number" if session.kind == "meeting" else "weeks or after_meetings"
            words = {"kind": session.kind, "right": right}
            yield Finding(source, ("when",), "change kind or when", words)


@rule("S211")
def odd_length_is_the_only_one(site: Site) -> Iterator[Finding]:
    """A session of {minutes} minutes cannot have other lengths."""
    for source, session in _agendas(site.programme):
        if session.lengths and session.minutes not in LENGTHS:
            hint = "delete lengths, or make minutes one of 30, 45, 60, 90"
            yield Finding(source, ("lengths",), hint, {"minutes": session.minutes})


@rule("S210")
def room_is_not_doubled(site: Site) -> Iterator[Finding]:
    """The role "{id}" stands twice in this list."""
    for source, session in _agendas(site.programme):
        yield from twice(source, ("roles",), list(session.roles))
        for index, item in enumerate(session.agenda):
            yield from twice(source, ("agenda", index, "lead"), list(item.lead))
    for source, key, entry in _items(site.programme):
        yield from twice(source, (*key, "roles"), list(entry.roles))


# --- programme ----------------------------------------------------------------------------------


@rule("P301")
def phase_ends_after_it_starts(site: Site) -> Iterator[Finding]:
    """The phase "{id}" ends in week {end}, before it starts in week {start}."""
    for index, phase in enumerate(site.programme.program.phases):
        start = schedule.weeks_of(site.programme, phase.starts)
        end = schedule.weeks_of(site.programme, phase.ends)
        if start and end and end[0] < start[0]:
            words = {"id": phase.id, "start": start[0], "end": end[0]}
            yield Finding("program", ("phases", index, "ends"), "move one of the two", words)


@rule("P302")
def program_ids_differ(site: Site) -> Iterator[Finding]:
    """The id "{id}" stands twice in this list."""
    program = site.programme.program
    for name in ("phases", "milestones", "tripwires", "variants", "contacts"):
        yield from twice("program", (name,), [one.id for one in getattr(program, name)])
    yield from twice("duties", ("duties",), [one.id for one in site.programme.duties])
    yield from twice("risks", ("risks",), [one.id for one in site.programme.risks])
    yield from twice("standards", ("standards",), [one.id for one in site.programme.standards])


@rule("P303")
def days_can_be_found(site: Site) -> Iterator[Finding]:
    """No working day is free within {days} days of {day}."""
    programme = views.chosen(site.programme)
    try:
        for name in programme.sessions:
            schedule.session_slots(programme, name)
        for milestone in programme.program.milestones:
            schedule.slots(programme, milestone.when)
        for _, _, item in _items(programme):
            schedule.item_slots(programme, item)
    except schedule.NoFreeDayError as error:
        words = {"days": schedule.SEARCH_DAYS, "day": error.args[0]}
        yield Finding("organisation", ("holidays",), "shorten the holidays", words)
    except OverflowError:
        words = {"days": schedule.SEARCH_DAYS, "day": programme.organisation.start}
        yield Finding("organisation", ("start",), "choose another start", words)


@rule("P304")
def clock_exists(site: Site) -> Iterator[Finding]:
    """Clocks go forward on {day}, so that {time} does not exist for "{session}"."""
    if any(True for _ in days_can_be_found(site)):
        return
    programme = views.chosen(site.programme)
    for name, day in schedule.skipped_times(programme):
        words = {"day": day, "time": f"{programme.organisation.start_time:%H:%M}", "session": name}
        yield Finding("organisation", ("start_time",), "begin an hour later", words)


# --- checklists ---------------------------------------------------------------------------------


@rule("C401")
def item_ids_differ(site: Site) -> Iterator[Finding]:
    """The id "{id}" is taken: it stands first in {first}."""
    seen: dict[str, str] = {}
    for source, key, item in _items(site.programme):
        path = site.loaded.sources[source].path
        if item.id in seen:
            yield Finding(source, (*key, "id"), "rename one", {"id": item.id, "first": seen[item.id]})
        seen.setdefault(item.id, path)


@rule("C402")
def role_has_a_checklist(site: Site) -> Iterator[Finding]:
    """The role "{name}" has no checklist item."""
    named = {name for _, _, item in _items(site.programme) for name in item.roles}
    for name in site.programme.roles:
        if name not in named:
            yield Finding(
                f"roles/{name}", (), "give it at least one item in data/checklists/", {"name": name}
            )


@rule("C403")
def checklist_names_differ(site: Site) -> Iterator[Finding]:
    """A phase and a role are both called "{name}", so their checklists would share a page."""
    for index, phase in enumerate(site.programme.program.phases):
        if phase.id in site.programme.roles:
            yield Finding("program", ("phases", index, "id"), "rename the phase", {"name": phase.id})


@rule("C404")
def doer_attends(site: Site) -> Iterator[Finding]:
    """The role "{name}" has something to do during a session it does not attend."""
    sessions = site.programme.sessions
    for source, key, item in _items(site.programme):
        session = sessions.get(item.session or "")
        for place, name in enumerate(item.roles):
            if (
                item.moment == "during"
                and session
                and name not in session.roles
                and name in site.programme.roles
            ):
                yield Finding(
                    source,
                    (*key, "roles", place),
                    "add it to the session's roles, or change the moment",
                    {"name": name},
                )


# --- worksheets ---------------------------------------------------------------------------------


@rule("W501")
def worksheet_is_used(site: Site) -> Iterator[Finding]:
    """Nobody uses this worksheet: no agenda, checklist item or print pack names it."""
    used = {
        sheet
        for _, session in _agendas(site.programme)
        for item in session.agenda
        for sheet in item.worksheets
    }
    used |= {sheet for pack in site.programme.packs.values() for sheet in pack.contents}
    used |= {(item.help or "").rpartition("/")[2] for _, _, item in _items(site.programme)}
    # An organisation that takes a task out of our checklists may leave a sheet of ours without a use.
    fewer = any(source.removed for source in site.loaded.sources.values())
    for name in site.programme.worksheets:
        ours = "/local/" not in site.loaded.sources[f"worksheets/{name}"].path
        if name not in used and not (ours and fewer):
            hint = f"name it in an agenda item, or as help: {pages.MACROS['worksheet']}/{name}"
            yield Finding(f"worksheets/{name}", (), hint, {"name": name})


@rule("W502")
def nothing_leaks(site: Site) -> Iterator[Finding]:
    """The field "{field}" is for {narrow} eyes, but the sheet goes to {wide}."""
    for name, sheet in site.programme.worksheets.items():
        for index, field in enumerate(sheet.fields):
            if VISIBILITIES.index(field.visibility) < VISIBILITIES.index(sheet.goes_to):
                words = {"field": field.id, "narrow": field.visibility, "wide": sheet.goes_to}
                hint = "move the field to another sheet, or let fewer people see this one"
                yield Finding(f"worksheets/{name}", ("fields", index, "visibility"), hint, words)


@rule("W503")
def field_ids_differ(site: Site) -> Iterator[Finding]:
    """The id "{id}" stands twice in this worksheet."""
    for name, sheet in site.programme.worksheets.items():
        yield from twice(f"worksheets/{name}", ("fields",), [field.id for field in sheet.fields])


@rule("W504")
def codes_differ(site: Site) -> Iterator[Finding]:
    """The code "{code}" is taken by "{first}"."""
    programme = site.programme
    coded: list[tuple[str, Key, str | None, str]] = [
        ("program", ("artefacts", index, "code"), one.code, one.place)
        for index, one in enumerate(programme.program.artefacts)
    ]
    coded += [(f"sessions/{name}", ("code",), one.code, name) for name, one in programme.sessions.items()]
    coded += [(f"worksheets/{name}", ("code",), one.code, name) for name, one in programme.worksheets.items()]
    seen: dict[str, str] = {}
    for source, key, code, name in coded:
        if code is not None and code in seen:
            yield Finding(source, key, "choose another", {"code": code, "first": seen[code]})
        if code is not None:
            seen.setdefault(code, name)


# --- pages --------------------------------------------------------------------------------------


def _entries(programme: Programme) -> dict[str, list[str]]:
    return {
        "agenda": list(programme.sessions),
        "checklist": [*programme.roles, *(phase.id for phase in programme.program.phases)],
        "worksheet": list(programme.worksheets),
        "role": list(programme.roles),
        "module": list(programme.modules),
        "module_end": list(programme.modules),
        "scenario": list(programme.scenarios),
        "picture": list(programme.pictures),
        "this_week": list(programme.guide),
        "pack": packs.names(programme),
    }


@rule("G601")
def page_has_data(site: Site) -> Iterator[Finding]:
    """The page shows {macro} "{name}", and there is none."""
    known = _entries(site.programme)
    for call in site.calls:
        if call.macro in known and call.argument not in known[call.macro]:
            hint = nearest(call.argument, known[call.macro], "write the data, or delete the page")
            words = {"macro": call.macro, "name": call.argument}
            yield Finding(site.shown(call.page), (call.line, call.column), hint, words)


@rule("G602")
def data_has_a_page(site: Site) -> Iterator[Finding]:
    """No page shows {macro} "{name}"."""
    if site.docs is None:
        return
    folders = {"agenda": "sessions", "checklist": "roles", "pack": "sessions"}
    made = {(call.page, call.macro, call.argument) for call in site.calls}
    for macro, entries in _entries(site.programme).items():
        for name in entries if macro in pages.MACROS else ():
            page = f"{pages.MACROS[macro]}/{name}.md"
            if (page, macro, name) not in made:
                source = f"{folders.get(macro, f'{macro}s')}/{name}"
                source = source if source in site.loaded.sources else "program"
                hint = f"write {site.docs.name}/{page} with the line: {pages.text(macro, name).strip()}"
                yield Finding(source, (), hint, {"macro": macro, "name": name})


@rule("G604")
def page_calls_only_macros(site: Site) -> Iterator[Finding]:
    """The kit has no macro like {written}."""
    if site.docs is None:
        return
    for page, line, column, written in pages.strangers(site.docs):
        macros = ", ".join(sorted(pages.ALL))
        words = {"written": shortened(written)}
        if written.startswith("{#"):
            yield Finding(site.shown(page), (line, column), "leave a space before #: { #name }", words)
            continue
        yield Finding(site.shown(page), (line, column), f"call one of {macros}", words)


@rule("G603")
def macro_stands_alone(site: Site) -> Iterator[Finding]:
    """The macro {macro} must stand alone on its line, at the very left."""
    for call in site.calls:
        if not call.alone and call.macro not in pages.INLINE:
            yield Finding(
                site.shown(call.page),
                (call.line, call.column),
                "give it a line of its own",
                {"macro": call.macro},
            )
