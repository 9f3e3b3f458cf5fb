"""Dates: calendar days, offsets from a day, and times of the clock."""
