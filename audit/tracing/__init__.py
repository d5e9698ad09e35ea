"""Whether a work is in a dataset: a statement of presence and absence to hand out."""
