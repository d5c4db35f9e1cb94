"""Reads warehouse metadata YAML as bigquery-etl keeps it: one metadata.yaml a table, one dags.yaml."""
