"""The pages in a browser: read-only, on this machine, computed once per ledger version."""
