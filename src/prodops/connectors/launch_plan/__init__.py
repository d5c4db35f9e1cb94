"""Launch plans as tables: launches with dates first committed, now planned and reached, and their history."""
