"""How a page speaks: its words, numbers and dates in its language, and its links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_date
from markupsafe import Markup, escape

from macros.program import browser, letters, schedule, views
from macros.program.consequences import Consequence
from macros.program.evidence import Source
from macros.program.loading import Programme
from macros.program.model import ChecklistItem
from macros.program.schedule import Slot
from macros.program.values import Plural, Visibility
from macros.program.views import Hours, Task
from macros.program.worksheet import Worksheet, WorksheetField


@dataclass(frozen=True, slots=True)
class Speech:
    """What templates may call. `base` leads from the page to the top of its language's site."""

    programme: Programme
    base: str

    @property
    def language(self) -> str:
        """The language of the interface, which is also the language of everything unmarked."""
        return self.programme.language_of("ui")

    def t(self, key: str, n: int | None = None, **values: object) -> str:
        """A word of the interface. `n` chooses the plural form and fills in `{n}`.

        Raises `KeyError` for a key that `data/ui.yml` does not have.
        """
        word = self.programme.words[key]
        if isinstance(word, Plural):
            form = Locale(self.language).plural_form(n or 0)
            word = getattr(word, form) or word.other
        for name, value in {"n": n, **values}.items():
            word = word.replace(f"{{{name}}}", str(value))
        return word

    def url(self, path: str) -> str:
        """A link from this page to another, by its path in docs/ without .md."""
        return f"{self.base}{path}.html"

    def date(self, day: date) -> str:
        """A day as people write it."""
        return format_date(day, "d MMMM y", locale=self.language)

    def day(self, slot: Slot) -> str:
        """A moment as people say it: its date, and whence it was moved, or else its week."""
        if slot.day is not None:
            moved = self.t("moved", date=self.date(slot.moved_from)) if slot.moved_from else ""
            return f"{self.date(slot.day)} ({moved})" if moved else self.date(slot.day)
        if slot.week == 0:
            return self.t("week_zero")
        return self.t("weeks_before" if slot.week < 0 else "weeks_after", n=abs(slot.week))

    def duration(self, minutes: int) -> str:
        """Minutes as hours and minutes: 90 becomes 1 h 30 min."""
        hours, rest = divmod(minutes, 60)
        parts = [self.t("hours_short", hours=hours)] if hours else []
        if rest or not hours:
            parts.append(self.t("minutes_short", minutes=rest))
        return "\u00a0".join(parts)

    def lang(self, name: str) -> Markup:
        """A lang attribute where an entry speaks another language than what is around it."""
        spoken = self.programme.language_of(name)
        return Markup() if spoken == self.language else Markup(' lang="{}"').format(spoken)

    def due(self, item: ChecklistItem, slots: tuple[Slot, ...], *, named: bool) -> str:
        """When a checklist item is due, in words; empty where it never is.

        `named` tells of which session, for lists that hold the items of several.
        """
        if not slots:
            return ""
        if item.moment is None:
            return ", ".join(self.day(slot) for slot in slots)
        key = f"days_{item.moment}" if item.days else f"{item.moment}_session"
        text = self.t(key, n=item.days)
        if item.every:
            return self.t("each_meeting", when=text)
        if named and item.session is not None:
            text = f"{self.programme.sessions[item.session].title}: {text[0].lower()}{text[1:]}"
        if len(slots) == 1 and slots[0].day is not None:
            return f"{text}, {self.date(slots[0].day)}"
        return text

    def names(self, roles: Iterable[str]) -> str:
        """The titles of roles, joined by commas."""
        known = self.programme.roles
        return ", ".join(known[name].title for name in roles if name in known)

    def audience(self, visibility: Visibility) -> str:
        """Who may see something, in words."""
        return self.t(f"visibility_{visibility}")

    def audience_of(self, sheet: Worksheet) -> str:
        """Who sees a finished worksheet, in words; what goes to the lead may pass by the partner."""
        if sheet.goes_to == "lead" and sheet.by == ("programme-lead",):
            return self.t("visibility_lead_only")
        if sheet.goes_to == "lead" and not {"mentor", "mentee"} <= set(sheet.by):
            return self.t("visibility_you_and_lead")
        return self.audience(sheet.goes_to)

    def audience_of_field(self, sheet: Worksheet, field: WorksheetField) -> str:
        """Who sees one field; on a sheet of one's own, what the lead gets goes past the other one."""
        if field.visibility == "lead" and sheet.goes_to == "private":
            return self.t("visibility_you_and_lead")
        return self.audience(field.visibility)

    def boxes(self, task: Task, session: str = "") -> dict[str, str]:
        """The boxes of a checklist item by the key that a tick is kept under; of one session if named."""
        return browser.tick_keys(self.programme, task, session or None)

    def blanks(self) -> Mapping[str, str]:
        """What is filled into letters, in the order of `letters.BLANKS`."""
        return _blanks(self)

    def written(self, text: str) -> Markup:
        """A line of a letter, filled in; what somebody has to replace by hand is marked."""
        parts = letters.pieces(letters.fill(text, self.blanks()))
        return Markup("").join(
            Markup('<mark class="blank">{}</mark>').format(part.text) if part.by_hand else escape(part.text)
            for part in parts
        )

    def paragraphs(self, text: str) -> list[tuple[bool, list[str]]]:
        """The paragraphs of a letter: whether each is a list, and its lines."""
        return letters.paragraphs(text)

    def basis(self, rests_on: tuple[str, ...]) -> str:
        """What something rests on, in a word, as `views.basis` has it."""
        return views.basis(self.programme, rests_on)

    def follows(self, consequence: Consequence) -> str:
        """A consequence of a choice, as a sentence."""
        values = dict(consequence.values)
        n = values.pop("n", None)
        return self.t(consequence.key, n=n if isinstance(n, int) else None, **values)

    def contact_title(self, name: str) -> str:
        """What somebody to turn to is called."""
        kinds = {one.id: one.title for one in self.programme.program.contacts}
        return kinds.get(name) or self.programme.roles[name].title

    def contact_for(self, name: str) -> str:
        """With what people turn to them, where the data says it."""
        return next((one.turn_to for one in self.programme.program.contacts if one.id == name), "")

    def author(self, name: str) -> str:
        """Who published a source and when, as a citation names it; letters tell twins apart: 2006a, 2006b."""
        label = self._author(self.programme.sources[name])
        twins = [one for one, source in self.programme.sources.items() if self._author(source) == label]
        letter = chr(ord("a") + twins.index(name)) if len(twins) > 1 else ""
        return f"{label}{letter}" if self.programme.sources[name].year else f"{label} {letter}".strip()

    def _author(self, source: Source) -> str:
        names = source.short
        year = source.year or self.t("undated")
        if len(names) == 1:
            return f"{names[0]} {year}"
        if len(names) == 2:
            return f"{self.t('two_authors', first=names[0], second=names[1])} {year}"
        return f"{self.t('many_authors', first=names[0])} {year}"

    def cost(self, hours: Hours) -> str:
        """What a role's hours are made of, without what is nothing."""
        parts = {"in_sessions": hours.sessions, "in_tasks": hours.tasks, "in_surveys": hours.milestones}
        texts = [self.t(key, time=self.duration(minutes)) for key, minutes in parts.items() if minutes]
        return f"{', '.join(texts)}."


@cache
def _blanks(speech: Speech) -> Mapping[str, str]:
    """What a programme fills into its letters; adding up hours takes long enough to do it once."""
    programme = speech.programme
    organisation = programme.organisation

    def name(role: str) -> str:
        contact = organisation.contacts.get(role)
        if contact is not None:
            return contact.name
        return f"[{programme.roles[role].title if role in programme.roles else role}]"

    def hours(role: str) -> str:
        total = views.hours(programme, role).total if role in programme.roles else 0
        return speech.t("hours_short", hours=-(-total // 60))

    lead = organisation.contacts.get("programme-lead")
    reach = [way for way in (lead.phone, lead.email) if way] if lead else []
    values = {
        "organisation": organisation.name,
        "programme": organisation.programme,
        "lead": name("programme-lead"),
        "reach": ", ".join(reach) or speech.t("blank_reach"),
        "sponsor": name("sponsor"),
        "start": speech.date(organisation.start) if organisation.start else speech.t("blank_start"),
        "meetings": str(len(schedule.meetings(programme))),
        "rhythm": speech.t("every_weeks", n=organisation.cadence_weeks),
        "length": speech.t("minutes", n=organisation.meeting_minutes),
        "mentortime": hours("mentor"),
        "menteetime": hours("mentee"),
        "managertime": hours("line-manager"),
    }
    return {blank: values[blank] for blank in letters.BLANKS}
