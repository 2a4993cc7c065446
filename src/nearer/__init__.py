"""nearer reads a conversation and shows what helps and what hurts the safety between two people."""
