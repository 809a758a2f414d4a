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
cancel is_true is_false my_data my_programme certificate visibility_you_and_lead kept_nothing
kept_here kept_off kept_off_but kept_on kept_forbidden kept_full kept_newer kept_damaged
print_filled print_blank take_along copy copy_new copy_for copy_for_help copy_make copy_empty
copy_empty_sure share_reader share_me share_partner share_lead share_anyone share_everything
share_preview share_copy share_plain share_markdown share_whole share_copied share_select no_answer
mine_says_this mine_does_not quiz_again module_mine module_done path_done path_next course_completed
course_so_far practice_completed practice_so_far certificate_name certificate_date
certificate_honest next_up next_none next_today next_things next_all_done next_sheets needs_script
to_timeline plan_role plan_role_none plan_start plan_start_help plan_time plan_cadence plan_minutes
plan_paper plan_zone plan_forget plan_forget_sure my_dates no_dates to_calendar date_wrong
calendar_guide calendar_survey keeps_nothing_without kept_heading export exported erase erase_sure
erased_all erase_all erase_all_sure import import_help import_foreign import_newer import_full
import_off import_large keep_nothing keep_nothing_help my_data_none my_ticks my_modules
my_open_copies my_way my_endings damaged_record plan_cadence_weeks plan_id as_found compared
not_on_the_sheet from_us pack_both_sides pack_link pack_blank
helps_with comes_before comes_after basis basis_study basis_standard basis_practice basis_judgement
subject letter_copy contact_example blank_reach blank_start show_track any_topic kit_matrix
kit_artefact kit_for kit_phase pack_of_role pack_of_session pack_print pack_everything pack_pair
pack_room pack_order pack_how pack_count pack_what pack_for pack_pages pack_copies pack_sheets
pack_preview packs_meetings packs_events packs_roles packs_purposes week_who week_with went_well
duty_does duty_answers duty_asked duty_told risk_sign risk_owner risk_response risk_counters
standard_asks standard_serves standard_left budget_pairs budget_price budget_price_help
budget_people budget_each budget_together budget_cost
choices_yours choices_follow choices_nothing field_required field_default
field_optional field_choices packs
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
    "kept_last": ("when",),
    "copy_number": ("n",),
    "share_left_out": ("fields",),
    "share_all_the_same": ("fields",),
    "done_of": ("n", "of"),
    "score": ("right", "of"),
    "score_left": ("n",),
    "path_at": ("n", "of"),
    "path_left": ("time",),
    "endings_found": ("n", "of"),
    "next_in_days": ("n",),
    "every_weeks": ("n",),
    "time_skipped": ("time", "date"),
    "dates_span": ("first", "last"),
    "my_data_count": ("n",),
    "my_quiz": ("module",),
    "my_scenario": ("scenario",),
    "set_aside": ("when",),
    "passages": ("n",),
    "erased": ("title",),
    "erase_named": ("title",),
    "open_named": ("title",),
    "import_done": ("n",),
    "import_aside": ("n",),
    "import_unreadable": ("n",),
    "kit_all": ("n",),
    "choices_pairs": ("n",),
    "pack_of": ("what",),
    "pack_set": ("whom",),
    "pack_counted_for": ("n",),
    "pack_total": ("paper",),
    "pack_guide": ("session",),
    "budget_said": ("time", "n"),
    "choice_longer": ("session", "length", "n", "because"),
    "choice_no_results": ("n", "least"),
    "choice_few_results": ("n", "missing", "least"),
    "choice_same_week": ("event", "meeting"),
    "choice_too_early": ("task", "n"),
    "choice_examples": ("n",),
}

NEEDED: Mapping[str, tuple[str, ...]] = {**dict.fromkeys(_PLAIN.split(), ()), **_FILLED}
"""Every key, with the names in braces that its text holds."""
