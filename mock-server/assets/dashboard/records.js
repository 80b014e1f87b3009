// What the page knows of the two APIs: how their records are named, and how one refers to another.

const APIS = {
  amili: {
    title: "Amili",
    header: (token) => `X-API-Key: ${token}`,
    first: "/access--groups",
    about: "Accounts, creditors, access groups, users, cases.",
  },
  ams: {
    title: "AMS",
    header: (token) => `Authorization: Bearer ${token}`,
    first: "/v2/admin/permission/groups",
    about: "Users, departments and permission groups of companies.",
  },
};
const apiTitle = (api) => APIS[api]?.title ?? api;
const curlOf = (base, api, token) => `curl ${base}${APIS[api].first} \\\n  -H ${quoted(APIS[api].header(token))}`;

// Ids of AMS are numbers, so that only the name of a member tells what it refers to. Amili's ids say it themselves.
const AMS_KINDS = {
  company_id: "companies",
  parent_id: "departments",
  departments: "departments",
  groups: "groups",
  user_id: "users",
};

const idOf = (record) => record._id ?? record.id ?? record.api_code;

function titleOf(record) {
  const name = [record.name, record.surname].filter((part) => typeof part === "string").join(" ");
  return name || record.api_code || record.case_number || record.invoice_number || String(idOf(record));
}

/** Every record of a space, and what refers to what. */
class Records {
  constructor(state) {
    this.state = state;
    this.tokens = state.tokens ?? [];
    this.kinds = [];
    this.places = new Map();
    for (const api of Object.keys(APIS)) {
      for (const [kind, list] of Object.entries(state[api] ?? {})) {
        if (!Array.isArray(list)) continue;
        this.kinds.push({ api, kind, list });
        for (const record of list) this.places.set(`${api}/${kind}/${idOf(record)}`, { api, kind, record });
      }
    }
    this.byAmiliId = new Map();
    for (const place of this.places.values()) {
      if (place.api === "amili" && place.record._id) this.byAmiliId.set(place.record._id, place);
    }
  }

  list(api, kind) {
    return this.kinds.find((one) => one.api === api && one.kind === kind)?.list ?? [];
  }

  get(api, kind, id) {
    return this.places.get(`${api}/${kind}/${id}`);
  }

  /** The record that a member of a document refers to, if any. */
  target(api, key, value) {
    if (api === "amili") return typeof value === "string" ? this.byAmiliId.get(value) : undefined;
    const kind = AMS_KINDS[key];
    return kind && value !== null ? this.get("ams", kind, value) : undefined;
  }

  /** For `json`: where a value leads to. */
  link(api, own) {
    return (key, value) => {
      const found = this.target(api, key, value);
      return found && found.record !== own ? hrefOf(found) : null;
    };
  }

  /** What a record refers to, each once. */
  references({ api, record }) {
    const found = new Set();
    const walk = (key, value) => {
      if (Array.isArray(value)) value.forEach((part) => walk(key, part));
      else if (value && typeof value === "object") Object.entries(value).forEach(([name, part]) => walk(name, part));
      else {
        const target = this.target(api, key, value);
        if (target && target.record !== record) found.add(target);
      }
    };
    walk("", record);
    return [...found];
  }

  /** What refers to a record. All of it is found at once, and once only. */
  referrers(place) {
    if (!this.back) {
      this.back = new Map();
      for (const from of this.places.values()) {
        for (const to of this.references(from)) {
          if (!this.back.has(to)) this.back.set(to, []);
          this.back.get(to).push(from);
        }
      }
    }
    return this.back.get(place) ?? [];
  }

  /** The user that a token acts as. */
  user(api, id) {
    return this.get(api, "users", id);
  }

  /** The parts of a path, those with an address that name a record. */
  pathParts(api, path) {
    let before = "";
    return path.split("/").flatMap((part, place) => {
      const kind = before.startsWith("user") ? "user_id" : before;
      before = part;
      const found = this.target(api, kind, api === "ams" ? Number(part) || null : part);
      const shown = found ? el("a", { href: hrefOf(found) }, part) : part;
      return place ? ["/", shown] : [shown];
    });
  }
}

const hrefOf = ({ api, kind, record }) => `#records/${api}/${kind}/${encodeURIComponent(idOf(record))}`;
const recordLink = (place, className = "a") => el(className, { href: hrefOf(place) }, titleOf(place.record));

/** The newest that was read, and how many milliseconds that took: a large world is not read at every turn. */
let kept = { state: null, records: null, cost: 0 };

/** The records of the space as they are now. */
async function records() {
  const begun = performance.now();
  const state = await ask("/state");
  if (kept.state !== state) {
    const all = new Records(state);
    kept = { state, records: all, cost: performance.now() - begun };
  }
  return kept.records;
}

/** What a user may do in the end, each with the groups that it comes from. */
function powers(all, api, user) {
  const found = new Map();
  const add = (power, group) => {
    if (!found.has(power)) found.set(power, []);
    found.get(power).push(group);
  };
  for (const group of groupsOf(all, api, user)) {
    if (api === "ams") group.record.permissions.forEach((power) => add(power, group));
    else {
      const { type, creditor, account, access_rights: rights } = group.record;
      const over = all.byAmiliId.get(creditor ?? account);
      add(`${type ?? group.record.name}${over ? ` of ${titleOf(over.record)}` : ""}`, group);
      Object.entries(rights ?? {}).forEach(([right, is]) => is && add(right, group));
    }
  }
  return [...found].sort(([one], [other]) => one.localeCompare(other));
}

function groupsOf(all, api, user) {
  if (api === "ams") return (user.groups ?? []).map((id) => all.get("ams", "groups", id)).filter(Boolean);
  const ids = (Array.isArray(user.data_access) ? user.data_access : []).map((access) => access?.access_group);
  return ids.map((id) => all.get("amili", "access--groups", id)).filter(Boolean);
}
