"""Who may come in and what they did here: accounts, sessions, tokens, identity provider, access log."""
