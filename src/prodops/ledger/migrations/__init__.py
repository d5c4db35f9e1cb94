"""The history of the state database's tables, applied when a workspace is opened."""
