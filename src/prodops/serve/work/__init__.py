"""Long work that a browser asks for: kept in the job table, done by `prodops serve`, told of meanwhile."""
