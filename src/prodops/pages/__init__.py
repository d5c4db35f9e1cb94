"""One page a file: a ledger in, one frozen dataclass out, shown as HTML, JSON and text."""
