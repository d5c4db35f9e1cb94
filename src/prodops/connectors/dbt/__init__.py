"""Reads dbt: manifest, source freshness and run results as JSON artifacts, and schema files in YAML."""
