// The list of somebody's tokens.

import { page, query } from "./api.js";
import { announce, badge, chips, fill, h, option, row, said, table } from "./dom.js";
import { problemBox } from "./problem.js";
import { when } from "./time.js";

const COLUMNS = ["Name", "State", "Roles", "Last used", "Expires"];
const STATES = {
  active: "Active", expired: "Expired", suspended: "Suspended", revoked: "Revoked", no_roles: "No roles",
  must_sign_in: "Sign in again" };
const PAGE = 50;

const tokenRow = (token, base) =>
  row(COLUMNS,
    [
      h("a", { href: `${base}/${encodeURIComponent(token.token_name)}` }, said(token.token_name)),
      token.description && h("p", { class: "description", dir: "auto" }, token.description),
    ],
    badge(token.state), chips(token.roles), when(token.last_used_at), when(token.expires_at));

/** The person goes on reading where the list has grown. */
function focusFirst(rows) {
  const target = rows[0]?.querySelector("a") ?? rows[0]?.cells[0];
  target?.matches("a") || target?.setAttribute("tabindex", "-1");
  target?.focus();
}

/** A list that grows by a page at a time. `makeRow` shows an item, `empty` the absence of items. */
export async function growingList(path, caption, columns, makeRow, empty) {
  const first = await page(path);
  if (first.items.length === 0) {
    return empty;
  }
  const body = table(caption, columns, first.items.map(makeRow));
  const place = h("div", { class: "more" });
  const offer = (next) => {
    const more = async () => {
      button.setAttribute("aria-disabled", "true");
      try {
        const { items, next: further } = await page(next);
        const rows = items.map(makeRow);
        body.tBodies[0].append(...rows);
        focusFirst(rows);
        announce(`${body.tBodies[0].rows.length} shown`);
        offer(further);
      } catch (problem) {
        fill(place, problemBox(problem), button);
        button.removeAttribute("aria-disabled");
      }
    };
    const count = h("span", { class: "quiet" }, `${body.tBodies[0].rows.length} shown`);
    const button = h("button", { type: "button", click: more }, "Show more");
    fill(place, count, next && button);
  };
  offer(first.next);
  return [body, place];
}

/** The list below its filter. */
export function tokenList(path, base, empty) {
  const place = h("div");
  const state = h("select", { change: () => load() }, option("", "All states"), Object.entries(STATES).map(([value, text]) => option(value, text)));
  const load = async () => {
    const address = query(path, { limit: PAGE, state: state.value });
    const none = state.value ? h("p", { class: "empty" }, "No token has this state.") : empty;
    try {
      fill(place, await growingList(address, "Access tokens", COLUMNS, (token) => tokenRow(token, base), none));
    } catch (problem) {
      fill(place, problemBox(problem));
    }
  };
  const filter = h("label", { class: "filter" }, h("span", { class: "unseen" }, "State"), state);
  return load().then(() => ({ filter, place }));
}

export async function tokensView(path, person) {
  const none = h("div", { class: "empty" },
    h("p", {}, "You have no access tokens."),
    h("p", {}, h("a", { href: "#/new", class: "button primary" }, "Create the first one")));
  const { filter, place } = await tokenList(path, "#/tokens", none);
  return [
    h("div", { class: "title" },
      h("h1", { tabindex: "-1" }, "Access tokens"), filter,
      h("a", { href: "#/new", class: "button primary" }, "New token")),
    person.token && h("p", { class: "quiet" }, "You signed in with the token ", h("strong", {}, said(person.token.name)),
      ", so you can do what this token may do."),
    place,
  ];
}
