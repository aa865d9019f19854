"""Speak to web servers, and only to those that may be spoken to."""

from peru_media.fetching.web import WebFetcher

__all__ = ["WebFetcher"]
