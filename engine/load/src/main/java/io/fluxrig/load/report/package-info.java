/**
 * What a run found, for people (HTML that needs nothing else, a text summary) and for scripts (one JSON object). Reads
 * {@link io.fluxrig.load.LoadResult}, changes nothing.
 */
package io.fluxrig.load.report;
