package io.fluxrig.mixer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

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

    /** What of it the process had not closed: as after {@code kill -9}. */
    private Path killed(Registry registry, String as) throws Exception {
        Path copy = Files.createDirectory(folder.resolve(as)).resolve("registry.duckdb");
        for (String end : new String[] {"", ".wal", ".mark"}) {
            Path file = folder.resolve("registry.duckdb" + end);
            if (Files.exists(file)) {
                Files.copy(file, copy.resolveSibling("registry.duckdb" + end));
            }
        }
        registry.close();
        return copy;
    }

    private Registry written() {
        Path file = folder.resolve("registry.duckdb");
        long[] nowNs = {0};
        Registry registry = DuckRegistry.over(file, new DuckStore(file, () -> DuckStore.connect(file), () -> nowNs[0]));
        // the first one is followed by a checkpoint, others within a second are not
        nowNs[0] = DuckStore.CHECKPOINT_NS;
        for (int i = 0; i < 5; i++) {
            registry.audit("ana", "test.line", "" + i, "", i);
        }
        return registry;
    }

    private static List<String> errorsOf(Work work) throws Exception {
        Logger log = (Logger) LoggerFactory.getLogger(RegistryMark.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try {
            work.run();
        } finally {
            log.detachAppender(lines);
        }
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static long lines(Path file) {
        try (Registry registry = DuckRegistry.open(file)) {
            return registry.audit(Long.MAX_VALUE, 100).size();
        }
    }

    @Test
    void shouldSayNothingAfterAKill() throws Exception {
        Path copy = killed(written(), "killed");

        assertThat(errorsOf(() -> assertThat(lines(copy)).isEqualTo(5))).isEmpty();
        assertThat(errorsOf(() -> lines(copy))).as("closed in order").isEmpty();
    }

    /** The mixer ran on with what was left, and nothing was logged. */
    @Test
    void shouldSayOnceThatItsLastChangesAreGoneWithTheWriteAheadFile() throws Exception {
        Path copy = killed(written(), "lost");
        Files.delete(copy.resolveSibling("registry.duckdb.wal"));

        assertThat(errorsOf(() -> assertThat(lines(copy)).isEqualTo(1)))
                .singleElement()
                .asString()
                .contains("has lost changes", "ends with line 1, and had line 5", "registry.duckdb.wal", "backup")
                .contains("Racks that were removed or suspended after line 1 are let in again");
        assertThat(errorsOf(() -> lines(copy))).isEmpty();
    }

    @Test
    void shouldSayThatAllOfItIsGone() throws Exception {
        Path copy = killed(written(), "removed");
        Files.delete(copy.resolveSibling("registry.duckdb.wal"));
        Files.delete(copy);

        assertThat(errorsOf(() -> lines(copy))).singleElement().asString().contains("ends with line 0, and had line 5");
    }

    @Test
    void shouldNotTakeAnUnreadableMarkForALoss() throws Exception {
        Path copy = killed(written(), "emptied");
        Files.writeString(copy.resolveSibling("registry.duckdb.mark"), "");

        assertThat(errorsOf(() -> assertThat(lines(copy)).isEqualTo(5))).isEmpty();
    }

    @Test
    void shouldSayWhatToPutInPlaceOfADamagedFile() throws Exception {
        Path copy = killed(written(), "damaged");
        try (FileChannel file = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            file.truncate(5000);
        }

        assertThatThrownBy(() -> DuckRegistry.open(copy))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("cannot be opened")
                .hasMessageContaining("move " + copy + " and registry.duckdb.wal away, put both back")
                .hasMessageContaining("Back-up and restore");
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
