"""What auditing a million meetings costs: CPU seconds of every measure of time, after loading.

Run as `python -m bench.audit_speed [MEETINGS] [PMS]`, in an organisation of 2,000 people. Of the meetings
95% belong to series of 95 weekly occurrences; the others are single events, no two with the same title. Each
has six people invited, one of them from the first tenth of the organisation, where the PMs are.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime

from bench.peak_memory import peak_megabytes

from prodops.ledger.engine import create_table, open_engine
from prodops.ledger.ledger import Ledger
from prodops.ledger.schema import record_types, table_name
from prodops.measures import units

MEETINGS, PMS = 1_000_000, 90
TODAY = datetime(2026, 6, 30, tzinfo=UTC)

_HEADS = """
create table heads as select * from (values
    (0, 'Weekly status'), (1, 'Roadmap review'), (2, 'Sprint planning'), (3, 'Customer call'), (4, 'PRD'),
    (5, 'Design review'), (6, 'Triage'), (7, 'Launch checklist'), (8, 'Metrics pull'), (9, 'Decision'),
    (10, 'User interview'), (11, 'Standup'), (12, 'Sync'), (13, 'Expenses'), (14, '1:1')
) t(head, words)
"""

_PEOPLE = """
insert into person by name
select 'p' || i as id, 'person' || i as person, 'n' || i as named, 'Pat' as name, '' as email,
    case when i < $pms then 'Product Manager' else 'Engineer' end as role, 'team ' || i % 20 as team,
    '' as location, true as active, 'r' as cite_source, '' as cite_locator
from range(2000) t(i)
"""

_SERIES = """
insert into meeting by name
select 's' || s || '-' || k as id, 'u' || s as uid, 's' || s as series, 'i' || s as invite,
    words || ' ' || chr(cast(97 + s % 26 as integer)) || chr(cast(97 + s // 26 % 26 as integer)) as title,
    timestamp '2024-09-02 08:00:00' + to_days(cast(7 * k + s % 5 as integer)) + to_minutes(30 * (s // 5 % 18))
        as starts_at,
    starts_at + to_minutes(30) as ends_at, case when s % 12 = 0 then 0 else 6 end as invited_count,
    'confirmed' as status, true as busy, false as all_day, false as private,
    'c.ics' as cite_source, '' as cite_locator
from range($series) a(s), range(95) b(k) join heads on head = s % 15
"""

_SINGLE = """
insert into meeting by name
select 'e' || e as id, 'v' || e as uid, 'x' || e as invite,
    words || ' of customer ' || md5(cast(e as varchar))[1:6] as title,
    timestamp '2024-09-02 08:00:00' + to_days(cast(e % 660 as integer)) + to_minutes(30 * (e // 660 % 18))
        as starts_at,
    starts_at + to_minutes(45) as ends_at, 6 as invited_count, 'confirmed' as status, true as busy,
    false as all_day, false as private, 'c.ics' as cite_source, '' as cite_locator
from range($single) a(e) join heads on head = e % 15
"""

_INVITED = """
insert into invitee by name
select 'a' || invite || '-' || k as id, invite,
    'person' || hash(invite || k) % (case when k = 0 then 200 else 2000 end) as person,
    case hash(k || invite) % 4 when 0 then 'accepted' when 1 then 'none' when 2 then 'tentative'
        else 'declined' end as response,
    'required' as role, k = 0 as own_copy, 'c.ics' as cite_source, '' as cite_locator
from (select distinct invite from meeting), range(6) t(k)
"""


def ledger_of(meetings: int, pms: int) -> Ledger:
    """A ledger filled inside the engine: loading is measured elsewhere."""
    connection = open_engine()
    for kind in record_types():
        create_table(connection, f"main.{table_name(kind)}", kind)
    connection.execute(_HEADS)
    connection.execute(_PEOPLE, {"pms": pms})
    connection.execute(_SERIES, {"series": meetings // 100})
    connection.execute(_SINGLE, {"single": meetings // 20})
    connection.execute(_INVITED)
    return Ledger(connection, version="bench", today=TODAY)


def main() -> None:
    """Measure and print."""
    given = [int(word) for word in sys.argv[1:]]
    meetings, pms = given + [MEETINGS, PMS][len(given) :]
    ledger = ledger_of(meetings, pms)
    whole = 0.0
    for unit in units():
        if ".time." not in unit.__name__:
            continue
        cpu, wall = time.process_time(), time.perf_counter()
        share = unit.measure(ledger)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        whole += cpu
        print(f"{unit.__name__.rpartition('.')[2]:24} {cpu:6.2f} CPU-s {wall:6.2f} s  n {share.n}")
    memory = peak_megabytes()
    print(f"{meetings:,} meetings, {pms} PMs: {whole:.2f} CPU-s in all, highest memory {memory:.0f} MB")
    counts = "select (select count(*) from blocks), (select count(*) from block_purposes)"
    print("  blocks {:,}, distinct titles {:,}".format(*ledger.sql(counts)[0]))


if __name__ == "__main__":
    main()
