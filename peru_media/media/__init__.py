"""What media files measurably are, and the copies that are published of them."""
