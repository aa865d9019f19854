"""Where published things live: in memory, in a folder, or in a bucket."""
