/**
 * jPOS packager files: read from XML and said again in the words of our wire layer, with an account of every difference. A
 * tree of plain words comes out, which {@link io.fluxrig.iso.spec} merges and {@link io.fluxrig.iso.dialect} writes as YAML;
 * this package knows neither.
 *
 * <p>Start-up and tools only.
 */
package io.fluxrig.iso.packager;
