// Times are shown twice: relative to now, and as date and time in the time zone of the browser.

import { h } from "./dom.js";

const DAY = 86400;
const UNITS = [["year", 365 * DAY, 730 * DAY], ["month", 30 * DAY, 120 * DAY], ["day", DAY, DAY], ["hour", 3600, 3600], ["minute", 60, 60]];
const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const ABSOLUTE = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });

/** Expiration times have no time zone, as OSMO writes them: they are UTC. */
export const instant = (text) => new Date(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : text + "Z");

/** The value of a field for date and time, in the time zone of the browser; empty for no time, and for another text. */
export function localInput(text) {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? "" : new Date(date - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

export function relative(date, now = Date.now()) {
  const seconds = (date - now) / 1000;
  const [unit, length] = UNITS.find(([, , from]) => Math.abs(seconds) >= from) ?? [null, 1];
  return unit ? RELATIVE.format(Math.round(seconds / length), unit) : seconds < 0 ? "just now" : "in less than a minute";
}

/** An element with both forms; a text for no time at all. */
export function when(text, never = "never") {
  if (!text) {
    return h("span", { class: "quiet" }, never);
  }
  const date = instant(text);
  return h("time", { datetime: date.toISOString(), class: "when" },
    h("span", {}, relative(date)), " ", h("span", { class: "absolute" }, ABSOLUTE.format(date)));
}

/** The days of an ISO 8601 duration: P365D. */
export const days = (iso) => Number(/^P(\d+)D$/.exec(iso)?.[1] ?? 365);

/** An ISO 8601 duration in hours and minutes, for people: PT24H. */
export function duration(iso) {
  const [, hours, minutes] = /^PT(?:(\d+)H)?(?:(\d+)M)?/.exec(iso) ?? [];
  const parts = [[hours, "hour"], [minutes, "minute"]].filter(([number]) => Number(number) > 0);
  return parts.map(([number, unit]) => `${number} ${unit}${number === "1" ? "" : "s"}`).join(" ") || "no time";
}
