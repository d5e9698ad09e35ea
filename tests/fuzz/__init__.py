"""Fuzzing: what is read of strangers raises our errors and nothing else.

python -m tests.fuzz robots -max_total_time=60      one target, by atheris
"""
