"""Where data would leave in requests: clients, middleware, decorated functions."""
