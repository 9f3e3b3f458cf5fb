"""Exit codes, and what ``--help`` says of them."""

ANSWERED, FAILED, BAD_INPUT, NOT_IN_ARTICLE = 0, 1, 2, 3
"""130, from typer, is an interruption."""

EXIT_CODES = """\b
Exit codes:
  0    answered, wholly or in part; verified
  1    the model failed, or a citation does not stand
  2    the command, the article, the question or a setting is not usable
  3    the article does not say
  130  interrupted
"""
