"""Lists of tools with seats and renewals, of the seats people have, and of what was paid, as tables."""
