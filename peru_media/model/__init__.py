"""The values that everything else is made of: frozen, complete, pure."""
