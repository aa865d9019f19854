// Beyond what the browser's own player does: seeking without leaving the page.
