"""Output: an answer as text, on a terminal, in Markdown, as excerpts and as annotations."""
