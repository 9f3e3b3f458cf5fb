"""Answers: values that say what was drafted, what was verified and what was refused."""
