"""From public values to bytes: feeds, pages, chapters, and their timeline."""
