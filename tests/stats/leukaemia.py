"""Remission of 42 children with leukaemia in weeks: the example that every program prints.

Source: Freireich and others (1963), Blood 21:699; Gehan (1965), Biometrika 52:203.
"""

TREATED = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
"""Weeks until relapse or the end of the study with 6-MP."""

RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
"""Whether it was a relapse, for each of the treated."""

PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
"""Weeks until relapse with placebo; all relapsed."""
