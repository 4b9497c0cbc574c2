// Signing in: through a provider, or with an access token that stays in the memory of this page.

import { field, fill, h } from "./dom.js";
import { dialog, form } from "./dialog.js";
import { problemBox } from "./problem.js";
import { hasPat, leaveForProvider, providers, signInWithToken, validJwt } from "./session.js";

function tokenForm(done) {
  const token = h("input", {
    type: "password", required: true, autocomplete: "one-time-code", spellcheck: "false", pattern: "\\s*osmo_[0-9A-Za-z]{34}\\s*",
    title: "osmo_ and 34 letters and digits" });
  const send = async () => {
    const text = token.value.trim();
    await signInWithToken(text);
    token.value = "";
    await done();
  };
  return form({ class: "token-sign-in" }, h("button", {}, "Sign in with this token"), send,
    field("Access token", token,
      "The token stays in the memory of this page. If you close or reload the page, it is forgotten."));
}

function providerButtons(act) {
  const place = h("div", { class: "providers" });
  const show = (found) =>
    fill(place,
      found.map((provider) =>
        h("button", { type: "button", class: "primary wide", click: () => act(provider.name).catch(failed) },
          "Continue with " + provider.display_name)),
      found.length > 0 && h("p", { class: "or" }, h("span", {}, "or")));
  const failed = (problem) => fill(place, problemBox(problem));
  providers().then(show, failed);
  return place;
}

/** The whole page, for a person who is not signed in. `problem` says why. */
export function signInPage(done, problem = null) {
  return h("main", { class: "sign-in" },
    h("div", { class: "card" },
      h("img", { class: "logo", src: import.meta.resolve("./icon.svg"), alt: "" }),
      h("h1", { tabindex: "-1" }, h("span", { class: "mark" }, "osmo"), " access tokens"),
      h("p", { class: "lead" }, "See and manage your personal access tokens."),
      problem && problemBox(problem),
      providerButtons(leaveForProvider),
      tokenForm(done)));
}

/**
 * Over the page, when a sign-in ends: what was typed below stays. A person of a provider signs in in another tab,
 * because this one would have to leave the page.
 */
export async function signInAgainDialog() {
  const otherTabs = new BroadcastChannel("osmo");
  await dialog("Sign in again", (close) => {
    const continueHere = form({}, h("button", { class: "primary" }, "Continue"), async () => {
      await validJwt();
      close(true);
    },
      h("p", {}, "Open ", h("a", { href: "/", target: "_blank", rel: "noopener" }, "this page in another tab"),
        " and sign in there. Then continue here."));
    otherTabs.onmessage = ({ data }) => data === "signed-in" && continueHere.requestSubmit();
    return [
      h("p", {}, "Your sign-in has ended. What you typed is still here."),
      hasPat() ? tokenForm(async () => close(true)) : continueHere,
      h("p", { class: "hint" }, "To start anew without what you typed, reload the page."),
    ];
  }, { cancellable: false });
  otherTabs.close();
}
