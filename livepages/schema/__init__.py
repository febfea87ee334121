"""The language: from a YAML file to a checked, immutable site. Knows nothing of the runtime.

Its rooms, from the bottom up: `findings`, `yaml`, `values`, `expressions`, `code`, `site`, `checks`, `readers`,
`reference`. Each imports only those before it.
"""
