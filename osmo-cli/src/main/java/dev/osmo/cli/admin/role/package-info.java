/**
 * {@code osmo admin role …}: the catalogue of roles. Touches the server through the session only.
 */
@NullMarked
package dev.osmo.cli.admin.role;

import org.jspecify.annotations.NullMarked;
