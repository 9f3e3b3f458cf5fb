"""Text: recognisers that know no claim: quotes, numbers, dates, names, boundaries."""
