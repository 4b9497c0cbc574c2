// For administrators: the roles and who has them.

import { get, query, segment } from "./api.js";
import { chips, h, row, said } from "./dom.js";
import { growingList } from "./tokens.js";
import { when } from "./time.js";

const COLUMNS = ["Role", "Description", "At sign-in"];
const HOLDERS = ["User", "Granted", "By"];
const PAGE = 50;

/** What a sign-in through a provider does with the role. */
const SYNC = {
  import: "Groups of the provider give the role.",
  force: "Groups of the provider give and take the role.",
  ignore: "Does not change.",
};

const roleRow = (role) =>
  row(COLUMNS,
    h("a", { href: "#/roles/" + encodeURIComponent(role.name) }, said(role.name)),
    h("span", { dir: "auto" }, role.description || "–"),
    role.external_roles.length > 0 ? SYNC[role.sync_mode] ?? role.sync_mode : SYNC.ignore);

export async function rolesView() {
  const list = await growingList(query("/api/configs/role", { limit: PAGE }), "Roles", COLUMNS, roleRow,
    h("p", { class: "empty" }, "There are no roles."));
  return [h("div", { class: "title" }, h("h1", { tabindex: "-1" }, "Roles")), list];
}

const holderRow = (holder) =>
  row(HOLDERS, h("a", { href: "#/users/" + encodeURIComponent(holder.user_id) }, said(holder.user_id)),
    when(holder.assigned_at), said(holder.assigned_by));

export async function roleView(name) {
  const role = await get("/api/configs/role/" + segment(name));
  const users = await growingList(query(`/api/auth/roles/${segment(name)}/users`, { limit: PAGE }), "Users with this role",
    HOLDERS, holderRow, h("p", { class: "empty" }, "Nobody has this role."));
  return [
    h("p", { class: "back" }, h("a", { href: "#/roles" }, "← Roles")),
    h("div", { class: "title" }, h("h1", { tabindex: "-1" }, said(role.name))),
    role.description && h("p", { class: "lead", dir: "auto" }, role.description),
    role.external_roles.length > 0 && h("section", { class: "card" }, h("h2", {}, "Groups of the provider"), chips(role.external_roles)),
    h("section", {}, h("h2", {}, "Users"), users),
  ];
}
