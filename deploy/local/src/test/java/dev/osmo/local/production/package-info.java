/**
 * The operator's pages, followed by a newcomer: their commands and files on Debian's PostgreSQL,
 * nginx and OpenSSL. Nothing of {@code deploy/local} is running.
 */
package dev.osmo.local.production;
