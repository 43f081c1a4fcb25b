package io.fluxrig.mixer.registry;

import io.fluxrig.engine.artefact.Artefacts;
import java.time.InstantSource;

/**
 * A database that several mixers share: PostgreSQL, or distributed SQL that speaks its protocol (CockroachDB, YugabyteDB).
 *
 * @param registry closes the connection of both
 * @param artefacts for the registry's thread, too
 */
public record PgRegistry(Registry registry, Artefacts artefacts) {

    /**
     * Connects, and brings the tables up to date.
     *
     * @throws RegistryException if the database is not there, does not let the mixer in, or has tables of a newer fluxrig
     */
    public static PgRegistry open(PgSettings settings, InstantSource clock) {
        PgStore store = new PgStore(settings);
        SqlRegistry registry = SqlRegistry.over(store);
        return new PgRegistry(registry, new SqlArtefacts(store, registry::changing, clock));
    }
}
