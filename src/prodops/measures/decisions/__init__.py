"""The decision log: how fast, how lasting, on what evidence, and how often right."""
