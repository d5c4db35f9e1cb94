"""What is declared about changes and decisions: trials, and what else happened."""
