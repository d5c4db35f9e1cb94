"""Launches: what was promised, what slipped, who was waited for."""
