"""Hedges: the doubt and the attribution that a claim must keep."""
