"""Cassettes: recorded HTTP requests to a language model, readable and free of secrets.

``newsqa.pytest_plugin`` sets pytest-recording up with this package. It needs ``newsqa[testing]``.
"""
