"""The page for right holders, site owners and the operator, and all it does as plain functions."""
