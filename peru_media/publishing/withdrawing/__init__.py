"""Withdraw: take somebody out of everything that is published, and prove it."""
