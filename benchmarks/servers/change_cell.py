"""Changes one cell of a list on a live page again and again, and says what that takes, as JSON.

Arguments: a folder to write the site to, the items of the list, the changes.
"""

import asyncio
import json
import statistics
import sys
import time
from pathlib import Path

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.frame import Frame
from livepages.runtime.hub import Hub
from livepages.runtime.server import settle_garbage
from livepages.schema.loader import load_site

SITE = """\
title: Items
state: {items: []}
body:
  - h1: ${items | length} items
  - ul:
      - li:
          - b: ${item.name}
          - span: ${item.count} of ${item.most}
        each: item in items
        key: item.id
"""


class Follower:
    """A tab that keeps the size of the last patch."""

    size = 0

    def send(self, frame: Frame) -> None:
        self.size = len(frame)


async def main(folder: Path, size: int, changes: int) -> dict[str, float]:
    (folder / "site.yaml").write_text(SITE, encoding="utf-8")
    hub = Hub(load_site(folder, ELEMENT_TYPES))
    await hub.start()
    live = hub.room(*hub.match("/", {}), None).live
    start = time.perf_counter()
    live.state["items"] = [{"id": number, "name": f"Item {number}", "count": 0, "most": 9} for number in range(size)]
    live.commit()
    made = time.perf_counter() - start
    follower = Follower()
    live.stream.followers[follower] = follower
    settle_garbage()
    times = []
    for number in range(changes):
        start = time.perf_counter()
        live.state["items"][number * 7919 % size]["count"] += 1
        live.commit()
        times.append(time.perf_counter() - start)
    await hub.close()
    return {"change": statistics.median(times), "worst": max(times), "bytes": follower.size, "made": made}


sys.stdout.write(json.dumps(asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))))
