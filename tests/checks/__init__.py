"""Tests of the checks, in the folders and files of the modules."""
