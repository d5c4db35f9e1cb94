"""Joins that several units need, each named once."""
