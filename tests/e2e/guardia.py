"""Watches a browser page: console errors, policy violations, foreign requests, server faults, weight."""

from playwright.sync_api import ConsoleMessage, Page, Request, Response

SERVER_FAULT = 500
EXPECTED = ("403", "404", "422")  # forbidden, absent, a form with something wrong


class Guardia:
    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.troubles: list[str] = []
        self.weight = 0  # bytes received, bodies as sent (compressed)
        page.on("console", self.on_console)
        page.on("pageerror", lambda error: self.troubles.append(f"errore nello script: {error}"))
        page.on("request", self.on_request)
        page.on("response", self.on_response)
        page.on("requestfinished", self.on_finished)

    def on_console(self, message: ConsoleMessage) -> None:
        expected = any(f"status of {each}" in message.text for each in EXPECTED)
        if message.type in ("error", "warning") and not expected:
            self.troubles.append(f"console ({self.page.url}): {message.text}")

    def on_request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:", "http://localhost:")):
            self.troubles.append(f"richiesta a un altro sito: {request.url}")

    def on_response(self, response: Response) -> None:
        if response.status >= SERVER_FAULT:
            self.troubles.append(f"{response.status} da {response.url}")

    def on_finished(self, request: Request) -> None:
        sizes = request.sizes()
        self.weight += sizes["responseBodySize"] + sizes["responseHeadersSize"]
