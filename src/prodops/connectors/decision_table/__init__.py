"""Logs of decisions as tables: what was asked, chosen, predicted, and what became of it."""
