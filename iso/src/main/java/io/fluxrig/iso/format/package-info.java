/**
 * What values stand for: card numbers with their check digit, numbers, dates and times by a layout. Reads bytes that are
 * lent to it, knows no message and no spec. Called by the checks of messages and by whatever reads specs.
 */
package io.fluxrig.iso.format;
