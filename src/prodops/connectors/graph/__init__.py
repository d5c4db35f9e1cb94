"""Reads Microsoft Graph events: calendar views, lists of events and their pages, as JSON."""
