"""Reads and compiles a site of many lines, and says how long that took, as JSON.

Argument: the site's file.
"""

import json
import sys
import time
from pathlib import Path

import yaml

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.hub.hub import Hub
from livepages.schema.loader import load_site

file = Path(sys.argv[1])
text = file.read_text(encoding="utf-8")

start = time.perf_counter()
for _event in yaml.parse(text, Loader=yaml.CSafeLoader):
    pass
parsed = time.perf_counter()
site = load_site(file, ELEMENT_TYPES)
read = time.perf_counter()
Hub(site)
compiled = time.perf_counter()
times = {"parse alone": parsed - start, "read and check": read - parsed, "compile": compiled - read}
sys.stdout.write(json.dumps(times))
