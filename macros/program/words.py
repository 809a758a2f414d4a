"""The words that components and the frame print, and what is filled into each.

The words themselves stand in `data/ui.yml`; this is what has to be there, so that a page never lacks one.
"""

from __future__ import annotations

from collections.abc import Mapping

_PLAIN = """
search search_label search_hint search_none search_one search_many close site_description skip
main_navigation in_this_section guide roles sessions checklists worksheets templates dark help_line
help_ask licence private private_more edition_line not_found not_found_help week_zero before_session
during_session after_session before during after agenda event outcome length in_the_room who_drives
dates_by_mentee_office dates_by_mentee dates_by_mentor dates_by_programme_lead agenda_by_mentor
agenda_by_mentee bring show_role show_length everyone say written online trouble previous next
meeting_guides switched_off session_off role_off help ticks_not_kept seen_by visibility_private
visibility_pair visibility_lead visibility_lead_only visibility_public use_when not_when used_in
not_kept print you_do you_do_not your_time when what time your_checklist open_checklist
your_worksheets whom_to_call policies by_role by_phase by_moment sheets_before sheets_during
sheets_after all_worksheets not_translated outdated
"""

_FILLED = {
    "timeline_picture": ("n",),
    "minutes": ("n",),
    "hours_short": ("hours",),
    "minutes_short": ("minutes",),
    "things": ("n",),
    "times": ("n",),
    "takes_pages": ("n", "paper"),
    "weeks_before": ("n",),
    "weeks_after": ("n",),
    "weeks_span": ("first", "last"),
    "moved": ("date",),
    "days_before": ("n",),
    "days_after": ("n",),
    "each_meeting": ("when",),
    "meeting_of": ("number", "of"),
    "not_in": ("n",),
    "led_by": ("roles",),
    "first_words": ("role",),
    "agenda_total": ("minutes",),
    "checklist_of_role": ("role",),
    "checklist_of_phase": ("phase",),
    "help_for": ("item",),
    "edition": ("edition",),
    "time_total": ("time",),
    "in_sessions": ("time",),
    "in_tasks": ("time",),
    "in_surveys": ("time",),
}

NEEDED: Mapping[str, tuple[str, ...]] = {**dict.fromkeys(_PLAIN.split(), ()), **_FILLED}
"""Every key, with the names in braces that its text holds."""
