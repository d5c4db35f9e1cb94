"""One page, three faces: text for the terminal, JSON for programs, HTML for readers."""
