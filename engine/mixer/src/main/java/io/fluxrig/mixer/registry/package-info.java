/**
 * What a mixer knows and must not forget: racks, scenarios and where they are to run, and who changed what. A small port and its
 * adapter for DuckDB; nothing of JDBC leaks out. Called on the mixer's desk only.
 */
package io.fluxrig.mixer.registry;
