/**
 * How card data is shown: card numbers as first six and last four digits, everything else that may be card data not at all.
 *
 * <p>Anything that prints a field value or a line of log may call it.
 */
package io.fluxrig.iso.mask;
