"""Reads Zendesk: exports of tickets, audits and metrics as JSON, and the tables a warehouse lands them in."""
