"""From findings to the one thing that binds, or to an abstention that says why."""
