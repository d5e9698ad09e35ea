"""The ledger: what makes a change of anything recorded be seen.

Every record is a leaf of a Merkle tree (RFC 6962, section 2.1) whose root is kept after each
transaction. Whoever holds one earlier root, in a report or a file, can show that what was recorded
up to then is still there, unaltered.
"""
