"""What tests of an integration look like: calls of your client, then what the mock saw."""

import http.client
import urllib.error

import pytest

AMILI = {"X_API_Key": "amili-api-user"}
AMS = {"Authorization": "Bearer ams-setup"}
ACCOUNT = "6662fb1df4d1eaf404cb08de"


def create_creditor(space, name):
    """Stands for your client: it tries again when no answer comes."""
    body = {"account": ACCOUNT, "name": name}
    for _ in range(2):
        try:
            return space.call("POST", "/creditors", body, **AMILI)
        except (urllib.error.URLError, http.client.HTTPException, ConnectionError):
            pass
    raise AssertionError("no answer twice")


def test_a_creditor_brings_its_groups(space):
    status, creditor = create_creditor(space, "Acme Inc")
    assert status == 201
    where = '{"creditor":"%s"}' % creditor["_id"]
    status, groups = space.call("GET", "/access--groups?where=" + where.replace('"', "%22"), **AMILI)
    assert {group["type"] for group in groups["_items"]} == {"admin", "user"}


def test_a_lost_answer_and_a_retry_make_two(space):
    fault = {"match": {"method": "POST", "path": "/creditors"}, "effect": "lose_answer", "times": 1}
    space.control("PUT", "/faults", [fault])
    assert create_creditor(space, "Twice")[0] == 201
    lost, answered = space.journal(method="POST")
    assert lost["fault"] == {"effect": "lose_answer"} and answered["fault"] is None
    state = space.control("GET", "/state")
    assert [creditor["name"] for creditor in state["amili"]["creditors"]] == ["Twice", "Twice"]


def test_a_refusal_says_why(space):
    status, _ = space.call("POST", "/creditors", {"account": ACCOUNT, "name": "x", "is_active": True}, **AMILI)
    assert status == 422
    entry = space.journal(status=422)[0]
    assert entry["refused_by"] == "amili.creditor.activation-fields"
    explanation = space.control("GET", f"/journal/{entry['number']}")["explanation"]
    assert "body.invoice_address" in [breach["place"] for breach in explanation["breaches"]]


@pytest.mark.parametrize("email", ["a@example.com", "b@example.com"])
def test_a_new_user_gets_a_mail(space, email):
    user = {"name": "A", "surname": "B", "email": email, "company_id": 24}
    assert space.call("POST", "/v2/admin/users", user, **AMS)[0] == 201
    assert [mail["to"] for mail in space.outbox()] == [email]


def test_a_token_that_ends(space):
    token = space.control("POST", "/tokens", {"api": "ams", "user": 2})["token"]
    status, _ = space.call("GET", "/v2/admin/permission/groups", Authorization=f"Bearer {token}")
    assert status == 200
    space.control("POST", "/reset")
    status, _ = space.call("GET", "/v2/admin/permission/groups", Authorization=f"Bearer {token}")
    assert status == 401
