"""Reads what was released: Mozilla release notes and GitHub releases, as JSON."""
