"""Telemetry: events as log records, and as OpenTelemetry's spans and metrics.

None of it has content: an event that holds a claim is counted and not shown.
"""
