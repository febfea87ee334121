"""Live pages at run time: blueprints, live pages and their patches; on top of them the hub and the server."""
