"""One folder a source: bytes in, records and problems out. Imported by serve alone."""
