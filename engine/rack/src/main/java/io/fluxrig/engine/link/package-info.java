/**
 * How many connections each I/O gear has up on each strip: {@link io.fluxrig.engine.link.LinkTable}. Strips write it through
 * {@link io.fluxrig.engine.gear.LinkReport}; any strip, the API and the live view read it.
 */
package io.fluxrig.engine.link;
