package io.fluxrig.mixer.registry;

/**
 * A {@link Registry} in a database that several mixers share: PostgreSQL, or distributed SQL that speaks its protocol (CockroachDB,
 * YugabyteDB).
 */
public final class PgRegistry {

    private PgRegistry() {}

    /**
     * Connects, and brings the tables up to date.
     *
     * @throws RegistryException if the database is not there, does not let the mixer in, or has tables of a newer fluxrig
     */
    public static Registry open(PgSettings settings) {
        return SqlRegistry.over(new PgStore(settings));
    }
}
