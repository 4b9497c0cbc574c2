/**
 * What clients ask before they do anything: who am I, which pool, which version. No tables of its
 * own.
 */
@NullMarked
package dev.osmo.token.profile;

import org.jspecify.annotations.NullMarked;
