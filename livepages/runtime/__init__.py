"""A site at work, which `app` puts together from its rooms.

From the bottom up: `tasks`, `state`, `wire`, `blueprints`, `tree`, `reactions`, `pages`, `rooms`, `events`,
`documents`, `hub`, `web`, `reload`, `sockets`. Each imports only those before it.
"""
