// What tests of an integration look like: calls of your client, then what the mock saw.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { Space, startMock } from "./mock.mjs";

const AMILI = { "x-api-key": "amili-api-user" };
const AMS = { authorization: "Bearer ams-setup" };
const ACCOUNT = "6662fb1df4d1eaf404cb08de";

/** Stands for your client: it tries again when no answer comes. */
async function createCreditor(space, name) {
  const request = { body: { account: ACCOUNT, name }, headers: AMILI };
  return space.call("POST", "/creditors", request).catch(() => space.call("POST", "/creditors", request));
}

describe("an integration", { concurrency: true }, () => {
  let mock;
  before(async () => { mock = await startMock(); });
  after(() => mock.stop());

  it("finds the groups that a creditor brought", async () => {
    const space = new Space(mock);
    const { status, body } = await createCreditor(space, "Acme Inc");
    assert.equal(status, 201);
    const where = encodeURIComponent(JSON.stringify({ creditor: body._id }));
    const groups = await space.call("GET", `/access--groups?where=${where}`, { headers: AMILI });
    assert.deepEqual(groups.body._items.map((group) => group.type).sort(), ["admin", "user"]);
  });

  it("makes two when an answer is lost and it tries again", async () => {
    const space = new Space(mock);
    const match = { method: "POST", path: "/creditors" };
    await space.control("PUT", "/faults", [{ match, effect: "lose_answer", times: 1 }]);
    assert.equal((await createCreditor(space, "Twice")).status, 201);
    const [lost, answered] = await space.journal("method=POST");
    assert.deepEqual([lost.fault, answered.fault], [{ effect: "lose_answer" }, null]);
    const state = await space.control("GET", "/state");
    assert.equal(state.amili.creditors.length, 2);
  });

  it("waits out a limit", async () => {
    const space = new Space(mock);
    const effect = { rate_limit: { requests: 2, seconds: 60 } };
    await space.control("PUT", "/faults", [{ match: { api: "amili" }, effect }]);
    const statuses = [];
    for (let request = 0; request < 3; request += 1) {
      statuses.push((await space.call("GET", "/creditors", { headers: AMILI })).status);
    }
    assert.deepEqual(statuses, [200, 200, 429]);
    await space.control("PUT", "/clock", { advance_seconds: 60 });
    assert.equal((await space.call("GET", "/creditors", { headers: AMILI })).status, 200);
  });

  it("sends a new user a mail", async () => {
    const space = new Space(mock);
    const body = { name: "A", surname: "B", email: "a@example.com", company_id: 24 };
    assert.equal((await space.call("POST", "/v2/admin/users", { body, headers: AMS })).status, 201);
    assert.deepEqual((await space.outbox()).map((mail) => mail.to), ["a@example.com"]);
  });
});
