"""What a model's second opinion makes of the adversarial claims, beside what the checks make of them.

Asks the model of the settings (``NEWSQA_MODEL``, ``OPENAI_BASE_URL``, ...) about claims of
``tests/adversarial/claims`` in one language, ten in a call and shuffled, so that nothing but a claim
and its sentences tells the true ones. One call serves one answer in real use; here it serves ten
claims of any article. Only kinds that words decide are asked about, not figures and quotations,
which the checks decide better.

Run from the repository's root: ``python -m benchmarks.second_opinions --model NAME``.
"""

from __future__ import annotations
