// One token: what it may do, what happened to it, and what its owner can do with it.

import { get, post, query, remove, segment } from "./api.js";
import { expiryField } from "./create.js";
import { badge, chips, field, h, option, said } from "./dom.js";
import { formDialog, showSecret, typedConfirmation } from "./dialog.js";
import { duration, when } from "./time.js";

const GRACES = ["PT0S", "PT1H", "PT24H", "PT72H", "PT168H"];

const fact = (name, ...value) => [h("dt", {}, name), h("dd", {}, value)];

const reload = () => dispatchEvent(new HashChangeEvent("hashchange"));

async function rotate(path, token, person) {
  const policy = await get("/api/configs/policy");
  const hours = (iso) => Number(/^PT(\d+)H/.exec(iso)?.[1] ?? 0);
  const known = GRACES.filter((each) => hours(each) <= hours(policy.maximum_grace));
  const usual = policy.default_grace;
  const grace = h("select", {}, [...new Set([...known, usual])].sort((a, b) => hours(a) - hours(b)).map((each) =>
    option(each, each === "PT0S" ? "Stops at once" : duration(each), each === usual)));
  const expiry = expiryField(policy, person.token, "Expiration", "Keep the expiration");
  const rotated = await formDialog(`Rotate ${token.token_name}`, "Rotate",
    () => post(query(path + "/rotate", { grace: grace.value, ...expiry.parameters() })),
    [
      h("p", {}, "The token gets a new secret. Its name, roles and history stay."),
      field("How long the old secret stays valid", grace),
      expiry.element,
    ]);
  if (rotated !== null) {
    const until = grace.value === "PT0S"
      ? "The old secret is no longer valid."
      : ["The old secret is valid until ", when(rotated.old_secret_valid_until), "."];
    await showSecret("New secret", rotated.token, h("p", {}, until));
    reload();
  }
}

async function suspend(path, token) {
  const done = await formDialog(`Suspend ${token.token_name}`, "Suspend", () => post(path + "/suspend"),
    [h("p", {}, "Nobody can exchange the token until you resume it. JWTs that it already has expire within minutes.")]);
  if (done !== null) {
    reload();
  }
}

async function resume(path, token) {
  const done = await formDialog(`Resume ${token.token_name}`, "Resume", () => post(path + "/resume"),
    [h("p", {}, "The token can be exchanged again, with the roles that it still has.")]);
  if (done !== null) {
    reload();
  }
}

async function destroy(path, token, person, back) {
  const done = await typedConfirmation(`Delete ${token.token_name}`, token.token_name, "Delete token",
    () => remove(path),
    h("p", {}, "Whatever uses this token stops working. This cannot be undone."),
    token.derived_tokens > 0 &&
      h("p", {}, `${token.derived_tokens} other token(s) that were created with it stay valid.`));
  if (done !== null) {
    location.hash = back;
  }
}

function actions(path, token, person, back) {
  const act = (text, action, danger = false) =>
    h("button", { type: "button", class: danger && "danger", click: () => action(path, token, person, back) }, text);
  return h("div", { class: "actions", role: "group", "aria-label": "Actions" },
    token.state === "Active" && token.secrets.length > 0 && act("Rotate", rotate),
    token.state === "Active" && act("Suspend", suspend),
    token.state === "Suspended" && act("Resume", resume),
    act("Delete", destroy, true));
}

const cause = (each) =>
  h("div", { class: each.blocks ? "box bad" : "box" },
    h("p", { dir: "auto" }, each.message),
    each.next.length > 0 && h("p", { class: "hint" }, "With the command line: ", h("code", {}, each.next.join(" · "))));

const removedRole = (role) =>
  h("li", {},
    h("strong", {}, said(role.role)), " was removed by ", said(role.removed_by), " ", when(role.removed_at), ".",
    role.also_removed_from.length > 0 &&
      [" Also from ", role.also_removed_from.map((name, i) => [i > 0 && ", ", said(name)]), "."]);

const EVENTS = {
  "token.created": "Created", "token.rotated": "Rotated", "token.suspended": "Suspended", "token.resumed": "Resumed",
  "token.revoked": "Revoked", "token.pruned": "A role was removed" };

const event = (each) =>
  h("li", {},
    h("span", {}, EVENTS[each.what] ?? each.what, h("span", { class: "quiet" }, " by ", said(each.by))), when(each.at));

const secret = (each) =>
  h("li", {}, "Created ", when(each.created_at), ", first used ", when(each.first_used_at), 
    each.valid_until && [", valid until ", when(each.valid_until)], each.revoked_at && [", revoked ", when(each.revoked_at)]);

export async function tokenView(person, base, name, back) {
  const path = `${base}/${segment(name)}`;
  const [token, history] = await Promise.all([get(path), get(path + "/history")]);
  return [
    h("p", { class: "back" }, h("a", { href: back }, "← Back to the list")),
    h("div", { class: "title" },
      h("h1", { tabindex: "-1" }, said(token.token_name)), badge(token.state), actions(path, token, person, back)),
    token.description && h("p", { class: "lead", dir: "auto" }, token.description),
    history.causes.map(cause),
    h("section", { class: "card", "aria-label": "Facts" },
      h("dl", {},
        fact("Roles", chips(token.roles)),
        fact("Expires", when(token.expires_at)),
        fact("Last used", when(token.last_used_at)),
        fact("Created", when(token.created_at), " by ", said(token.created_by)),
        token.renewable_until && fact("Renews itself until", when(token.renewable_until)),
        token.trust && fact("Trusts", said(`${token.trust.subject} of ${token.trust.issuer}`)),
        token.derived_tokens > 0 && fact("Tokens created with it", String(token.derived_tokens)),
        fact("Id", h("code", {}, token.id)))),
    history.removed_roles.length > 0 &&
      h("section", { class: "card" }, h("h2", {}, "Roles it lost"),
        h("p", { class: "hint" }, "A role that was removed does not come back, also if its owner gets it again."),
        h("ul", { class: "lines" }, history.removed_roles.map(removedRole))),
    token.secrets.length > 0 &&
      h("section", { class: "card" }, h("h2", {}, "Secrets"), h("ul", { class: "lines" }, token.secrets.map(secret))),
    h("section", { class: "card" }, h("h2", {}, "What happened"), h("ol", { class: "events" }, history.events.map(event))),
  ];
}
