"""One command a file, found by scanning."""
