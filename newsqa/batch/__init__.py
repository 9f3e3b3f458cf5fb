"""Batch: many questions about many articles, in one run that can be interrupted and continued.

``run_batch(rows, out)`` asks the questions of each row and writes a line for each of them. A ledger beside
the output keeps every answer as it comes, so that a run that ends at any point, even by ``kill -9``,
goes on where it was: no answer is lost, and none is paid for twice.
"""

from newsqa.batch.ledger import Ledger, RunChangedError
from newsqa.batch.rows import BadRow, Row, read_rows
from newsqa.batch.run import BatchProgress, arun_batch, run_batch

__all__ = [
    "BadRow",
    "BatchProgress",
    "Ledger",
    "Row",
    "RunChangedError",
    "arun_batch",
    "read_rows",
    "run_batch",
]
