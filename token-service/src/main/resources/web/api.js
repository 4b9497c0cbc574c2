// Requests to the REST API with the JWT of the person. The service decides what is allowed; this page only asks.

import { Problem } from "./problem.js";
import { forgetJwt, validJwt } from "./session.js";

let asking = null;
let signInAgain = () => Promise.reject(new Problem(401, "You are not signed in", "Sign in."));

/**
 * What to do when the sign-in has ended: asks the person, and completes when they are signed in again. It must not send
 * a request of this module, which would wait for it.
 */
export function onSignInNeeded(handler) {
  signInAgain = handler;
}

async function jwt() {
  for (;;) {
    try {
      return await validJwt();
    } catch (problem) {
      if (![400, 401].includes(problem.status)) {
        throw problem;
      }
      asking ??= signInAgain().finally(() => (asking = null));
      await asking;
    }
  }
}

/** A segment of a path. */
export const segment = encodeURIComponent;

/** The path with these parameters. Lists repeat a parameter; empty values are omitted. */
export function query(path, parameters) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    [value].flat().filter((one) => one !== "").forEach((one) => search.append(name, one));
  }
  return search.size === 0 ? path : `${path}?${search}`;
}

/** Without cookies: the JWT is the only credential, so no other site can cause a request with authority. */
async function once(method, path, { body, headers } = {}) {
  const request = {
    method, cache: "no-store", credentials: "omit", redirect: "error",
    headers: { Authorization: "Bearer " + (await jwt()), ...headers } };
  if (body !== undefined) {
    request.headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  try {
    return await fetch(path, request);
  } catch {
    throw Problem.unreachable();
  }
}

/** A refused JWT is renewed once: a server may have been restarted, or the person may have been signed out. */
async function send(method, path, options) {
  let response = await once(method, path, options);
  if (response.status === 401) {
    forgetJwt();
    response = await once(method, path, options);
  }
  if (!response.ok) {
    throw await Problem.of(response);
  }
  return response;
}

export const get = async (path) => (await send("GET", path)).json();
export const post = async (path, options) => (await send("POST", path, options)).json();
export const remove = async (path) => (await send("DELETE", path)).json();

/** One page of a list, and the address of the next one (RFC 8288). The list of users has an envelope. */
export async function page(path) {
  const response = await send("GET", path);
  const next = /<([^>]*)>; rel="next"/.exec(response.headers.get("Link") ?? "")?.[1] ?? null;
  const body = await response.json();
  return { items: Array.isArray(body) ? body : body.users, next };
}
