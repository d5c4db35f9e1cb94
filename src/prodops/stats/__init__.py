"""Estimates, intervals, survival and panels: statistics that know no product operations."""
