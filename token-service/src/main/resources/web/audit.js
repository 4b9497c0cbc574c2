// For administrators: who changed what. The search is a part of the address, so it can be kept and shared.

import { query } from "./api.js";
import { field, h, row, said } from "./dom.js";
import { form } from "./dialog.js";
import { growingList } from "./tokens.js";
import { localInput, when } from "./time.js";

const COLUMNS = ["Action", "By", "User", "Details"];
const TEXTS = { user_id: "User", actor: "By", action: "Action", pat_id: "Token id" };
const TIMES = { after: "From", before: "Until" };
const PAGE = 50;

const details = (entry) => {
  const facts = Object.entries(entry.details ?? {}).map(([name, value]) =>
    `${name}: ${Array.isArray(value) ? value.join(", ") : typeof value === "object" ? JSON.stringify(value) : value}`);
  const more = [entry.pat_id && "token: " + entry.pat_id, entry.via_pat_id && "with token: " + entry.via_pat_id,
    entry.via_session_id && "in session: " + entry.via_session_id, entry.request_id && "request: " + entry.request_id];
  return h("ul", { class: "facts" }, [...facts, ...more.filter(Boolean)].map((text) => h("li", {}, said(text))));
};

const entryRow = (entry) =>
  row(COLUMNS, [h("code", {}, entry.action), when(entry.at)], said(entry.actor),
    entry.user_id ? said(entry.user_id) : "–", details(entry));

export async function auditView(search) {
  const asked = new URLSearchParams(search);
  const texts = Object.entries(TEXTS).map(([name, label]) => {
    const input = h("input", { name, dir: "auto", autocapitalize: "none", spellcheck: "false" });
    input.value = asked.get(name) ?? "";
    return { name, value: () => input.value.trim(), element: field(label, input) };
  });
  const times = Object.entries(TIMES).map(([name, label]) => {
    const input = h("input", { name, type: "datetime-local", step: "1", max: "9999-12-31T23:59:59" });
    input.value = localInput(asked.get(name));
    return { name, value: () => input.value && new Date(input.value).toISOString(), element: field(label, input) };
  });
  const inputs = [...texts, ...times];
  const show = async () => {
    const address = query("#/audit", Object.fromEntries(inputs.map(({ name, value }) => [name, value()])));
    if (location.hash === address) {
      dispatchEvent(new HashChangeEvent("hashchange"));
    }
    location.hash = address;
  };
  const parameters = Object.fromEntries(inputs.map(({ name }) => [name, asked.get(name) ?? ""]));
  const list = await growingList(query("/api/auth/audit", { ...parameters, limit: PAGE }), "Audit events, newest first",
    COLUMNS, entryRow, h("p", { class: "empty" }, "No event matches."));
  return [
    h("div", { class: "title" }, h("h1", { tabindex: "-1" }, "Audit")),
    form({ class: "search", role: "search" }, h("button", {}, "Search"), show, inputs.map(({ element }) => element)),
    list,
  ];
}
