"""Metrics: the published formulas that ``newsqa.evals.evaluators`` measures with."""
