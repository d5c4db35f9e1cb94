"""Titles of calendar entries, development family."""

from __future__ import annotations

from prodops.simulate.texts.library import CalendarTexts

TEXTS = CalendarTexts(
    by_leaf=(
        ("{area} strategy", "Where to play: {area}", "Objectives draft {area}", "Pricing options {area}"),
        (
            "User interview {company}",
            "Usability test {area}",
            "Research readout {area}",
            "Discovery call {company}",
            "Experiment analysis {area}",
        ),
        ("Decide {area} options", "Options pre-read {area}", "Go/no-go {area}", "Trade-off session {area}"),
        ("{area} spec", "Spec walkthrough {area}", "Solution session {area}", "{area} design pairing"),
        ("Unblock {area}", "{area} dependency chat", "Sprint check {area}", "Handover {area}"),
        ("Customer call {company}", "Escalation {company}", "Sales support {company}", "Account review"),
        ("Candidate interview", "Hiring debrief", "Coaching {name}", "Learning hour", "Onboarding {name}"),
        ("Status deck {area}", "Weekly report", "Executive summary {area}", "Steering update {area}"),
        ("Tracker clean-up", "Board hygiene {area}", "Copy tickets to the roadmap tool", "Access requests"),
        ("Pull numbers {area}", "Spreadsheet {area}", "Reconcile {metric}", "Data request {area}"),
        ("Feedback inbox", "Tag requests {area}", "Feedback triage {area}", "Route tickets"),
        ("Launch checklist {area}", "Chase sign-offs {area}", "Enablement deck {area}", "Release notes"),
        ("Expenses", "Vendor paperwork", "Calendar shuffle", "Compliance training", "Travel booking"),
        ("Fix generated summary {area}", "Check assistant draft", "Prompt clean-up"),
    ),
    vague=("Sync", "Catch up", "Quick chat", "Follow-up", "Work block", "{area}", "Call {name}", "tbd"),
    placeholders=("Focus time", "Hold", "Lunch", "Commute", "Do not book", "HOLD: offsite?", "Buffer"),
    private=("Dentist", "School", "Physio", "Parcel", "Appointment"),
    absences=("Out of office", "Vacation", "OOO", "Parental day", "Away"),
    disputes=("Which {metric} is right?", "{metric}: two numbers", "Numbers disagree on {metric}"),
    answers=("Answer accounts on {area}", "Reply to repeat requests", "Status answers {area}"),
    rechecks=("Re-check {metric}", "Verify {metric} by hand", "Check {metric} against export"),
    preparations=("Prep {ritual}", "Slides for {ritual}", "{ritual} update"),
    rooms=("Room Basalt", "Room Quartz", "Room Gneiss", "Room Pumice", "Room Marl", "Room Slate"),
)
