/**
 * What this room does: the data folder. Makes it, locks it for one launcher, says where everything
 * lies in it, and keeps the secrets that are made at the first start. Touches the data folder's own
 * files; no process, no network.
 */
@NullMarked
package dev.osmo.local.folder;

import org.jspecify.annotations.NullMarked;
