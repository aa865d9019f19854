"""Benches: our side beside a peer or a limit, in one run."""
