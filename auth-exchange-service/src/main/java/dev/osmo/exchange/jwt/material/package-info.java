/**
 * Key material: generates key pairs, reads the key file, and encrypts and decrypts private keys
 * under it. Runs no SQL.
 */
@NullMarked
package dev.osmo.exchange.jwt.material;

import org.jspecify.annotations.NullMarked;
