"""Pages on changes and decisions: what was tried, and what it did."""
