"""Memory that outlasts a run."""
