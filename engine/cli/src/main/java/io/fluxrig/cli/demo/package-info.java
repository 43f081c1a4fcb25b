/**
 * {@code fluxrig demo}: racks and a load as processes of their own, watched and ended together; and the ports that they have unless told
 * otherwise.
 */
package io.fluxrig.cli.demo;
