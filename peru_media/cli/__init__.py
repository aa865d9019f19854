"""The command line: one file a verb; errors become exit codes in one place."""
