"""Booked hours: exports of time trackers (CSV) such as Kimai, Toggl, Clockify and Harvest, and plain ones."""
