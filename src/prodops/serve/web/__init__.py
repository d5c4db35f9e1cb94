"""The site in a browser: its addresses, who may ask them, and pages computed once per ledger version."""
