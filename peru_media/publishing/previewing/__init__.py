"""Preview: the site as it would come out, for the eyes of its writers alone."""
