"""Metrics, their owners, freshness and definitions."""
