"""Pages made before they are asked for: once per version of the ledger, kept in the state database."""
