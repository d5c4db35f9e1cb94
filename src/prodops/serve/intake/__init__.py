"""From a path the user names to loaded records: open, recognise, parse, load, and say what happened."""
