"""Figures: the numbers of a claim, compared with those of its evidence."""
