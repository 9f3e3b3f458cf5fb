"""Pipeline: the stages that one question passes through, a verb a module."""
