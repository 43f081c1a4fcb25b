package io.fluxrig.mixer.registry;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * A database over Vert.x's client, asked one question after the other by a thread that waits for each: never one of an event loop.
 * What others changed at the same time, and what a lost connection has undone, is tried up to {@value #TRIES_MAX} times; a commit
 * whose answer is lost is not, for nobody knows whether it was made.
 */
final class PgStore implements SqlStore {
    private static final int TRIES_MAX = 5;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final PgLink link;
    private final PgFaults faults;
    private boolean together;

    PgStore(PgSettings settings) {
        this.link = new PgLink(settings);
        this.faults = new PgFaults(settings);
    }

    /** What may be tried again; the cause says why it failed. */
    private static final class PassingException extends RuntimeException {
        private static final long serialVersionUID = 1;

        PassingException(String message, Throwable cause) {
            super(message, cause, false, false);
        }
    }

    private interface Attempt<T> {
        T make();
    }

    @Override
    public boolean isUp() {
        return link.answers();
    }

    @Override
    public <T> List<T> query(String sql, Row<T> row, Object... values) {
        return attempt(() -> {
            List<T> found = new ArrayList<>();
            ask("read", sql, values).forEach(each -> found.add(row.read(new PgColumns(each))));
            return found;
        });
    }

    @Override
    public int change(String sql, Object... values) {
        if (together) {
            return ask("write", sql, values).rowCount();
        }
        // as one that belongs together with nothing: then it is known whether it was made, or told that it is not
        int[] changed = new int[1];
        together(() -> changed[0] = ask("write", sql, values).rowCount());
        return changed[0];
    }

    /** Whether there is a connection that is not known to be lost. */
    boolean connected() {
        return link.connected();
    }

    @Override
    public void tidy() {
        // the database does that by itself
    }

    @Override
    public void define(String statement) {
        for (int tries = 1; ; tries++) {
            try {
                link.ask(connection -> connection.query(statement).execute());
                return;
            } catch (ExecutionException refused) {
                if (tries >= TRIES_MAX || !PgFaults.isDefined(refused.getCause())) {
                    throw new RegistryException(faults.failed("make its tables", refused.getCause()), refused);
                }
                pause(tries);
            } catch (TimeoutException late) {
                throw new RegistryException(faults.failed("make its tables", late), late);
            }
        }
    }

    @Override
    public void together(Runnable changes) {
        attempt(() -> {
            boolean whole = false;
            try {
                ask("write", "BEGIN ISOLATION LEVEL SERIALIZABLE");
                // from here on over this connection only: on another one there is no beginning
                together = true;
                changes.run();
                commit();
                whole = true;
                return null;
            } finally {
                together = false;
                if (!whole && link.connected()) {
                    // with what was begun and not ended nothing else could be asked
                    goBack();
                }
            }
        });
    }

    @Override
    public void close() {
        link.close();
    }

    /** Within changes that belong together nothing is tried again on its own. */
    private <T> T attempt(Attempt<T> attempt) {
        if (together) {
            return attempt.make();
        }
        for (int tries = 1; ; tries++) {
            try {
                return attempt.make();
            } catch (PassingException passing) {
                if (tries >= TRIES_MAX) {
                    throw new RegistryException(passing.getMessage(), passing.getCause());
                }
                pause(tries);
            }
        }
    }

    private RowSet<io.vertx.sqlclient.Row> ask(String doing, String sql, Object... values) {
        PgLink.Question question = values.length == 0
                ? connection -> connection.query(sql).execute()
                : connection -> connection.preparedQuery(numbered(sql)).execute(tuple(values));
        try {
            return together ? link.askOn(question) : link.ask(question);
        } catch (ExecutionException refused) {
            Throwable cause = refused.getCause();
            String failure = faults.failed(doing, cause);
            if (PgFaults.isContended(cause) || !PgFaults.isAnswer(cause)) {
                throw new PassingException(failure, cause);
            }
            throw new RegistryException(failure, cause);
        } catch (TimeoutException late) {
            throw new RegistryException(faults.failed(doing, late), late);
        }
    }

    private void commit() {
        try {
            link.askOn(connection -> connection.query("COMMIT").execute());
        } catch (ExecutionException refused) {
            String failure = faults.failed("write", refused.getCause());
            if (PgFaults.isContended(refused.getCause())) {
                throw new PassingException(failure, refused.getCause());
            }
            throw new RegistryException(
                    failure + "; whether it was kept is not known: look before you try again", refused);
        } catch (TimeoutException late) {
            throw new RegistryException(
                    faults.failed("write", late) + "; whether it was kept is not known: look before you try again",
                    late);
        }
    }

    private void goBack() {
        try {
            link.askOn(connection -> connection.query("ROLLBACK").execute());
        } catch (ExecutionException | TimeoutException unfinished) {
            link.drop();
        }
    }

    private static void pause(int tries) {
        LockSupport.parkNanos(PAUSE_NS << tries);
    }

    /** {@code ?} as PostgreSQL writes it: {@code $1}, {@code $2}. */
    private static String numbered(String sql) {
        StringBuilder text = new StringBuilder(sql.length() + 32);
        int place = 0;
        for (int i = 0; i < sql.length(); i++) {
            char each = sql.charAt(i);
            if (each == '?') {
                text.append('$').append(++place);
            } else {
                text.append(each);
            }
        }
        return text.toString();
    }

    private static Tuple tuple(Object... values) {
        Tuple tuple = Tuple.tuple();
        for (Object value : values) {
            if (value instanceof byte[] bytes) {
                tuple.addBuffer(Buffer.buffer(bytes));
            } else if (value instanceof String text) {
                // PostgreSQL has no text with a NUL in it
                tuple.addString(text.replace('\u0000', '\ufffd'));
            } else {
                tuple.addValue(value);
            }
        }
        return tuple;
    }

    private record PgColumns(io.vertx.sqlclient.Row row) implements Columns {
        @Override
        public String text(String column) {
            return row.getString(column);
        }

        @Override
        public byte[] bytes(String column) {
            return row.getBuffer(column).getBytes();
        }

        @Override
        public long number(String column) {
            return row.getLong(column);
        }

        @Override
        public boolean flag(String column) {
            return row.getBoolean(column);
        }
    }
}
