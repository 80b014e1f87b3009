"""The code that Amili's guides print, run to the letter: it calls https://api-sandbox.amili.se and reaches the mock.

Needs pytest and requests; for the JavaScript, Node and axios, found in NODE_PATH."""

import json
import os
import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[3]
MOCK_SERVER = os.environ.get("MOCK_SERVER", str(ROOT / "target/debug/mock-server"))
GUIDES = ["amili-creditor-users-sv", "amili-creditor-users"]

# What the guides take for granted: a client library, and their class for tokens.
PYTHON = """
import requests
class auth:
    @staticmethod
    def get_valid_token():
        return "amili-api-user"
"""
NODE = """
const axios = require('axios')
const auth = { getValidToken: async () => 'amili-api-user' }
"""

# The pages print one language behind the other: JavaScript ends where a bracket meets the Python.
JAVASCRIPT_BLOCK = re.compile(r"^(const \w+ = .*?^\))(?=import json|\w+ = )", re.S | re.M)
PYTHON_BLOCK = re.compile(r"^\)((?:import json|\w+ = ).*?^(?:result|access_groups) = response\.json\(\)[^\nA-Z]*)", re.S | re.M)


def program(guide, language):
    """The blocks of a language, one behind the other, with nothing in them changed."""
    text = (ROOT / f"fixtures/guides/{guide}.txt").read_text()
    if language == "python":
        return PYTHON + "\n".join(PYTHON_BLOCK.findall(text))
    blocks = [f"{{\n{block}\n}}" for block in JAVASCRIPT_BLOCK.findall(text)]
    body = "\n".join(blocks)
    return f"{NODE}\n;(async () => {{\n{body}\n}})().catch((fault) => {{ console.error(fault); process.exit(1) }})"


def printed_world():
    """The built-in world with the creditor whose groups the guides' later steps name."""
    ended = subprocess.run([MOCK_SERVER, "world"], check=True, capture_output=True, text=True)
    world = json.loads(ended.stdout)
    amili = world["amili"]
    times = {"_created": "Tue, 11 Nov 2025 12:22:34 GMT", "_updated": "Tue, 11 Nov 2025 12:22:34 GMT"}
    creditor = "69132a8bc9ea54f691cc407c"
    account = amili["accounts"][0]
    amili["creditors"].append(
        {"_id": creditor, "account": account["_id"], "name": "Acme Inc", "is_active": False, "_etag": "0" * 40, **times}
    )
    template = account["access_group_template"]
    for kind, group in [("admin", "69132a8bc9ea54f691cc407e"), ("user", "69132a8bc9ea54f691cc407f")]:
        amili["access--groups"].append(
            {
                "_id": group,
                "account": account["_id"],
                "creditor": creditor,
                "name": kind,
                "type": kind,
                "access_group_template": template,
                "access_rights": {},
                "_etag": group[:32],
                **times,
            }
        )
    return world


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    file = tmp_path_factory.mktemp("world") / "world.json"
    file.write_text(json.dumps(printed_world()))
    return file


def run(folder, world, command):
    """Runs a command under `exec --intercept`; what it met is what the journal holds at its end."""
    journal = folder / "journal.json"
    last = f'{command}; status=$?; curl -sf "$MOCK_CONTROL_URL/journal" > {journal}; exit $status'
    ended = subprocess.run(
        [MOCK_SERVER, "exec", "--intercept", "--log", "off", "--world", str(world), "--", "sh", "-c", last],
        capture_output=True,
        text=True,
        timeout=60,
    )
    entries = json.loads(journal.read_text())["entries"]
    return ended, [(entry["request"]["method"], entry["request"]["path"], entry["response"]["status"]) for entry in entries]


@pytest.mark.parametrize("guide", GUIDES)
@pytest.mark.parametrize("language", ["python", "javascript"])
def test_the_printed_code_runs_unchanged(guide, language, world, tmp_path):
    file = tmp_path / ("guide.py" if language == "python" else "guide.cjs")
    file.write_text(program(guide, language))
    interpreter = sys.executable if language == "python" else "node"
    ended, met = run(tmp_path, world, f"{interpreter} {file}")
    assert ended.returncode == 0, ended.stderr
    assert sorted(met) == [
        ("GET", "/access--groups", 200),
        ("POST", "/creditors", 201),
        ("POST", "/users", 201),
        ("POST", "/users", 201),
    ]
    assert "tried to reach" not in ended.stderr


@pytest.mark.parametrize(
    "call",
    [
        "fetch('https://api-sandbox.amili.se/access--groups', { headers }).then((answer) => answer.status)",
        "new Promise((done) => require('https').get('https://api-sandbox.amili.se/access--groups', { headers }, (answer) => done(answer.resume().statusCode)))",
        "new Promise((done) => require('http').get('http://api-sandbox.amili.se/access--groups', { headers }, (answer) => done(answer.resume().statusCode)))",
        "fetch(process.env.AMILI_BASE_URL + '/access--groups', { headers }).then((answer) => answer.status)",
    ],
)
def test_node_needs_no_client_that_knows_of_proxies(call, world, tmp_path):
    file = tmp_path / "call.cjs"
    file.write_text(
        f"const headers = {{ 'X-API-Key': 'amili-api-user' }}\n{call}.then((status) => {{ process.exitCode = status === 200 ? 0 : 1 }})"
    )
    ended, met = run(tmp_path, world, f"node {file}")
    assert (ended.returncode, met) == (0, [("GET", "/access--groups", 200)]), ended.stderr


@pytest.mark.parametrize(
    "command",
    [
        f"{sys.executable} -c \"import requests; requests.get('https://example.com')\"",
        f"{sys.executable} -c \"import urllib.request; urllib.request.urlopen('https://example.com')\"",
        "node -e \"fetch('https://example.com')\"",
        "curl -sSf https://example.com",
        "curl -sSf http://example.com",
    ],
)
def test_no_other_host_is_reached(command, world, tmp_path):
    ended, met = run(tmp_path, world, command)
    assert ended.returncode != 0 and met == []
    assert "your code tried to reach example.com" in ended.stderr
