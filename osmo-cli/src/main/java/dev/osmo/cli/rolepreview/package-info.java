/**
 * Previews of role removals: which tokens would lose the role, and which would keep no role.
 * Touches the server through the session only.
 */
@NullMarked
package dev.osmo.cli.rolepreview;

import org.jspecify.annotations.NullMarked;
