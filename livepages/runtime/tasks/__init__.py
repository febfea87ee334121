"""Work of the site's own code: calls, tasks, timers and services."""
