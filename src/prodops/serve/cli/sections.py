"""The sections of the first screen, by the names that commands use."""

LOAD = "Load records"
FIND = "Find what takes the time"
ACT = "Act, and prove it"
SHARE = "Share, and try it out"
KEEP = "Keep it running"
SECTIONS = {"LOAD": LOAD, "FIND": FIND, "ACT": ACT, "SHARE": SHARE, "KEEP": KEEP}
