// Builds elements. Text of the server becomes text nodes and attributes only: no module parses HTML, and the policy of
// the page (trusted types) forbids it.

const present = (children) => children.flat(9).filter((child) => ![null, undefined, false].includes(child));

/**
 * An element. An attribute that is a function listens to the event of its name; true and false set and omit an
 * attribute. A child is an element, a text or a list of both; null and false are omitted.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...present(children));
  return element;
}

/** Replaces the content of an element. */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
  return element;
}

/** Text that a person wrote: its direction does not change that of its surroundings. */
export const said = (text) => h("bdi", { dir: "auto" }, text);

/** Reads a text to people who use a screen reader. */
export function announce(text) {
  const status = document.getElementById("status");
  status.textContent = "";
  setTimeout(() => (status.textContent = text), 50);
}

let ids = 0;

/** An id that no other element has. */
export const newId = (prefix) => `${prefix}-${++ids}`;

/** A field with its label, and a hint that a screen reader reads with it. */
export function field(label, control, hint = "") {
  control.id = control.id || newId("field");
  const explanation = hint && h("p", { id: control.id + "-hint", class: "hint" }, hint);
  if (explanation) {
    control.setAttribute("aria-describedby", explanation.id);
  }
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control, explanation);
}

export const option = (value, text, selected = false) => h("option", { value, selected }, text);

/** The state of a token or a user: a word in a shape, never a color alone. */
export const badge = (text) => h("span", { class: "badge " + text.toLowerCase().replaceAll(" ", "-") }, text);

export const chips = (roles) =>
  roles.length === 0
    ? h("span", { class: "quiet" }, "none")
    : h("ul", { class: "chips" }, roles.map((role) => h("li", {}, said(role))));

/** A table that becomes a list of cards on a narrow screen. The first cell of a row is its header. */
export function table(caption, columns, rows) {
  return h("table", {},
    h("caption", { class: "unseen" }, caption),
    h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col" }, column)))),
    h("tbody", {}, rows));
}

export const row = (columns, ...cells) =>
  h("tr", {}, cells.map((cell, i) =>
    i === 0
      ? h("th", { scope: "row" }, cell)
      : h("td", {}, h("span", { class: "column", "aria-hidden": "true" }, columns[i]), h("div", {}, cell))));
