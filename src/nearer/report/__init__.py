"""A reading as something to look at or hand on: one file a form."""
