"""For whoever runs the service."""

from __future__ import annotations

from fastapi import APIRouter


def router() -> APIRouter:
    """Return the route /livez."""
    routes = APIRouter(tags=["health"])

    @routes.get("/livez")
    async def livez() -> dict[str, str]:
        """Say that the process answers."""
        return {"status": "ok"}

    return routes
