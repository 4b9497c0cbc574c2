/**
 * Key material: pairs, and private parts sealed under the key file, which is read here. Touches no
 * table.
 */
@NullMarked
package dev.osmo.exchange.jwt.material;

import org.jspecify.annotations.NullMarked;
