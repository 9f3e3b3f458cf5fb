"""Prompting: from a passage to a prompt, and from a reply to a value."""
