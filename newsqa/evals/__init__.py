"""Evals: measure answers, their citations and their abstentions over many cases.

>>> from newsqa import NewsQA, Settings
>>> from newsqa.evals import Case, Expected, FigureName, evaluate
>>> case = Case(
...     id="bridge",
...     article="The bridge closed on 3 May.",
...     question="When did the bridge close?",
...     expected=Expected(short=("3 May",), must_cite=("3 May",)),
... )
>>> scorecard = evaluate([case], NewsQA(Settings(model="newsqa-extractive")))
>>> scorecard.figures[FigureName.F1].value
1.0

Intervals, cases in YAML and reports need ``pip install 'newsqa[evals]'``.
"""

from newsqa.evals.cases import Case, Expected, Pattern
from newsqa.evals.compare import Comparison, compare
from newsqa.evals.floors import Floors
from newsqa.evals.formats import FORMATS, load_cases
from newsqa.evals.measures import EVALUATORS, Entailment, Evaluator, FigureName, Measure
from newsqa.evals.results import Result
from newsqa.evals.run import aevaluate, evaluate
from newsqa.evals.scorecards import MEASURES, Figure, Scorecard

__all__ = [
    "EVALUATORS",
    "FORMATS",
    "MEASURES",
    "Case",
    "Comparison",
    "Entailment",
    "Evaluator",
    "Expected",
    "Figure",
    "FigureName",
    "Floors",
    "Measure",
    "Pattern",
    "Result",
    "Scorecard",
    "aevaluate",
    "compare",
    "evaluate",
    "load_cases",
]
