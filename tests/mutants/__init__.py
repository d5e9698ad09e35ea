"""Mutation testing: a change of the code that no test notices is a test that is missing.

python -m tests.mutants canonical      one subject of tests/mutants/subjects.py, whole

Each mutant is one small change of a file. A process forked from one that has collected the tests
takes it in and runs the tests of that file until one fails. What survives has to be explained in
tests/mutants/survivors.toml, or a test has to be written.
"""
