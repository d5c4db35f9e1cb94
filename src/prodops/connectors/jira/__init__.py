"""Jira: issues and their changes, from search results in JSON and from its CSV export."""
