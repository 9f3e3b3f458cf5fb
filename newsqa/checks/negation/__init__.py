"""Negation: what a claim denies or affirms, compared with its evidence."""
