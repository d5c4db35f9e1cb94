"""The PM interview: where time goes and where it should go, from our YAML form, notes or a table (CSV)."""
