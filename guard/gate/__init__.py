"""The gate: the straight line from data to a signed decision."""
