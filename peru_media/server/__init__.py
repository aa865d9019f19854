"""The site on the web: a Starlette app over the release that the store holds."""
