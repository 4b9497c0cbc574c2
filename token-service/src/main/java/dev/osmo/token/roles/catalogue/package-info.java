/** The role catalogue. Writes {@code role}. */
@NullMarked
package dev.osmo.token.roles.catalogue;

import org.jspecify.annotations.NullMarked;
