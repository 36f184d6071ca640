"""From a wish to a call of the engine, and what comes of it."""
