"""Time stamps (RFC 3161): since when a checkpoint was there, said by somebody else.

An authority signs the digest of a file together with its own time. The token stands beside the
file, `<file>.tsr`, and is checked without any network, against the root that the operator trusts.
"""
