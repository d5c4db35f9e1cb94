"""Keeping a workspace: backed up, put back, handed out whole, taken away, and no longer than agreed."""
