"""What somebody who reads every shown sum can work out: the adversary of tests on small groups."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from prodops.stats.small_groups import FEWEST, about_persons

Cell = tuple[str, str]
"""What one person has in one group."""


def solvable(rows: Sequence[frozenset[Cell]]) -> set[str]:
    """The one to four people over whose parts alone some combination of shown sums adds up, if there are any.

    A shown figure is a row with a one for each of its cells. A combination of rows is a vector of their
    span; one that is zero outside the cells of some people tells of them alone. There is one just where the
    rank falls when the cells of these people are left out.
    """
    cells = sorted(frozenset[Cell]().union(*rows))
    if not cells:
        return set()
    shown = matrix(rows)
    rank = np.linalg.matrix_rank(shown)
    everybody = sorted({person for _, person in cells})
    for count in range(1, FEWEST):
        for few in itertools.combinations(everybody, count):
            others = [place for place, (_, person) in enumerate(cells) if person not in few]
            if rank > (np.linalg.matrix_rank(shown[:, others]) if others else 0):
                return set(few)
    return set()


def spans(rows: Sequence[frozenset[Cell]], group: str) -> bool:
    """Whether some combination of shown sums is that of one group alone."""
    cells = sorted(frozenset[Cell]().union(*rows))
    alone = np.array([float(name == group) for name, _ in cells])
    both = np.vstack([matrix(rows), alone])
    return bool(alone.any() and np.linalg.matrix_rank(both) == np.linalg.matrix_rank(matrix(rows)))


def matrix(rows: Sequence[frozenset[Cell]]) -> NDArray[np.float64]:
    """Shown sums by cells."""
    cells = sorted(frozenset[Cell]().union(*rows))
    return np.array([[float(cell in row) for cell in cells] for row in rows])


def shown(groups: Mapping[str, Collection[str]], told: Collection[str]) -> list[frozenset[Cell]]:
    """The told groups and, where five and more are in it, the whole, as rows of cells."""
    whole = frozenset((name, person) for name, people in groups.items() for person in people)
    few_in_all = about_persons(len({person for _, person in whole}))
    own = [frozenset((name, person) for person in groups[name]) for name in told]
    return [row for row in (*own, *(() if few_in_all else (whole,))) if row]
