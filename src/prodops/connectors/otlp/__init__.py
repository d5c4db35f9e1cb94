"""Traces of agents and models: OTLP as JSON, and the spans that OpenTelemetry's libraries print."""
