// A new token.

import { get, post, query, segment } from "./api.js";
import { field, h, option, said } from "./dom.js";
import { form, showSecret } from "./dialog.js";
import { days, instant } from "./time.js";

const LIFETIMES = [7, 30, 90, 180, 365];

/**
 * How long a token is valid: a number of days, or a date. A token cannot outlive the one that its creator signed in
 * with, which is `login`.
 */
export function expiryField(policy, login, label, unchanged = null) {
  const end = login && instant(login.expires_at);
  const longest = Math.min(days(policy.maximum_lifetime), end ? Math.floor((end - Date.now()) / 86400_000 - 0.01) : Infinity);
  const usual = days(policy.default_lifetime);
  const choices = [...LIFETIMES, usual, days(policy.maximum_lifetime)].filter((each) => each <= longest);
  const numbers = [...new Set(choices)].sort((a, b) => a - b);
  const date = h("input", { type: "date" });
  const dateField = h("div", { hidden: true }, field("Last day", date));
  const choice = h("select", { change: () => {
    dateField.hidden = choice.value !== "date";
    date.required = choice.value === "date";
  } },
    unchanged && option("", unchanged, true),
    numbers.map((each) => option(each + "d", `${each} ${each === 1 ? "day" : "days"}`, !unchanged && each === usual)),
    end && option("login", `As long as ${login.name}`, !unchanged && usual > longest),
    option("date", "Another day …"));
  const parameters = {
    date: () => ({ expires_at: date.value }),
    login: () => ({ expires_at: end.toISOString().replace(/\.\d+/, "") }),
  };
  return {
    element: [field(label, choice), dateField],
    parameters: () => (parameters[choice.value] ?? (() => ({ expires_in: choice.value })))(),
  };
}

/** The same request again has the same key, so a response that was lost does not create a second token. */
function idempotencyKey() {
  let last = null;
  let key = "";
  return (request) => {
    if (request !== last) {
      last = request;
      key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    }
    return key;
  };
}

const roleBox = (role) =>
  h("label", { class: "check" }, h("input", { type: "checkbox", name: "role", value: role, checked: true }), said(role));

export async function createView(person) {
  const policy = await get("/api/configs/policy");
  const name = h("input", { required: true, maxlength: "64", autocapitalize: "none", spellcheck: "false", dir: "auto" });
  const description = h("input", { maxlength: "512", dir: "auto" });
  const expiry = expiryField(policy, person.token, "Valid for");
  const boxes = person.roles.map(roleBox);
  const chosen = () =>
    boxes.map((box) => box.firstChild).filter((box) => box.checked).map((box) => box.value);
  const everyRole = () => chosen().length === boxes.length;
  const key = idempotencyKey();
  const create = async () => {
    const path = query("/api/auth/access_token/" + segment(name.value.trim()), {
      ...expiry.parameters(), description: description.value.trim(), roles: everyRole() ? [] : chosen() });
    const text = await post(path, { headers: { "Idempotency-Key": key(path) } });
    await showSecret("Token created", text);
    location.hash = "#/tokens/" + encodeURIComponent(name.value.trim());
  };
  const first = boxes[0]?.firstChild;
  const check = () => first?.setCustomValidity(chosen().length === 0 ? "Choose at least one role." : "");
  const roles = h("fieldset", { change: check },
    h("legend", {}, "Roles"),
    h("p", { class: "hint" }, "The token keeps the roles of today. You cannot add roles later. A role that you lose, the token loses, too."),
    boxes);
  return [
    h("p", { class: "back" }, h("a", { href: "#/tokens" }, "← Access tokens")),
    h("h1", { tabindex: "-1" }, "New token"),
    form({ class: "card" }, h("button", { class: "primary" }, "Create token"), create,
      field("Name", name, "For example the program that will use it: nightly-build."),
      field("Description", description, "Optional."),
      expiry.element, roles),
  ];
}
