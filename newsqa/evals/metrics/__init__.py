"""Metrics: how an answer is scored, each as its source defines it."""
