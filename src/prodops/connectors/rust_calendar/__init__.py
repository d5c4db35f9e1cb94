"""Calendars of the rust-lang kind: TOML with recurring and single events, ended ones included."""
