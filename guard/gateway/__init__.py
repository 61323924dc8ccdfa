"""What knows upstreams: where they are, how to reach them, and in what order they are tried."""
