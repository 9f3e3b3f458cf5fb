"""Evals: how good answers, their citations and their abstentions are."""
