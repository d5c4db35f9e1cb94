"""A job in words: where it stands, for a page, the terminal and programs."""

from __future__ import annotations

from typing import Any

from prodops.serve.shown.lines import harmless
from prodops.serve.work.jobs import STOPPING, Job
from prodops.serve.work.units import title_of


def words_of(job: Job) -> str:
    """Where a job stands, in one sentence."""
    if job.ended_at is not None:
        return harmless(job.says) or {"done": "Done.", "stopped": "Stopped.", "failed": "Failed."}[job.status]
    if job.beat_at is None:
        return "Waiting for the work before it."
    if job.stage == STOPPING:
        return "Stopping."
    stage = job.stage.capitalize()
    if job.whole:
        stage = f"{stage}: {min(job.done + 1, job.whole):,} of {job.whole:,}"
        return f"{stage}, {harmless(job.says, longest=120)}" if job.says else stage
    return f"{stage}: {harmless(job.says, longest=120)}" if job.says else stage


def told_job(job: Job) -> dict[str, Any]:
    """A job for programs."""
    return {
        "job": job.id,
        "kind": job.kind,
        "title": title_of(job.kind),
        "status": job.status,
        "words": words_of(job),
        "stage": job.stage,
        "done": job.done,
        "whole": job.whole,
        "attempts": job.attempts,
        "asked_by": job.asked_by,
        "asked_at": job.asked_at,
        "ended_at": job.ended_at,
        "result": dict(job.result),
    }
