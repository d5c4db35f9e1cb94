"""Templates used while developing; a held-out family must share no sentence with it."""
