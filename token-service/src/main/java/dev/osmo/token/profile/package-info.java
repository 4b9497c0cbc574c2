/**
 * What clients ask before they do anything: who am I, which pool, which version. Writes {@code
 * profile}, what a person chose.
 */
@NullMarked
package dev.osmo.token.profile;

import org.jspecify.annotations.NullMarked;
