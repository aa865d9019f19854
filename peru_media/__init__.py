"""Publish podcasts, stories and evidence reviews, with consent."""
