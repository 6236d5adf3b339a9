"""Settings, addresses, the server. Nobody imports this room."""
