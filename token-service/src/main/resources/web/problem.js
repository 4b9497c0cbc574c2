// A refused request, with the words of the server for the person.

import { h } from "./dom.js";

export class Problem extends Error {
  /**
   * @param status 0 if there was no response
   * @param title what happened
   * @param detail why, and what to do next
   * @param help the address of an explanation on this server; empty if there is none
   */
  constructor(status, title, detail, requestId = "", help = "") {
    super(detail);
    Object.assign(this, { status, title, detail, requestId, help });
  }

  /** Reads a problem document (RFC 9457), or an error of OAuth (RFC 6749). A denial says more than its detail. */
  static async of(response) {
    const body = await response.json().catch(() => ({}));
    const requestId = body.request_id ?? response.headers.get("X-Request-Id") ?? "";
    const detail = body.denial?.message ?? body.detail ?? body.error_description ?? `The server answered with status ${response.status}.`;
    const help = /<(\/ui\/problems#[a-z-]+)>; rel="help"/.exec(response.headers.get("Link") ?? "")?.[1] ?? "";
    return new Problem(response.status, body.title ?? "The request was refused", detail, requestId, help);
  }

  static unreachable() {
    return new Problem(0, "The server does not respond",
      "Check the connection, then try again. If you were changing something, look first whether it has happened.");
  }
}

/** Shows a problem to the person. A screen reader reads it at once. */
export function problemBox(problem) {
  if (!(problem instanceof Problem)) {
    console.error(problem);
    problem = new Problem(0, "This page has a fault", "Reload the page.");
  }
  return h("div", { class: "box bad", role: "alert" },
    h("strong", {}, problem.title),
    h("p", { dir: "auto" }, problem.detail),
    problem.help && h("p", { class: "hint" },
      h("a", { href: problem.help, target: "_blank", rel: "noopener" }, "What to do about it")),
    problem.requestId && h("p", { class: "hint" }, "Request " + problem.requestId));
}
