// A mock for the whole run, and for each test a space of its own. Needs nothing but Node 18 or newer.

import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as rest } from "node:timers/promises";

/** Starts a mock; `stop` ends it. */
export async function startMock() {
  const ready = join(await mkdtemp(join(tmpdir(), "mock-")), "ready.json");
  const server = spawn(
    process.env.MOCK_SERVER ?? "mock-server",
    ["--listen", "127.0.0.1:0", "--ready-file", ready, "--log", "off", "--quiet"],
    { stdio: "inherit" },
  );
  const ended = once(server, "exit");
  for (const until = Date.now() + 30_000; ; ) {
    try {
      const info = JSON.parse(await readFile(ready, "utf8"));
      return { baseUrl: info.amili.base_url, stop: () => (server.kill(), ended) };
    } catch {
      if (server.exitCode !== null || Date.now() > until) throw new Error("the mock did not start");
      await rest(10);
    }
  }
}

/** An isolated world of the mock. */
export class Space {
  constructor(mock) {
    this.baseUrl = `${mock.baseUrl}/_spaces/${randomUUID()}`;
  }

  /** The status and the JSON of a call. */
  async call(method, path, { body, headers = {} } = {}) {
    const answer = await fetch(this.baseUrl + path, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, body: text && JSON.parse(text) };
  }

  /** A call of the control API. */
  async control(method, path, body) {
    const answer = await this.call(method, `/_mock${path}`, { body });
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  }

  journal = async (query = "") => (await this.control("GET", `/journal?${query}`)).entries;
  outbox = async () => (await this.control("GET", "/outbox")).mails;
}
