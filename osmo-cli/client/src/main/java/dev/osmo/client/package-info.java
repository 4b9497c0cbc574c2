/**
 * For programs that call a server with a JWT of osmo: exchanges an access token or the token of a
 * workload, keeps the JWT until it is about to expire, and sends it only to the addresses that may
 * get it. Calls the token endpoint and those addresses. Reads the file of a {@link
 * dev.osmo.client.Credential}, and writes none.
 */
@NullMarked
package dev.osmo.client;

import org.jspecify.annotations.NullMarked;
