"""What a provider keeps for its callers: files, and batches that work on them."""
