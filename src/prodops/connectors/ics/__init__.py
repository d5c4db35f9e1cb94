"""Reads iCalendar: exported calendars, calendar feeds and single invitations."""
