"""Names: who and what a claim names, compared with its evidence."""
