"""One symptom a file: a ledger in, findings out, each with evidence and a cost."""
