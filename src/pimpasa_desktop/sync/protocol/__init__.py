"""What both ends agree on, without any I/O: messages, encoding, merge, digest."""
