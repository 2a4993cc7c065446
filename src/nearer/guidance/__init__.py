"""What a person can do with a reading: strengths, adjustments, rewordings, and where help is to be had."""
