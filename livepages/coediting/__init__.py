"""Documents that many write at once.

From the bottom up: `protocol`, `texts`, `stores`, then `reader`, `document` and `library`. Each imports only those
before it.
"""
