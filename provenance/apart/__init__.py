"""Work on files of others in a process apart, which may take so much and no more.

Libraries that read what a stranger made can be made to eat memory, to run for ever and to crash.
They do that in a process of their own then: the one that asked lives on, and says what happened.
The processes are forked by one that has a single thread and does nothing else (`server`), for a
process in which DuckDB has threads must not be forked.
"""
