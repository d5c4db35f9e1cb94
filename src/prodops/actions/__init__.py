"""One verb a file: propose, check, append."""
