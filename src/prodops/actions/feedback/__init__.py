"""Signals of need and the loop back to the customer."""
