"""provisor inside the tools that build datasets; each file stands alone and may be copied."""
