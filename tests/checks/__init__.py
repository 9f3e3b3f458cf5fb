"""Tests of the checks of a claim, one file a check."""
