// The sessions of the person: each sign-in through a provider, here and with the command line.

import { get, remove, segment } from "./api.js";
import { badge, h, row, said, table } from "./dom.js";
import { formDialog } from "./dialog.js";
import { instant, relative, when } from "./time.js";

const COLUMNS = ["Signed in", "Provider", "Last renewed", "Ends", "Change"];

const reload = () => dispatchEvent(new HashChangeEvent("hashchange"));

async function end(path) {
  const done = await formDialog("Sign out this session", "Sign out", () => remove(path),
    [h("p", {}, "The program or browser of this session has to sign in again. Access tokens stay valid.")]);
  if (done !== null) {
    reload();
  }
}

const sessionRow = (session, path) =>
  row(COLUMNS,
    when(session.created_at),
    [said(session.provider), h("p", { class: "description", dir: "auto" }, "as client " + session.client_id)],
    when(session.verified_at), when(session.expires_at),
    session.current
      ? badge("This one")
      : h("button", { type: "button", class: "danger small", "aria-label": `Sign out the session of ${relative(instant(session.created_at))}`,
        click: () => end(`${path}/${segment(session.id)}`) }, "Sign out …"));

/** The sessions of a user; `empty` says that there is none. */
export async function sessionList(user, empty) {
  const path = `/api/auth/user/${segment(user)}/session`;
  const sessions = await get(path);
  return sessions.length > 0
    ? table("Sessions, the one that was renewed last first", COLUMNS, sessions.map((each) => sessionRow(each, path)))
    : h("p", { class: "empty" }, empty);
}

export const sessionsView = async (person) => [
  h("div", { class: "title" }, h("h1", { tabindex: "-1" }, "Sessions")),
  h("p", { class: "lead" }, "Where you are signed in through an identity provider. Access tokens are not in this list."),
  await sessionList(person.id, "You have no sessions."),
];
