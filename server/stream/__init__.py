"""WS /api/stream: the newest wish wins."""
