"""What `scripts/vendor.py` fetches, and how it makes the vendored files of it."""
