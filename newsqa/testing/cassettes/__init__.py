"""Recorded exchanges with a language model: how they are written, matched, kept free of secrets.

What ``newsqa.pytest_plugin`` sets pytest-recording up with. Needs ``newsqa[testing]``.
"""
