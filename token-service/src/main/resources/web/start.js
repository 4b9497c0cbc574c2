// Starts the version of the page that the document names. While the servers are updated, some have the files of one
// version only, and others those of another one. So if a file is missing, this loads the page anew after a pause. Browsers
// keep the files that they have got, so all of them are soon there. Every version has this file at this address: it knows
// of the document only the link to the style and the link to the module.

const MOST = 8;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8_000;

// The state of the history survives a reload, and needs no permission to store anything.
const attempts = history.state?.attempts ?? 0;

function again() {
  if (attempts < MOST) {
    history.replaceState({ attempts: attempts + 1 }, "");
    setTimeout(() => location.reload(), Math.min(FIRST_PAUSE * 2 ** attempts, LONGEST_PAUSE));
  } else {
    history.replaceState(null, "");
    document.querySelector(".starting").textContent =
      "The page cannot be loaded. If the server is being updated, reload the page in a minute.";
  }
}

/** Throws if there is none. A style that could not be loaded is an empty one in some browsers. */
const rules = () => document.querySelector("link[rel=stylesheet]").sheet.cssRules.length;

async function start() {
  if (rules() === 0) {
    throw new Error("no style");
  }
  await import(document.querySelector("link[rel=modulepreload]").href);
  history.replaceState(null, "");
}

start().catch(again);
