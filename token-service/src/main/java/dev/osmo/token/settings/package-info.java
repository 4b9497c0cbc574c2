/**
 * What the deployer decides. Read once at the start; bad configuration stops the start with a
 * sentence.
 */
@NullMarked
package dev.osmo.token.settings;

import org.jspecify.annotations.NullMarked;
