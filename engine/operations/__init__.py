"""One operation per file; the registry finds them by looking."""
