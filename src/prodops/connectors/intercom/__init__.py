"""Reads Intercom conversations as JSON: one, a list, pages or JSON lines."""
