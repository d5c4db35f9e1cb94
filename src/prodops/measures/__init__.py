"""One quantity a file: a ledger in, an Estimate out."""
