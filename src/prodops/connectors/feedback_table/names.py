"""The words in a header that name each field: what the exports of help desks, forms and trackers use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_WORDS = """
first_answer: first answer, first answer at, first answer observed by, first answered at, first response,
    first response at, first response date, first responded at, first reply, first reply at, first reply
    date, first replied at, first admin reply at, first agent reply at, first contact at, initially
    responded at, initial response time stamp, answered at, answered, replied at, responded at
observed_until: observed until, last observed, last observed at, observed at, exported at, export date,
    export time, extracted at, snapshot at, snapshot date, as of, fivetran synced, synced at
created: created, created at, created on, created date, created time, date created, creation date,
    creation time, submitted at, submitted on, submitted, submission date, date submitted, opened at,
    opened on, opened, open date, date opened, received at, received on, received, date received, asked
    at, asked on, posted at, posted on, posted, requested at, requested on, request date, reported at,
    reported on, sent at, sent, conversation started at, created utc, timestamp, time stamp, date time,
    datetime, date, time, day, erstellt, erstellt am, datum, fecha, fecha de creacion, date de creation
decided: decided, decided at, decided on, decision date, date decided, triaged at, reviewed at
solved: resolved at, resolved on, resolved, resolved date, date resolved, resolution date, solved at,
    solved, completed at, completed on
closed: closed at, closed on, closed, closed date, date closed
updated: updated, updated at, updated on, last updated, last updated at, sys updated at, sys updated on,
    modified, modified at, last modified, last modified at, date updated
decision: decision, verdict, outcome, decided as
closed_how: closed how, close reason, closed reason, closing reason, close code, closed code, resolution,
    resolution code, resolution type, closed as
history: status history, history, status changes, state history, status log
duplicate_of: duplicate of, merged into, merged into id, superseded by, canonical id
id: id, ticket id, ticket number, ticket, ticket no, case id, case number, request id, request number,
    conversation id, message id, feedback id, question id, response id, post id, issue key, issue id,
    number, key, reference, ref, uuid, pep
title: title, subject, summary, headline, short description, subject line, ticket subject, feature
    request, idea, betreff, asunto
text: text, body, content, message, message text, message body, original message, description, feedback,
    feedback text, comment, comments, comment text, customer comment, verbatim, review, review text,
    utterance, request, suggestion, complaint, question, details, note, notes, note text, first message,
    response, answer text, nachricht, mensaje
channel: channel, via channel, via, contact type, source, source type, origin, medium, kanal
segment: segment, customer segment, customer type, customer tier, tier, plan, plan name, account type,
    user type
product: product, product name, product area, app, application, component, module, feature
topic: topic, category, theme, label, intent, type, issue type, ticket type, request type, subcategory
company: company, company name, organization, organisation, organization name, organization id, account,
    account name, customer, customer name, client, employer
author: author, creator, requester, requester email, requester id, requester name, reporter, submitter,
    submitted by, created by, customer email, email, email address, contact email, user, user id,
    username, user name, user email, from, sender, caller id, caller, contact, author id, author email
status: status, state, incident state, ticket status, issue status, stage, current status
tags: tags, tag, labels, keywords, ticket tags, categories, topics
"""
"""One field a paragraph; its names best first; the fields in the order in which they choose their column."""


def _read(words: str) -> Mapping[str, tuple[str, ...]]:
    paragraphs = " ".join(words.split("\n    ")).strip().splitlines()
    pairs = (paragraph.partition(": ") for paragraph in paragraphs)
    return MappingProxyType({field: tuple(names.split(", ")) for field, _, names in pairs})


NAMES: Mapping[str, tuple[str, ...]] = _read(_WORDS)
"""Field to the header names that mean it, best first, as `words_of` writes them."""

LAG_FIELDS = ("first_answer_lag", "solved_lag")
"""How long the first answer and the solution took; found by the pattern of their names, see `durations`."""

FIELDS: tuple[str, ...] = (*NAMES, *LAG_FIELDS)
"""Every field a user may map to a column; the keys of `SourceFile.hints`, beside `SETTINGS`."""

DATE_FIELDS = ("created", "first_answer", "decided", "solved", "closed", "updated", "observed_until")
PROSE_FIELDS = ("title", "text")
ANSWER_FIELDS = ("first_answer", "first_answer_lag")
END_FIELDS = ("decided", "solved", "solved_lag", "closed", "history")
OUTCOME_FIELDS = (*ANSWER_FIELDS, *END_FIELDS)
