"""Languages: their words, and which language a text is in."""
