package io.fluxrig.mixer.registry;

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

/** A DuckDB file. */
final class DuckStore implements SqlStore {
    private final Connection connection;
    /** By their text; the registry has some fifty, and to plan one takes longer than to run it. */
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    private DuckStore(Connection connection) {
        this.connection = connection;
    }

    static DuckStore open(Path file) {
        Properties properties = new Properties();
        // the registry reads and writes its own file and no other
        properties.setProperty("enable_external_access", "false");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("threads", "1");
        properties.setProperty("memory_limit", "256MB");
        try {
            return new DuckStore(DriverManager.getConnection("jdbc:duckdb:" + file.toAbsolutePath(), properties));
        } catch (SQLException e) {
            throw new RegistryException("registry " + file + " cannot be opened: " + firstLine(e), e);
        }
    }

    @Override
    public boolean isUp() {
        return true;
    }

    @Override
    public void define(String statement) {
        try (Statement once = connection.createStatement()) {
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
            throw new RegistryException("registry: cannot read: " + firstLine(e), e);
        }
    }

    @Override
    public int change(String sql, Object... values) {
        try {
            return statement(sql, values).executeUpdate();
        } catch (SQLException e) {
            throw new RegistryException("registry: cannot write: " + firstLine(e), e);
        }
    }

    @Override
    public void together(Runnable changes) {
        boolean whole = false;
        try {
            connection.setAutoCommit(false);
            changes.run();
            connection.commit();
            whole = true;
        } catch (SQLException e) {
            throw new RegistryException("registry: cannot write: " + firstLine(e), e);
        } finally {
            settle(whole);
        }
    }

    private void settle(boolean whole) {
        try {
            if (!whole) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new RegistryException("registry: cannot go back: " + firstLine(e), e);
        }
    }

    private PreparedStatement statement(String sql, Object... values) throws SQLException {
        PreparedStatement statement = prepared.computeIfAbsent(sql, this::prepare);
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
        return statement;
    }

    private PreparedStatement prepare(String sql) {
        try {
            return connection.prepareStatement(sql);
        } catch (SQLException e) {
            throw new RegistryException("registry: cannot be asked: " + firstLine(e), e);
        }
    }

    @Override
    public void close() {
        try {
            for (PreparedStatement each : prepared.values()) {
                each.close();
            }
            connection.close();
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
