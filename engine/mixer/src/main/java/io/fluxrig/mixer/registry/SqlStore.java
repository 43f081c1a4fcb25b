package io.fluxrig.mixer.registry;

import java.util.List;

/**
 * A database that is asked with values apart from the statement's text, {@code ?} for each. Values are texts, bytes, whole numbers and
 * flags, never null. One thread at a time; every call throws {@link RegistryException} where the database fails.
 */
interface SqlStore extends AutoCloseable {

    /** One row of an answer, for the time of the call that it is handed to. */
    interface Columns {
        String text(String column);

        byte[] bytes(String column);

        long number(String column);

        boolean flag(String column);
    }

    /** Makes an object of a row. */
    interface Row<T> {
        T read(Columns row);
    }

    /** Whether it did what it was asked for last; any thread. */
    boolean isUp();

    <T> List<T> query(String sql, Row<T> row, Object... values);

    /** Changes rows; how many. */
    int change(String sql, Object... values);

    /** Makes several changes one: all of them, or none. They may be run again where others changed the same at the same time. */
    void together(Runnable changes);

    /** Puts what was changed where it is safest, if that is due; asked now and then. */
    void tidy();

    /** Runs a statement that changes the schema; others may run the same one now. */
    void define(String statement);

    @Override
    void close();
}
