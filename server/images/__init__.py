"""Pictures: decoded, stored, reduced."""
