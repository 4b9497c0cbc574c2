/**
 * Tests of the whole system from outside: the real {@code deploy/local/up}, the real {@code
 * osmo-cli/osmo}, plain HTTP, and SQL as the superuser where only the rows show the effect.
 */
package dev.osmo.local.system;
