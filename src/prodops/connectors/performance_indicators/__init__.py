"""Reads performance indicators as GitLab keeps them: a YAML list with target, health and instrumentation."""
