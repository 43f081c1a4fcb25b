package io.fluxrig.mixer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckRegistryTest extends RegistryContract {
    @TempDir
    private Path folder;

    @Override
    Registry open(String name) {
        return DuckRegistry.open(folder.resolve(name + ".duckdb"));
    }

    @Test
    void shouldTakeOverTheTablesOfBeforeThereWereVersions() throws Exception {
        Path file = folder.resolve("old.duckdb");
        try (Connection old = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = old.createStatement()) {
            statement.execute("CREATE TABLE revoked (key BLOB PRIMARY KEY)");
            statement.execute("INSERT INTO revoked VALUES ('\\x07'::BLOB)");
        }

        try (Registry taken = DuckRegistry.open(file)) {
            assertThat(taken.isRevoked(new byte[] {7})).isTrue();
        }
    }

    @Test
    void shouldLeaveTheTablesOfANewerVersionAlone() throws Exception {
        Path file = folder.resolve("newer.duckdb");
        DuckRegistry.open(file).close();
        try (Connection newer = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = newer.createStatement()) {
            statement.execute("INSERT INTO schema_versions VALUES (99)");
        }

        assertThatThrownBy(() -> DuckRegistry.open(file))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("version 99");
    }

    @Test
    void shouldSayThatAFileIsNoRegistry() throws Exception {
        Path other = folder.resolve("other.duckdb");
        Files.writeString(other, "not a database, but long enough to be looked at as one".repeat(500));

        assertThatThrownBy(() -> DuckRegistry.open(other))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(other.toString());
    }
}
