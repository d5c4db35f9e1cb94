"""The roster: people with role, team and manager, from a table (CSV, XLSX) or SCIM JSON."""
