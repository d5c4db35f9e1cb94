"""Reads metric-hub TOML: metric definitions and their data sources, by product and by consuming tool."""
