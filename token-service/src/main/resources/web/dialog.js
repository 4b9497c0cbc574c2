// Modal dialogs and forms. The browser's dialog keeps the focus inside and gives it back.

import { announce, field, fill, h, newId, said } from "./dom.js";
import { problemBox } from "./problem.js";

/**
 * A form that is sent once at a time. A problem is shown in the form, and what was typed stays.
 *
 * @param send what the button does; the form is busy until it completes
 */
export function form(attributes, button, send, ...children) {
  const problem = h("div");
  let busy = false;
  const submit = async (event) => {
    event.preventDefault();
    if (busy) {
      return;
    }
    busy = true;
    fill(problem);
    element.setAttribute("aria-busy", "true");
    button.setAttribute("aria-disabled", "true");
    try {
      await send();
    } catch (fault) {
      fill(problem, problemBox(fault));
    } finally {
      busy = false;
      element.removeAttribute("aria-busy");
      button.removeAttribute("aria-disabled");
    }
  };
  const element = h("form", { ...attributes, submit, autocomplete: "off" }, ...children, problem, attributes.buttons ?? h("div", { class: "buttons" }, button));
  return element;
}

/**
 * Opens a dialog. `content` gets a function that closes it with a result. Escape closes it with null, and so does the
 * way to another view, such as Back. What is being sent completes first, because its answer can be a new secret.
 */
export function dialog(title, content, { cancellable = true } = {}) {
  return new Promise((resolve) => {
    const heading = h("h2", { id: newId("dialog") }, title);
    const close = (result) => {
      removeEventListener("hashchange", leave, true);
      element.close();
      element.remove();
      resolve(result);
    };
    const leave = ({ oldURL, newURL }) => {
      if (cancellable && oldURL !== newURL && element.querySelector("[aria-busy]") === null) {
        close(null);
      }
    };
    const element = h("dialog", {
      "aria-labelledby": heading.id,
      cancel: (event) => {
        event.preventDefault();
        if (cancellable) {
          close(null);
        }
      },
    }, heading, content(close));
    document.body.append(element);
    // As a capturing listener before the one that shows the view, which then can take the focus.
    addEventListener("hashchange", leave, true);
    element.showModal();
  });
}

const cancelButton = (close) => h("button", { type: "button", click: () => close(null) }, "Cancel");

/** A dialog with a form. Completes with what `send` returned, or null. */
export const formDialog = (title, action, send, children, { danger = false } = {}) =>
  dialog(title, (close) => {
    const button = h("button", { class: danger ? "danger" : "primary" }, action);
    return form(
      { buttons: h("div", { class: "buttons" }, cancelButton(close), button) },
      button,
      async () => close((await send()) ?? true),
      ...children);
  });

/** The same for what cannot be undone: the person types a word first. */
export function typedConfirmation(title, word, action, send, ...explanation) {
  const typed = h("input", { required: true, autocapitalize: "none", spellcheck: "false", autocomplete: "off", dir: "auto" });
  const check = () => typed.setCustomValidity(typed.value === word ? "" : "This is not the same text.");
  typed.addEventListener("input", check);
  check();
  const label = h("span", {}, "To confirm, type ", h("strong", {}, said(word)));
  return formDialog(title, action, send, [...explanation, field(label, typed)], { danger: true });
}

/** Shows the text of a token, once. It is in no other place of the page, and closing removes it. */
export function showSecret(title, text, ...notes) {
  const secret = h("code", { class: "secret", tabindex: "0", "aria-label": "Access token" }, text);
  const result = h("span", { class: "copied" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      result.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(secret);
      result.textContent = "Press Ctrl+C";
    }
    announce(result.textContent);
  };
  const shown = dialog(title, (close) => [
    h("p", {}, "Save it in a secret store now. It will not be shown again."),
    h("div", { class: "copy" }, secret, h("button", { type: "button", class: "primary", click: copy }, "Copy"), result),
    ...notes,
    h("div", { class: "buttons" }, h("button", { type: "button", click: () => close(true) }, "I have saved it")),
  ], { cancellable: false });
  return shown;
}
