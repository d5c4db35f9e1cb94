"""The figures of the diagnosis benchmark as tables in Markdown, and as one small JSON summary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from bench.diagnosis_parts import figures as f
from bench.diagnosis_parts.figures import RIVALS, Figure, Row

from prodops.checks.finding import SINKS
from prodops.diagnosis.queue import FEEDS

WORST = 8


class Bar(NamedTuple):
    """A figure and what it must reach.

    Attributes:
        says: The figure in words.
        of: How it is computed.
        least: The least it may be; None without a lower bar.
        most: The most it may be; None without an upper bar.
    """

    says: str
    of: Callable[[Sequence[Row]], Figure]
    least: float | None = None
    most: float | None = None

    def told(self) -> str:
        """The bar in words."""
        if self.least is not None and self.most is not None:
            return f"{self.least:g} to {self.most:g}"
        if self.least is not None:
            return f">= {self.least:g}"
        return "" if self.most is None else f"<= {self.most:g}"

    def missed(self, value: float) -> bool:
        """Whether a value is outside."""
        return (self.least is not None and value < self.least) or (
            self.most is not None and value > self.most
        )


BARS = (
    Bar("top-1", f.top_one, least=0.70),
    Bar("top-1 where the true gap is 1.5 or more", f.top_one_far, least=0.85),
    Bar("regret, share of the best hours", f.regret, most=0.10),
    Bar("named, of planted organisations", f.named_share),
    Bar("right when naming", f.precision, least=0.90),
    Bar("calibration error", f.calibration_error, most=0.05),
    Bar("the same if sureness were exactly true", f.calibration_by_chance),
    Bar("hours intervals that hold the truth", lambda rows: f.covered(rows, SINKS), least=0.93, most=0.97),
    *(
        Bar(f"ahead of: {rival}", partial(f.ahead_of, rival=rival), least=least)
        for rival, least in zip(RIVALS, (0.08, 0.08, 0.08, 0.0), strict=True)
    ),
    Bar("required answer given", f.answered, least=0.90),
    Bar("binding stage: right, where one binds", f.stage_right),
    Bar("binding stage: another one said", f.stage_wrong),
    Bar("binding stage: one said where none binds", f.stage_invented),
)


DRAWN = ("planted", "misspecified")
"""Scenarios whose leading sink and gap are drawn by the seed: the figures with bars are told of each."""

PRECISION_MISSPECIFIED = 0.80


def grouped(rows: Sequence[Row]) -> dict[tuple[int, int, str], list[Row]]:
    """Rows that are told together: of one size and one family of settings."""
    groups: dict[tuple[int, int, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["people"], row["weeks"], row["family"]].append(row)
    return dict(sorted(groups.items()))


def told(rows: Sequence[Row], code: str) -> Iterator[str]:
    """All tables as lines of Markdown."""
    for (people, weeks, family), group in grouped(rows).items():
        good = [row for row in group if "error" not in row]
        seeds = [row["seed"] for row in group]
        yield f"## {people:,} people, {weeks} weeks, {family} settings"
        yield ""
        yield (
            f"{len(group):,} organisations, seeds {min(seeds)} to {max(seeds)}, code {code}, "
            f"{_cpu(good):.1f} CPU-s each. Standard errors in brackets."
        )
        for row in group:
            if "error" in row:
                yield f"\nFAILED: {row['scenario']} seed {row['seed']}: {row['error']}"
        for drawn in DRAWN:
            own = [row for row in good if row["scenario"] == drawn]
            if own:
                yield f"\n### `{drawn}`: the leading sink and its gap are drawn by the seed"
                for table in (_bars, _sinks, _sureness):
                    yield ""
                    yield from table(own)
        if good:
            yield "\n### Every scenario\n"
            yield from _scenarios(good)
            yield ""
            yield from _worst(good)
            yield ""


def summary(rows: Sequence[Row], code: str) -> list[dict[str, Any]]:
    """The figures of every group, for a file that can be kept beside the code."""
    told_groups = []
    for (people, weeks, family), group in grouped(rows).items():
        good = [row for row in group if "error" not in row]
        seeds = [row["seed"] for row in group]
        told_groups.append(
            {
                "people": people,
                "weeks": weeks,
                "family": family,
                "code": code,
                "organisations": len(group),
                "failed": len(group) - len(good),
                "seeds": [min(seeds), max(seeds)],
                "drawn": {
                    drawn: _figures(own)
                    for drawn in DRAWN
                    if (own := [row for row in good if row["scenario"] == drawn])
                },
                "scenarios": {
                    name: {
                        "top_1": _plain(f.top_one(own)),
                        "named": _plain(f.named(own)),
                        "required": _plain(f.answered(own)),
                    }
                    for name, own in _by_scenario(good).items()
                },
                "healthy_named": _plain(f.healthy_named(good)),
                "stage": {
                    "right": _plain(f.stage_right(good)),
                    "wrong": _plain(f.stage_wrong(good)),
                    "invented": _plain(f.stage_invented(good)),
                },
            }
        )
    return told_groups


def _figures(rows: Sequence[Row]) -> dict[str, Any]:
    return {
        "figures": {bar.says: _plain(bar.of(rows)) for bar in BARS},
        "hours": {
            sink: {"covers": _plain(f.covered(rows, [sink])), "ratio": _plain(f.bias(rows, sink))}
            for sink in SINKS
        },
    }


def _plain(figure: Figure) -> dict[str, float | int | None]:
    value = None if figure.value is None else round(figure.value, 4)
    return {"value": value, "error": round(figure.error, 4), "n": figure.n}


def _cpu(rows: Sequence[Row]) -> float:
    return sum(sum(row["cpu_seconds"].values()) for row in rows) / max(len(rows), 1)


def _by_scenario(rows: Sequence[Row]) -> dict[str, list[Row]]:
    scenarios: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        scenarios[row["scenario"]].append(row)
    return dict(sorted(scenarios.items()))


def _bars(rows: Sequence[Row]) -> Iterator[str]:
    misspecified = rows[0]["scenario"] == "misspecified"
    yield "| figure | bar | measured | n | |"
    yield "|---|---|---|---|---|"
    for each in BARS:
        lower = misspecified and each.of is f.precision
        bar = each._replace(least=PRECISION_MISSPECIFIED) if lower else each
        figure = bar.of(rows)
        if figure.value is not None:
            yield (
                f"| {bar.says} | {bar.told()} | {figure} | {figure.n:,} "
                f"| {'missed' if bar.missed(figure.value) else ''} |"
            )


def _scenarios(rows: Sequence[Row]) -> Iterator[str]:
    kept = [one for own in _by_scenario(rows).values() if (one := f.answered(own).value) is not None]
    healthy, right, invented = f.healthy_named(rows), f.stage_right(rows), f.stage_invented(rows)
    often = sum(one >= 0.9 for one in kept)
    yield f"- required answer given in 90% or more: {often} of {len(kept)} scenarios"
    yield (
        f"- named, of {healthy.n} organisations without a sink worth naming: {healthy} (bar .05); "
        f"by the ablation {f.silent_named(rows)}"
    )
    yield (
        f"- stage, where one binds ({right.n}): right {right}, another {f.stage_wrong(rows)}; "
        f"said where none binds ({invented.n}): {invented}"
    )
    binding = f.called_binding(rows, FEEDS)
    yield f"- called the binding constraint ({binding.n}): right {binding}"
    yield ""
    yield (
        "| scenario | n | top-1 | regret | named | right of named | required answer | verdicts "
        "| stage right, wrong |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, own in _by_scenario(rows).items():
        verdicts: dict[str, int] = defaultdict(int)
        for row in own:
            verdicts[row["answer"]["named"] or row["answer"]["verdict"]] += 1
        most = sorted(verdicts.items(), key=lambda one: -one[1])
        said = ", ".join(f"{word} {count}" for word, count in most)
        yield (
            f"| {name} | {len(own)} | {f.top_one(own)} | {f.regret(own)} | {f.named(own)} "
            f"| {f.precision(own)} | {f.answered(own)} | {said} "
            f"| {f.stage_right(own)}, {f.stage_wrong(own)} |"
        )


def _sinks(rows: Sequence[Row]) -> Iterator[str]:
    yield "| hours of | told | hold the truth | too high | too low | told / true, median | true, mean |"
    yield "|---|---|---|---|---|---|---|"
    for sink in SINKS:
        above, below = f.above_and_below(rows, sink)
        n = f.covered(rows, [sink]).n
        true = f.average(row["truth"]["hours"][sink] for row in rows)
        yield (
            f"| {sink} | {n} of {len(rows)} | {f.covered(rows, [sink])} | {above} | {below} "
            f"| {f.bias(rows, sink)} | {true} |"
        )


def _sureness(rows: Sequence[Row]) -> Iterator[str]:
    yield "| sureness of the first sink | n | said | true |"
    yield "|---|---|---|---|"
    for one in f.calibration(rows):
        yield f"| {one.low:.1f} to {one.low + 1 / f.BINS:.1f} | {one.sure.n} | {one.sure} | {one.right} |"


def _worst(rows: Sequence[Row]) -> Iterator[str]:
    """The organisations to look at first: named wrongly, then sure of the wrong sink, then off in hours."""
    ranked = sorted(((_wrongness(row), row) for row in rows), key=lambda one: -one[0])
    yield "Worst cases:"
    for wrongness, row in ranked[:WORST]:
        if wrongness > 0:
            guess, top = f.guessed(row["answer"]), row["truth"]["top_sink"]
            sinks = {
                name: one["mid"] for name, one in row["answer"]["sinks"].items() if one["mid"] is not None
            }
            hours = "; ".join(
                f"{name} {mid:.1f} (true {row['truth']['hours'][name]:.1f})" for name, mid in sinks.items()
            )
            yield (
                f"- {row['scenario']} seed {row['seed']}: {row['answer']['verdict']} {guess} at "
                f"{row['answer']['p_top'] or 0:.2f}, true {top}; {hours}"
            )


def _wrongness(row: Row) -> float:
    answer, top = row["answer"], row["truth"]["top_sink"]
    wrong = f.guessed(answer) != top
    return (2.0 if answer["named"] and answer["named"] != top else 0.0) + (answer["p_top"] or 0.0) * (
        wrong and top is not None
    )
