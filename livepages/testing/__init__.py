"""Tests of sites without a browser: a site at work in the test's own process, and tabs that show its pages.

```python
from livepages.testing import open_site, run

async def example():
    async with open_site("sites/board") as site:
        ann, bob = await site.open("/"), await site.open("/")
        ann["message"].type("hello")
        await ann.click("Send")
        assert "hello" in bob.text

def test_example():
    run(example())
```
"""

from livepages.testing.clock import run
from livepages.testing.handle import Handle
from livepages.testing.site import Browser, NoPage, OpenSite, open_site
from livepages.testing.streams import OutOfStep
from livepages.testing.tab import NotDeclared, Tab

__all__ = ("Browser", "Handle", "NoPage", "NotDeclared", "OpenSite", "OutOfStep", "Tab", "open_site", "run")
