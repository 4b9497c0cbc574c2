// Who is signed in. The credentials are in the memory of this module only: an access token that was pasted, and the
// JWT. A session of a provider continues with a cookie that no script can read (see decision 0024).

import { Problem } from "./problem.js";

const PENDING = "osmo.sign-in";
const EARLY = 20_000;
const channel = new BroadcastChannel("osmo");

let pat = null;
let jwt = null;
let subject = null;
let renewing = null;
let listener = () => {};

/** Another tab signed in or out. */
export function onChange(handler) {
  listener = handler;
}

channel.onmessage = ({ data }) => {
  if (pat === null) {
    jwt = null;
    subject = data === "signed-out" ? null : subject;
    listener(data);
  }
};

/** Sends a request to our own origin. */
async function send(path, options) {
  try {
    return await fetch(path, { cache: "no-store", redirect: "error", ...options });
  } catch {
    throw Problem.unreachable();
  }
}

/** With the cookie. The header and the browser's Origin show the exchange that this page sends the request. */
async function webSession(method, form) {
  const response = await send("/oauth2/web_session", {
    method,
    credentials: "same-origin",
    headers: { "X-Osmo-Web": "1" },
    body: form && new URLSearchParams(form),
  });
  if (!response.ok) {
    throw await Problem.of(response);
  }
  return response.status === 204 ? null : response.json();
}

/**
 * The clock of this machine may be wrong, so only the difference of the two claims counts. The cookie may be that of
 * another person who signed in in another tab: then nothing that was begun here is sent, and the page starts anew.
 */
function keep(text) {
  const claims = JSON.parse(atob(text.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")));
  if (subject !== null && subject !== claims.sub) {
    location.reload();
    return new Promise(() => {});
  }
  subject = claims.sub;
  jwt = { text, until: performance.now() + (claims.exp - claims.iat) * 1000 - EARLY };
  return text;
}

async function exchange() {
  const response = await send("/api/auth/jwt/access_token", {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token: pat }),
  });
  if (!response.ok) {
    throw await Problem.of(response);
  }
  return keep((await response.json()).token);
}

const nobody = () => new Problem(401, "You are not signed in", "Sign in.");

async function continueSession() {
  const session = await webSession("POST", { grant_type: "refresh_token" });
  if (session === null) {
    throw nobody();
  }
  return keep(session.access_token);
}

/** One tab after the other: a provider may accept each refresh token once. */
const refresh = () =>
  navigator.locks ? navigator.locks.request("osmo.refresh", continueSession) : continueSession();

/** A JWT that is valid for the next request. Concurrent callers share one renewal. */
export function validJwt() {
  if (jwt !== null && performance.now() < jwt.until) {
    return Promise.resolve(jwt.text);
  }
  renewing ??= (pat === null ? refresh() : exchange()).finally(() => (renewing = null));
  return renewing;
}

export function forgetJwt() {
  jwt = null;
}

/** Whether the person signed in with an access token. */
export const hasPat = () => pat !== null;

export async function signInWithToken(text) {
  const before = pat;
  pat = text;
  try {
    await exchange();
  } catch (problem) {
    pat = before;
    throw problem;
  }
}

const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** The providers that the exchange knows, and the address of each. */
export async function providers() {
  const response = await send("/api/auth/login", { credentials: "omit" });
  if (!response.ok) {
    throw await Problem.of(response);
  }
  return (await response.json()).providers;
}

const redirectUri = () => location.origin + "/ui/signed-in";

/** Goes to the provider. This tab keeps the state and the verifier until it comes back (RFC 7636). */
export async function leaveForProvider(name) {
  const response = await send("/api/auth/login?provider=" + encodeURIComponent(name), { credentials: "omit" });
  if (!response.ok) {
    throw await Problem.of(response);
  }
  const login = await response.json();
  const endpoint = new URL(login.browser_endpoint);
  if (!["https:", "http:"].includes(endpoint.protocol)) {
    throw new Problem(0, "Cannot sign in", "The provider's address is not a web address.");
  }
  // During an upgrade, the previous exchange names one client for all browsers.
  const pending = {
    clientId: login.web_client_id ?? login.browser_client_id, issuer: login.issuer,
    namesIssuer: login.authorization_response_iss_parameter_supported,
    state: random(), nonce: random(), verifier: random(), view: location.hash };
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(pending.verifier));
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const query = {
    response_type: "code", client_id: pending.clientId, redirect_uri: redirectUri(), scope: login.scope,
    state: pending.state, nonce: pending.nonce,
    code_challenge: base64url(new Uint8Array(digest)), code_challenge_method: "S256" };
  Object.entries(query).forEach(([key, value]) => endpoint.searchParams.set(key, value));
  location.assign(endpoint);
}

/** Whether the provider has just sent the person back. */
export const cameBack = () => location.pathname === "/ui/signed-in";

/** Completes the sign-in. The code leaves the address bar and the history first. Returns the view to show. */
export async function completeSignIn() {
  const answer = new URLSearchParams(location.search);
  history.replaceState(null, "", "/");
  const pending = JSON.parse(sessionStorage.getItem(PENDING));
  sessionStorage.removeItem(PENDING);
  if (pending === null || answer.get("state") !== pending.state) {
    throw new Problem(0, "The sign-in did not begin here", "Sign in again.");
  }
  // A provider that always names itself is not the sender of a response without the name (RFC 9207, section 2.4).
  if ((answer.has("iss") || pending.namesIssuer) && answer.get("iss") !== pending.issuer) {
    throw new Problem(0, "The sign-in did not begin here", "The response is of another provider. Sign in again.");
  }
  if (answer.has("error")) {
    throw new Problem(0, "The provider refused the sign-in", answer.get("error_description") ?? answer.get("error"));
  }
  const signedIn = await webSession("POST", {
    grant_type: "authorization_code", client_id: pending.clientId, code: answer.get("code") ?? "", redirect_uri: redirectUri(),
    code_verifier: pending.verifier, nonce: pending.nonce });
  keep(signedIn.access_token);
  channel.postMessage("signed-in");
  return pending.view;
}

/** Forgets everything here. A session of a provider ends for all tabs, and for copies of its cookie. */
export async function signOut() {
  const session = pat === null;
  await renewing?.catch(() => {});
  pat = null;
  jwt = null;
  subject = null;
  if (session) {
    await webSession("DELETE");
    channel.postMessage("signed-out");
  }
}
