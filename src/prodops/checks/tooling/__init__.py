"""Tools, and what is kept in two of them."""
