"""Titles of rituals, development family."""

from __future__ import annotations

from prodops.simulate.catalogue import OF_TEAMS, ONE_TO_ONE, SHARED
from prodops.simulate.texts.library import RitualTexts

TEXTS = RitualTexts(titles={kind.key: kind.title for kind in (*SHARED, *OF_TEAMS, ONE_TO_ONE)})
