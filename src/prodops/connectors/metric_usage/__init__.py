"""Reads a usage log of metrics or dashboards (CSV): who looked when, and what was checked again by hand."""
