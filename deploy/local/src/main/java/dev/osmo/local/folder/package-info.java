/**
 * The data folder: creates it, locks it for one launcher, defines the paths in it, and keeps the
 * secrets that are generated at the first start. Touches the files of the data folder only; no
 * processes, no network.
 */
@NullMarked
package dev.osmo.local.folder;

import org.jspecify.annotations.NullMarked;
