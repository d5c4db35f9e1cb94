"""Organisations with planted pathologies, written as the native files our connectors read."""
