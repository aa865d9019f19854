"""The feed's tags, in pairs for channel and item, and the one door to feedgen."""
