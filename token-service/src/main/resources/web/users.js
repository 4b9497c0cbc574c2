// For administrators: users, their roles, and what the removal of a role would do.

import { get, post, query, remove, segment } from "./api.js";
import { badge, fill, field, h, option, row, said, table } from "./dom.js";
import { form, formDialog, typedConfirmation } from "./dialog.js";
import { problemBox } from "./problem.js";
import { sessionList } from "./sessions.js";
import { growingList, tokenList } from "./tokens.js";
import { when } from "./time.js";

const COLUMNS = ["User", "State", "Created", "Created by"];
const PAGE = 50;

const state = (user) => badge(user.disabled_at ? "Disabled" : "Active");

const userRow = (user) =>
  row(COLUMNS,
    h("a", { href: "#/users/" + encodeURIComponent(user.id) }, said(user.id)),
    state(user), when(user.created_at), said(user.created_by));

const users = (path) => growingList(path, "Users", COLUMNS, userRow, h("p", { class: "empty" }, "No user matches."));

export async function usersView() {
  const prefix = h("input", { type: "search", maxlength: "254", dir: "auto" });
  const place = h("div", {}, await users(query("/api/auth/user", { count: PAGE })));
  const search = form({ class: "search", role: "search" }, h("button", {}, "Search"), async () => {
    fill(place, await users(query("/api/auth/user", { count: PAGE, id_prefix: prefix.value.trim() })));
  }, field("User id begins with", prefix));
  return [h("div", { class: "title" }, h("h1", { tabindex: "-1" }, "Users")), search, place];
}

const reload = () => dispatchEvent(new HashChangeEvent("hashchange"));

const shrunk = (token) =>
  h("li", {}, h("strong", {}, said(token.token_name)),
    token.roles.length > 0 ? [" keeps ", said(token.roles.join(", "))] : " keeps no role, and will be refused");

/** The effect is shown first, and the removal is confirmed by typing the role. */
async function removeRole(user, role) {
  const path = `/api/auth/user/${segment(user.id)}/roles/${segment(role)}`;
  const preview = await get(path + "/removal");
  const tokens = [...preview.shrinking, ...preview.emptied];
  const done = await typedConfirmation(`Remove ${role}`, role, "Remove role", () => remove(path),
    h("p", {}, "No JWT that is issued from now on contains the role. ", said(user.id), " and these tokens lose it permanently:"),
    tokens.length > 0 ? h("ul", { class: "lines" }, tokens.map(shrunk)) : h("p", { class: "quiet" }, "No token has this role."));
  if (done !== null) {
    reload();
  }
}

async function grantRole(user) {
  const held = new Set(user.roles.map((each) => each.role_name));
  const others = (await get("/api/configs/role?limit=500")).map((each) => each.name).filter((name) => !held.has(name));
  const role = h("select", { required: true }, others.map((name) => option(name, name)));
  const done = await formDialog(`Grant a role to ${user.id}`, "Grant role",
    () => post(`/api/auth/user/${segment(user.id)}/roles`, { body: { role_name: role.value } }),
    [field("Role", role, "Tokens that exist do not get the role.")]);
  if (done !== null) {
    reload();
  }
}

const ROLE_COLUMNS = ["Role", "Granted", "By", "Change"];

export async function userView(id) {
  const user = await get("/api/auth/user/" + segment(id));
  const base = "#/users/" + encodeURIComponent(id);
  const { filter, place } = await tokenList(
    `/api/auth/user/${segment(id)}/access_token`, base, h("p", { class: "empty" }, "This user has no access tokens."));
  const sessions = await sessionList(id, "This user has no sessions.");
  const problem = h("div");
  const guarded = (action) => () => action().catch((fault) => fill(problem, problemBox(fault)));
  const roleRow = (each) =>
    row(ROLE_COLUMNS,
      h("a", { href: "#/roles/" + encodeURIComponent(each.role_name) }, said(each.role_name)),
      when(each.assigned_at), said(each.assigned_by),
      h("button", { type: "button", class: "danger small", "aria-label": `Remove ${each.role_name}`,
        click: guarded(() => removeRole(user, each.role_name)) }, "Remove …"));
  return [
    h("p", { class: "back" }, h("a", { href: "#/users" }, "← Users")),
    h("div", { class: "title" }, h("h1", { tabindex: "-1" }, said(user.id)), state(user)),
    h("p", { class: "quiet" }, "Created ", when(user.created_at), " by ", said(user.created_by), ". ",
      h("a", { href: "#/audit?user_id=" + encodeURIComponent(id) }, "Show the audit trail")),
    problem,
    h("section", {},
      h("div", { class: "title" }, h("h2", {}, "Roles"),
        h("button", { type: "button", click: guarded(() => grantRole(user)) }, "Grant a role")),
      user.roles.length > 0
        ? table("Roles", ROLE_COLUMNS, user.roles.map(roleRow))
        : h("p", { class: "empty" }, "This user has no roles.")),
    h("section", {}, h("div", { class: "title" }, h("h2", {}, "Access tokens"), filter), place),
    h("section", {}, h("h2", {}, "Sessions"), sessions),
  ];
}
