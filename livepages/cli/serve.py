"""`livepages serve`: a site on a port, until Ctrl-C."""

from __future__ import annotations

import ipaddress
import threading
import webbrowser
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from livepages.cli.console import fail, out
from livepages.cli.logs import LogLevel, set_up_logging
from livepages.cli.saves import tell_save
from livepages.cli.site import SitePath, load, report
from livepages.coediting.stores.store import StoreError
from livepages.runtime.app import make_app
from livepages.runtime.hub.hub import StartupFailed
from livepages.runtime.reload.reloader import Reload
from livepages.runtime.sockets import server
from livepages.schema.findings.errors import SiteError
from livepages.schema.site.site import Site

ANY_ADDRESS = frozenset(("0.0.0.0", "::"))  # noqa: S104

DataFolder = Annotated[
    str | None,
    typer.Option(
        help="The folder that keeps what people write together; none: only in memory. By default .livepages.",
        metavar="DIR",
        show_default=False,
    ),
]


def serve(
    site: SitePath = Path(),
    host: Annotated[
        str, typer.Option(help="The address to listen on; 0.0.0.0 is all of this machine's.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="0 picks a free one.")] = 8000,
    open_browser: Annotated[bool, typer.Option("--open", help="Show the site in the browser.")] = False,
    reload: Annotated[
        bool | None,
        typer.Option(
            "--reload/--no-reload",
            help="Follow the site's files: whatever is saved shows in every open tab. "
            "On if only this machine can reach the site, off otherwise.",
            show_default=False,
        ),
    ] = None,
    data: DataFolder = None,
    log_level: Annotated[LogLevel, typer.Option(help="How much is logged.")] = LogLevel.INFO,
) -> None:
    """Serve a site until Ctrl-C ends it."""
    loaded = load(site)
    log = set_up_logging(log_level, [module.__name__ for module in loaded.handlers.modules.values()])
    try:
        follows = is_loopback(host) if reload is None else reload
        reloading = Reload(site, tell_save) if follows else None
        app = make_app(loaded, development=is_loopback(host), reload=reloading, data=data_folder(data, loaded))
        listener = server.listen(host, port)
    except SiteError as error:
        report(error)
    except server.PortInUse as error:
        fail(str(error))
    bound = listener.getsockname()[1]

    def listening() -> None:
        log.is_listening = True
        _announce(loaded, address(host, bound))
        if open_browser:
            _show(address("127.0.0.1" if host in ANY_ADDRESS else host, bound))

    try:
        server.serve(app, listener, log_level=log_level.of_server, listening=listening)
    except (StartupFailed, StoreError) as error:
        fail(f"{error}\nNothing is served.")
    except KeyboardInterrupt:
        raise typer.Exit from None


def _show(url: str) -> None:
    """Open the browser, and wait for nothing."""
    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def data_folder(given: str | None, site: Site) -> Path | None:
    """The folder for documents; None where they are to be kept in memory."""
    if given is None:
        return site.folder / ".livepages"
    return None if given == "none" else Path(given)


def address(host: str, port: int) -> str:
    """The URL of a site; IPv6 addresses go in brackets."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _announce(site: Site, url: str) -> None:
    """Say where the site is and what it has."""
    routes = ", ".join(page.route.path for page in site.pages)
    titles = [site.title, *(page.title for page in site.pages if isinstance(page.title, str)), site.folder.name]
    title = next(title for title in titles if title)
    console = out()
    console.print(Text.assemble((title, "bold"), " is at ", (url, "bold cyan underline")), soft_wrap=True)
    console.print(Text.assemble(("Pages: ", "dim"), routes), soft_wrap=True)
    console.print("Ctrl-C ends it.", style="dim")
