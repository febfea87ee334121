"""livepages measured side by side with its peers and with bare sockets: `python -m benchmarks`."""
