package io.fluxrig.mixer.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A DuckDB file. What a connection is in after a change that could neither be kept nor taken back in order nobody knows: it is closed, and
 * the next question is asked over another one. After a change that was not kept another one is tried {@link #PAUSE_NS}
 * later, if there is space; until then changes fail at once, and reading goes on.
 */
final class DuckStore implements SqlStore {
    static final long PAUSE_NS = TimeUnit.SECONDS.toNanos(1);

    /** For what is in the write-ahead file to be taken into the file itself, where it is safe from whatever happens to the other one. */
    static final long CHECKPOINT_NS = TimeUnit.SECONDS.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(DuckStore.class);
    /** How DuckDB begins to say that file or memory fail it, and not the change itself, such as a row that is there already. */
    private static final List<String> OF_THE_FILE =
            List.of("IO Error", "FATAL Error", "INTERNAL Error", "TransactionContext Error", "Out of Memory Error");

    /** With less on its disk a small change might be kept, and the next one not. */
    private static final long SPACE_BYTES_MIN = 1 << 20;

    private final Path file;
    private final Opener opener;
    private final LongSupplier clockNs;
    /** Null while there is none. */
    private Connection connection;

    private volatile boolean closed;
    /** By their text; the registry has some fifty, and to plan one takes longer than to run it. */
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /** Whether what is asked belongs together, and is settled at its end. */
    private volatile boolean together;

    private volatile Failed failed;
    /** Null before {@link #whenKept}. */
    private Runnable kept;

    private long checkpointNs;
    private volatile boolean unchecked;

    /** Opens the file. */
    interface Opener {
        Connection open() throws SQLException;
    }

    /** Why the last change was not kept, and from when on another one is tried. */
    private record Failed(String words, long untilNs) {}

    DuckStore(Path file, Opener opener, LongSupplier clockNs) {
        this.file = file;
        this.opener = opener;
        this.clockNs = clockNs;
        this.checkpointNs = clockNs.getAsLong() - CHECKPOINT_NS;
        try {
            connected();
        } catch (SQLException e) {
            String words = firstLine(e);
            throw new RegistryException(
                    "registry " + file + " cannot be opened: " + words + DuckRemedy.of(file, words), e);
        } catch (LinkageError e) {
            throw new RegistryException("registry " + file + " cannot be opened: " + DuckRemedy.ofLibrary(e), e);
        }
    }

    static DuckStore open(Path file) {
        DuckStore store = new DuckStore(file, () -> connect(file), System::nanoTime);
        DuckLibrary.removeCopy();
        return store;
    }

    static Connection connect(Path file) throws SQLException {
        Properties properties = new Properties();
        // the registry reads and writes its own file and no other
        properties.setProperty("enable_external_access", "false");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("threads", "1");
        properties.setProperty("memory_limit", "256MB");
        return DriverManager.getConnection("jdbc:duckdb:" + file.toAbsolutePath(), properties);
    }

    private Connection connected() throws SQLException {
        if (closed) {
            throw new SQLException("it is closed");
        }
        if (connection == null) {
            connection = opener.open();
        }
        return connection;
    }

    @Override
    public boolean isUp() {
        return failed == null;
    }

    @Override
    public void define(String statement) {
        try (Statement once = connected().createStatement()) {
            once.execute(statement);
        } catch (SQLException e) {
            throw new RegistryException("registry: cannot write: " + firstLine(e), e);
        }
    }

    @Override
    public <T> List<T> query(String sql, Row<T> row, Object... values) {
        try (ResultSet rows = statement(sql, values).executeQuery()) {
            Columns columns = new DuckColumns(rows);
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(row.read(columns));
            }
            return found;
        } catch (SQLException e) {
            forget(sql);
            throw failed("read", e);
        }
    }

    @Override
    public int change(String sql, Object... values) {
        try {
            return statement(sql, values).executeUpdate();
        } catch (SQLException e) {
            forget(sql);
            throw failed("write", e);
        }
    }

    /** What the file cannot do for one of several changes is told as what it cannot do at their end. */
    private RegistryException failed(String doing, SQLException cause) {
        String words = firstLine(cause);
        boolean ofTheFile = together && OF_THE_FILE.stream().anyMatch(words::startsWith);
        return ofTheFile ? failing(cause) : new RegistryException("registry: cannot " + doing + ": " + words, cause);
    }

    @Override
    public void together(Runnable changes) {
        Failed before = failed;
        if (before != null && (clockNs.getAsLong() - before.untilNs() < 0 || !hasSpace())) {
            throw new RegistryException(before.words());
        }
        boolean whole = false;
        together = true;
        try {
            connected().setAutoCommit(false);
            changes.run();
            commit();
            whole = true;
        } catch (SQLException e) {
            throw failing(e);
        } finally {
            together = false;
            if (!whole && connection != null) {
                goBack();
            }
        }
        if (before != null) {
            failed = null;
            LOG.warn("the registry {} keeps changes again", file);
        }
        unchecked = true;
        tellKept();
        tidy();
    }

    private void tellKept() {
        try {
            if (kept != null) {
                kept.run();
            }
        } catch (RegistryException unread) {
            // the change is kept for all that
            LOG.debug("nobody hears of a change: {}", unread.getMessage());
        }
    }

    /** Has it hear after each change that it was kept. */
    void whenKept(Runnable listener) {
        kept = listener;
    }

    /** Changes are kept before that, too: where it fails they are in the write-ahead file, and it is tried again. */
    @Override
    public void tidy() {
        long now = clockNs.getAsLong();
        if (!unchecked || connection == null || now - checkpointNs < CHECKPOINT_NS || !hasSpace()) {
            return;
        }
        checkpointNs = now;
        try (Statement checkpoint = connection.createStatement()) {
            checkpoint.execute("CHECKPOINT");
            unchecked = false;
        } catch (SQLException later) {
            LOG.warn(
                    "the registry {} keeps its last changes in {}.wal alone for now: {}", file, file, firstLine(later));
            drop();
        }
    }

    private void commit() throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void goBack() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException lost) {
            // what went wrong before says why; this connection would refuse, or keep by halves, whatever comes next
            LOG.debug("the registry's connection is made anew: {}", firstLine(lost));
            drop();
        }
    }

    private RegistryException failing(SQLException cause) {
        String words = "registry: cannot write: " + firstLine(cause)
                + (hasSpace()
                        ? ""
                        : "; make room on the disk of " + file
                                + ": a mixer that runs goes on by itself, one that starts has to be started again")
                + "; look whether it was kept before you try again";
        if (failed == null) {
            LOG.error("{}", words);
        }
        failed = new Failed(words, clockNs.getAsLong() + PAUSE_NS);
        return new RegistryException(words, cause);
    }

    private boolean hasSpace() {
        try {
            return Files.getFileStore(file).getUsableSpace() >= SPACE_BYTES_MIN;
        } catch (IOException unknown) {
            LOG.debug("space for the registry is not known: {}", unknown.toString());
            return true;
        }
    }

    /** A statement that failed may be closed with it; the next one may find more than that lost. */
    private void forget(String sql) {
        prepared.remove(sql);
        if (!together && connection != null) {
            drop();
        }
    }

    /** Whatever was begun over it and is not kept is undone. */
    private void drop() {
        Connection lost = connection;
        connection = null;
        prepared.clear();
        try {
            lost.close();
        } catch (SQLException gone) {
            LOG.debug("the registry's connection is not closed in order: {}", firstLine(gone));
        }
    }

    private PreparedStatement planned(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connected().prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    private PreparedStatement statement(String sql, Object... values) throws SQLException {
        PreparedStatement statement = planned(sql);
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
        return statement;
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (PreparedStatement each : prepared.values()) {
                each.close();
            }
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new RegistryException("registry: not closed in order: " + firstLine(e), e);
        }
    }

    private record DuckColumns(ResultSet rows) implements Columns {
        private interface Read<T> {
            T now() throws SQLException;
        }

        @Override
        public String text(String column) {
            return read(() -> rows.getString(column));
        }

        @Override
        public byte[] bytes(String column) {
            return read(() -> rows.getBytes(column));
        }

        @Override
        public long number(String column) {
            return read(() -> rows.getLong(column));
        }

        @Override
        public boolean flag(String column) {
            return read(() -> rows.getBoolean(column));
        }

        private static <T> T read(Read<T> read) {
            try {
                return read.now();
            } catch (SQLException e) {
                throw new RegistryException("registry: cannot read: " + firstLine(e), e);
            }
        }
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
