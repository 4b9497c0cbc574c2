/**
 * The whole system, seen from outside: the real {@code deploy/local/up}, the real {@code
 * osmo-cli/osmo}, plain HTTP, and PostgreSQL's superuser where only the rows can tell.
 */
package dev.osmo.local.system;
