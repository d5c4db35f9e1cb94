"""Meetings that recur and what they produce."""
