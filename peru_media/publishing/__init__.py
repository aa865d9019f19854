"""The stories of publishing, each over ports: build, plan, send, swap, verify."""
