/**
 * The {@code when} language: conditions over the fields of a message, compiled once and tested without allocation.
 *
 * <p>Used by specs, responders, simulators and routes.
 */
package io.fluxrig.iso.rule;
