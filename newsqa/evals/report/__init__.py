"""Report: a scorecard as a page."""
