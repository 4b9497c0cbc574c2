// The frame of the page, and which view an address shows. Addresses are fragments, so the server sees none of them.

import { get, onSignInNeeded } from "./api.js";
import { auditView } from "./audit.js";
import { createView } from "./create.js";
import { fill, h, said } from "./dom.js";
import { Problem, problemBox } from "./problem.js";
import { rolesView, roleView } from "./roles.js";
import { sessionsView } from "./sessions.js";
import { cameBack, completeSignIn, onChange, signOut, validJwt } from "./session.js";
import { signInAgainDialog, signInPage } from "./signin.js";
import { tokenView } from "./token.js";
import { tokensView } from "./tokens.js";
import { usersView, userView } from "./users.js";

const ADMINISTRATOR = "osmo-admin";
const OWN = "/api/auth/access_token";

/** Each view: the pattern of its address, its part of the navigation, and what it shows for the variable segments. */
const VIEWS = [
  [/^#\/new$/, "tokens", (person) => createView(person)],
  [/^#\/tokens\/([^/]+)$/, "tokens", (person, name) => tokenView(person, OWN, name, "#/tokens")],
  [/^#\/users$/, "users", () => usersView()],
  [/^#\/users\/([^/]+)$/, "users", (person, user) => userView(user)],
  [/^#\/users\/([^/]+)\/([^/]+)$/, "users", (person, user, name) =>
    tokenView(person, `/api/auth/user/${encodeURIComponent(user)}/access_token`, name, "#/users/" + encodeURIComponent(user))],
  [/^#\/roles$/, "roles", () => rolesView()],
  [/^#\/roles\/([^/]+)$/, "roles", (person, role) => roleView(role)],
  [/^#\/sessions$/, "sessions", (person) => sessionsView(person)],
  [/^#\/audit(?:\?(.*))?$/, "audit", (person, query) => auditView(query ?? "")],
  [/^/, "tokens", (person) => tokensView(OWN, person)],
];

const page = document.getElementById("page");
const main = h("main", { id: "main" });
let person = null;
let shown = 0;

/** Who is signed in. Roles decide only what is offered here: the service checks every request. */
async function readPerson() {
  const settings = await get("/api/profile/settings");
  return { id: settings.profile.username, roles: settings.roles, token: settings.token };
}

const link = (href, name, text) => h("a", { href, "data-part": name }, text);

function frame() {
  const skip = (event) => {
    event.preventDefault();
    main.querySelector("h1")?.focus();
  };
  return [
    h("a", { href: "#main", class: "skip", click: skip }, "Skip to the content"),
    h("header", {},
      h("a", { href: "#/tokens", class: "mark" }, "osmo"),
      h("nav", { "aria-label": "Parts of this page" },
        link("#/tokens", "tokens", "Tokens"),
        link("#/sessions", "sessions", "Sessions"),
        person.roles.includes(ADMINISTRATOR) && [
          link("#/users", "users", "Users"), link("#/roles", "roles", "Roles"), link("#/audit", "audit", "Audit")]),
      h("div", { class: "person" },
        h("span", { class: "name" }, said(person.id)),
        h("button", { type: "button", click: leave }, "Sign out"))),
    main,
  ];
}

async function leave() {
  try {
    await signOut();
  } catch (problem) {
    fill(main, h("h1", { tabindex: "-1" }, "Signing out"), problemBox(problem));
    return;
  }
  history.replaceState(null, "", "/");
  askToSignIn();
}

/** The view of the current address. A view that arrives late does not replace a newer one. */
async function show() {
  if (person === null) {
    return;
  }
  const mine = ++shown;
  const [pattern, part, view] = VIEWS.find(([pattern]) => pattern.test(location.hash));
  document.querySelectorAll("nav a").forEach((each) =>
    each.dataset.part === part ? each.setAttribute("aria-current", "page") : each.removeAttribute("aria-current"));
  main.setAttribute("aria-busy", "true");
  let content;
  try {
    const segments = pattern.exec(location.hash).slice(1).map((each) => each && decodeURIComponent(each));
    content = await view(person, ...segments);
  } catch (problem) {
    content = [h("h1", { tabindex: "-1" }, "Not shown"), problemBox(problem)];
  }
  if (mine === shown) {
    main.removeAttribute("aria-busy");
    fill(main, content);
    const heading = main.querySelector("h1");
    document.title = heading.textContent + " · osmo";
    heading.focus();
    scrollTo(0, 0);
  }
}

function askToSignIn(problem = null) {
  person = null;
  shown++;
  document.title = "Sign in · osmo";
  fill(page, signInPage(start, problem));
  page.querySelector("h1").focus();
}

async function start() {
  person = await readPerson();
  fill(page, frame());
  await show();
}

/**
 * Sends no request of its own with the JWT: that one would wait for this sign-in, and the sign-in for it. If another
 * person signs in, the session reloads the page, so nobody completes what another one began.
 */
onSignInNeeded(async () => {
  if (person === null) {
    throw new Problem(401, "You are not signed in", "Sign in.");
  }
  await signInAgainDialog();
});

onChange((what) => {
  if (what === "signed-out") {
    askToSignIn();
  }
});

addEventListener("hashchange", show);

async function begin() {
  try {
    if (cameBack()) {
      const view = await completeSignIn();
      history.replaceState(null, "", "/" + view);
    } else {
      await validJwt();
    }
    await start();
  } catch (problem) {
    const nobody = problem.status === 401 && !cameBack();
    askToSignIn(nobody ? null : problem);
  }
}

begin();
