"""Many messages and many conversations, for research."""
