"""A mock for the whole run, and for each test a space of its own. Needs nothing but pytest."""

import json
import os
import pathlib
import subprocess
import time
import urllib.error
import urllib.request
import uuid

import pytest


class Space:
    """An isolated world of the mock: its two APIs, and what a test asserts on."""

    def __init__(self, base_url):
        self.base_url = base_url

    def call(self, method, path, body=None, **headers):
        """The status and the JSON of a call; headers with _ for -."""
        data = None if body is None else json.dumps(body).encode()
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(
            self.base_url + path, data, {"Content-Type": "application/json", **names}, method=method
        )
        try:
            answer = urllib.request.urlopen(request)
        except urllib.error.HTTPError as error:
            answer = error
        text = answer.read()
        return answer.status, json.loads(text) if text else None

    def control(self, method, path, body=None):
        status, answer = self.call(method, "/_mock" + path, body)
        assert status < 300, answer
        return answer

    def journal(self, **filters):
        query = "&".join(f"{key}={value}" for key, value in filters.items())
        return self.control("GET", f"/journal?{query}")["entries"]

    def outbox(self):
        return self.control("GET", "/outbox")["mails"]


@pytest.fixture(scope="session")
def mock(tmp_path_factory):
    """The address of a mock that runs until the last test is done."""
    ready = tmp_path_factory.mktemp("mock") / "ready.json"
    server = subprocess.Popen(
        [os.environ.get("MOCK_SERVER", "mock-server"), "--listen", "127.0.0.1:0",
         "--ready-file", str(ready), "--log", "off", "--quiet"]
    )
    until = time.monotonic() + 30
    while not ready.exists():
        assert server.poll() is None and time.monotonic() < until, "the mock did not start"
        time.sleep(0.01)
    yield json.loads(pathlib.Path(ready).read_text())["amili"]["base_url"]
    server.terminate()
    server.wait(timeout=10)


@pytest.fixture
def space(mock):
    """A fresh world for one test, however many tests run at once."""
    return Space(f"{mock}/_spaces/{uuid.uuid4().hex}")
