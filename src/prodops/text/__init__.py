"""Decoding, tables, moments and words: reading text without knowing product operations."""
