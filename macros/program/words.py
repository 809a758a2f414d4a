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
not_kept print you_do you_do_not your_time role hours_sessions hours_tasks hours_surveys hours_total
when what time your_checklist open_checklist your_worksheets whom_to_call policies by_role by_phase
by_moment sheets_before sheets_during sheets_after all_worksheets not_translated outdated course
modules afterwards takes know_first on_path_of remember remember_why answers_below key_points quiz
answers answers_not_kept choose_several from_module right wrong model_answer good_answer
check_answer use_it practise rests_on depth your_path scenario scenarios how_to_turn the_end
start_again learn_more scenario_basis evidence undated our_judgement our_judgement_means grade
grade_study grade_review grade_practitioner grade_press grade_book grade_standard read read_in_full
read_in_part read_abstract read_second_hand how_many by_grade by_reading number all_sources
to_source with_care not_used cited_on advice_use advice_careful advice_leave say_instead glossary
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
    "says": ("roles",),
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
    "module_of": ("number", "of"),
    "takes_minutes": ("reading", "activity", "quiz"),
    "useful_to": ("roles",),
    "write_numbers": ("n",),
    "reviewed": ("date", "again"),
    "path_minutes": ("time",),
    "practice_for": ("n",),
    "told_for": ("role",),
    "turn_to": ("number",),
    "two_authors": ("first", "second"),
    "many_authors": ("first",),
}

NEEDED: Mapping[str, tuple[str, ...]] = {**dict.fromkeys(_PLAIN.split(), ()), **_FILLED}
"""Every key, with the names in braces that its text holds."""
