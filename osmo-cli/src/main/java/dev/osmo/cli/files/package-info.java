/**
 * Files that only their owner can read: created with the right permissions and replaced atomically.
 * The only package that writes files, except for the manual pages of {@code man}.
 */
@NullMarked
package dev.osmo.cli.files;

import org.jspecify.annotations.NullMarked;
