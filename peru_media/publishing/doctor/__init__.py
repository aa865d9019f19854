"""The doctor: look at a target as a whole, and say what is wrong and what to do."""
