/**
 * What a mixer knows and must not forget: racks, scenarios and where they are to run, and who changed what. A small port, the SQL behind
 * it, and two databases to ask: a DuckDB file of a mixer's own, and PostgreSQL or what speaks its protocol, which several mixers share.
 * Nothing of JDBC or of the client leaks out. Called on the mixer's desk only.
 */
package io.fluxrig.mixer.registry;
