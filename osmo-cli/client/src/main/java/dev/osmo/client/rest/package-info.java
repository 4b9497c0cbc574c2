/**
 * Sends the JWT with the requests of a Jakarta REST client, such as the REST client of Quarkus.
 * Needs the API of Jakarta REST, which the client brings.
 */
@NullMarked
package dev.osmo.client.rest;

import org.jspecify.annotations.NullMarked;
