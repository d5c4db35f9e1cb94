"""Sets the processes so that feedback and data take the hours that were planted."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from prodops.simulate.feedback import CHANNELS, WEEKS_A_MONTH, rates_of
from prodops.simulate.settings import DataSettings, FeedbackSettings, fixed

if TYPE_CHECKING:
    from collections.abc import Callable

    from prodops.simulate.setting import Setting

HALVINGS = 24
ANSWERED_AGAIN = 0.80
"""Share of drawn repetitions that find an earlier message old enough to repeat."""

WAITING_WEEKS, DECIDED_WEEKS = 8.0, 3.5
"""Weeks a message is read again while nobody decides on it, and while somebody will."""

AT_WORK = 0.90
DISPUTERS, DISPUTE_HOURS = 2.1, 1.08
MOST_USES, MOST_VOLUME = 16.0, 4.0
WIDE, NARROW = 1.25, 0.8


def feedback_dose(settings: FeedbackSettings, setting: Setting, strength: float) -> FeedbackSettings:
    """The settings at a strength: up to 1 more vanishes and is asked again, beyond 1 more is written."""
    bad = min(strength, 1.0)
    aside = setting.between("feedback.undecided aside", NARROW, WIDE)
    days = setting.between("feedback.days aside", NARROW, WIDE)
    return replace(
        settings,
        volume=fixed(settings.volume.middle * max(1.0, strength)),
        undecided=fixed(min(0.92, settings.undecided.middle + 0.58 * bad * aside)),
        reasked=fixed(settings.reasked.middle + 0.60 * bad),
        decision_days=fixed(settings.decision_days.middle + 32 * bad * days),
    )


def feedback_hours(settings: FeedbackSettings, avoidable: float, monthly: float) -> float:
    """Reclaimable hours a week that messages cost all PMs together, expected from the settings."""
    rates = rates_of(settings, avoidable)
    weekly = monthly * settings.volume.middle / WEEKS_A_MONTH
    answer = rates.answer_minutes * math.exp(settings.answer_spread**2 / 2)
    reread = settings.reread_a_week * settings.reread_minutes.middle
    minutes = 0.0
    for number, channel in enumerate(CHANNELS):
        asks = weekly * channel.share * (1.0 - channel.questions)
        again = asks * rates.reasked[number] * ANSWERED_AGAIN * rates.avoidable_answers(number)
        waits = rates.undecided[number] * WAITING_WEEKS + (1.0 - rates.undecided[number]) * DECIDED_WEEKS
        minutes += again * answer + asks * waits * reread * rates.avoidable_rereads(number)
    return minutes / 60


def dosed_feedback(
    settings: FeedbackSettings, setting: Setting, *, avoidable: float, monthly: float, hours: float
) -> FeedbackSettings:
    """The settings under which messages cost so many hours a week, as nearly as they can."""
    strength = _reach(
        lambda x: feedback_hours(feedback_dose(settings, setting, x), avoidable, monthly), hours, MOST_VOLUME
    )
    return feedback_dose(settings, setting, strength)


def most_feedback_hours(
    settings: FeedbackSettings, setting: Setting, *, avoidable: float, monthly: float
) -> float:
    """The most that messages can be made to cost."""
    return feedback_hours(feedback_dose(settings, setting, MOST_VOLUME), avoidable, monthly)


def data_dose(settings: DataSettings, setting: Setting, strength: float) -> DataSettings:
    """The settings at a strength: up to 1 less is trusted and more checked, beyond 1 more is used."""
    bad = min(strength, 1.0)
    uses = settings.uses_a_week.middle

    def aside(name: str) -> float:
        return setting.between(f"data.{name} aside", NARROW, WIDE)

    return replace(
        settings,
        distrusted=fixed(settings.distrusted.middle + 0.50 * bad * aside("distrusted")),
        rechecked=fixed(min(0.92, settings.rechecked.middle + 0.62 * bad * aside("rechecked"))),
        uses_a_week=fixed(min(uses * max(1.0, strength), max(uses, MOST_USES))),
        disputes_a_week=fixed(settings.disputes_a_week.middle + 0.14 * bad * aside("disputes")),
        conflicting=fixed(settings.conflicting.middle + 0.13 * bad * aside("conflicting")),
        ownerless=fixed(settings.ownerless.middle + 0.32 * bad * aside("ownerless")),
        stale=fixed(settings.stale.middle + 0.26 * bad * aside("stale")),
    )


def data_hours(settings: DataSettings, avoidable: float) -> float:
    """Reclaimable hours a week that doubt costs one PM, expected from the settings."""
    excess = max(0.0, settings.rechecked.middle - settings.rechecked_trusted.middle)
    check = settings.recheck_minutes.middle * math.exp(settings.recheck_spread**2 / 2) / 60
    checks = settings.uses_a_week.middle * AT_WORK * settings.distrusted.middle * excess * check
    return avoidable * (checks + settings.disputes_a_week.middle * DISPUTERS * DISPUTE_HOURS)


def dosed_data(settings: DataSettings, setting: Setting, *, avoidable: float, hours: float) -> DataSettings:
    """The settings under which doubt costs a PM so many hours a week, as nearly as they can."""
    most = MOST_USES / settings.uses_a_week.middle
    strength = _reach(lambda x: data_hours(data_dose(settings, setting, x), avoidable), hours, max(1.0, most))
    return data_dose(settings, setting, strength)


def most_data_hours(settings: DataSettings, setting: Setting, *, avoidable: float) -> float:
    """The most that doubt can be made to cost a PM."""
    return data_hours(data_dose(settings, setting, MOST_USES), avoidable)


def _reach(cost: Callable[[float], float], wanted: float, most: float) -> float:
    """The strength from 0 to `most` at which a rising cost comes to what is wanted."""
    low, high = 0.0, most
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if cost(middle) < wanted else (low, middle)
    return (low + high) / 2
