package io.fluxrig.mixer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk without space, as DuckDB meets it: the commit fails, the transaction is gone, and going back fails with it. */
class DuckStoreTest {
    private static final String COUNT = "SELECT count(*) AS n FROM kept";

    @TempDir
    private Path folder;

    private boolean full;
    private boolean failing;
    private int opened;
    private long nowNs = Long.MAX_VALUE - 5;
    private DuckStore store;

    @BeforeEach
    void open() {
        Path file = folder.resolve("registry.duckdb");
        store = new DuckStore(file, () -> onADiskThatFills(DuckStore.connect(file)), () -> nowNs);
        store.define("CREATE TABLE kept (id BIGINT PRIMARY KEY)");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void shouldKeepChangesAgainOnceThereIsSpace() {
        full = true;
        assertThatThrownBy(() -> add(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("look whether it was kept");

        full = false;
        nowNs += DuckStore.PAUSE_NS;
        add(2);

        assertThat(store.isUp()).isTrue();
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void shouldBeDownUntilAChangeIsKept() {
        full = true;
        assertThatThrownBy(() -> add(1)).isInstanceOf(RegistryException.class);

        assertThat(store.isUp()).isFalse();
        assertThat(count()).isZero();
        nowNs += DuckStore.PAUSE_NS;
        assertThatThrownBy(() -> add(2)).isInstanceOf(RegistryException.class);
        assertThat(store.isUp()).isFalse();

        full = false;
        nowNs += DuckStore.PAUSE_NS;
        add(3);
        assertThat(store.isUp()).isTrue();
    }

    @Test
    void shouldFailChangesAtOnceForAWhileAfterOneThatWasNotKept() {
        full = true;
        assertThatThrownBy(() -> add(1)).isInstanceOf(RegistryException.class);
        int before = opened;

        assertThatThrownBy(() -> add(2)).isInstanceOf(RegistryException.class).hasMessageContaining("No space left");
        assertThatThrownBy(() -> add(3)).isInstanceOf(RegistryException.class).hasMessageContaining("No space left");

        assertThat(opened).isEqualTo(before);
    }

    /** As where /tmp is noexec, or there is none: an Error, which nobody took for a registry that cannot be opened. */
    @Test
    void shouldSayWhichFolderItsLibraryIsUnpackedInto() {
        LinkageError noexec = new UnsatisfiedLinkError("libduckdb_java1.so: failed to map segment from shared object");
        LinkageError none = new ExceptionInInitializerError(new NoSuchFileException("/tmp/libduckdb_java2.so"));

        for (LinkageError error : List.of(noexec, none)) {
            DuckStore.Opener opener = () -> {
                throw error;
            };
            assertThatThrownBy(() -> new DuckStore(folder.resolve("other"), opener, () -> nowNs))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("cannot be opened: DuckDB's native library cannot be loaded")
                    .hasMessageContaining("libduckdb_java")
                    .hasMessageContaining(System.getProperty("java.io.tmpdir") + ", must have room")
                    .hasMessageContaining("not noexec");
        }
    }

    /** As of a package: nothing is unpacked. */
    @Test
    void shouldSayThatTheLibraryBesideItsJarDoesNotLoad() {
        LinkageError torn = new UnsatisfiedLinkError("/opt/lib/mixer/libduckdb_java.so_linux_amd64: file too short");
        LinkageError none = new ExceptionInInitializerError(new RuntimeException(new FileNotFoundException(
                "DuckDB JNI library not found, path: '/opt/lib/mixer/libduckdb_java.so_linux_amd64'")));

        for (LinkageError error : List.of(torn, none)) {
            assertThat(DuckRemedy.ofLibrary(error))
                    .startsWith("DuckDB's native library, which is beside its jar, does not load (")
                    .contains("/opt/lib/mixer/libduckdb_java.so_linux_amd64")
                    .doesNotContain("java.io.tmpdir");
        }
    }

    @Test
    void shouldKeepNothingOfChangesThatWereNotKeptTogether() {
        full = true;
        assertThatThrownBy(() -> add(1)).isInstanceOf(RegistryException.class);
        nowNs += DuckStore.PAUSE_NS;
        assertThatThrownBy(() -> add(2, 3)).isInstanceOf(RegistryException.class);
        full = false;

        assertThat(count()).isZero();
    }

    /** Each change failed, and neither log nor health had anything of it. */
    @Test
    void shouldSayThatItIsDownWhereAStatementFails() {
        failing = true;

        assertThatThrownBy(() -> add(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("look whether it was kept");
        assertThat(store.isUp()).isFalse();

        failing = false;
        nowNs += DuckStore.PAUSE_NS;
        add(2);
        assertThat(store.isUp()).isTrue();
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void shouldGoOnAfterAChangeThatCannotBe() {
        add(1);

        assertThatThrownBy(() -> add(1)).isInstanceOf(RegistryException.class).hasMessageContaining("cannot write");
        add(2);

        assertThat(store.isUp()).isTrue();
        assertThat(count()).isEqualTo(2);
    }

    /** A write-ahead file that is damaged or removed loses what is in it alone. */
    @Test
    void shouldKeepTheWriteAheadFileShort() throws Exception {
        Path ahead = folder.resolve("registry.duckdb.wal");
        add(1);
        assertThat(ahead.toFile().length())
                .as("the first change is in the file itself")
                .isZero();

        add(2);
        assertThat(ahead.toFile().length()).as("others wait").isPositive();
        store.tidy();
        assertThat(ahead.toFile().length()).isPositive();
        nowNs += DuckStore.CHECKPOINT_NS;
        store.tidy();
        assertThat(ahead.toFile().length()).isZero();
        assertThat(count()).isEqualTo(2);
    }

    private void add(long... ids) {
        store.together(() -> {
            for (long id : ids) {
                store.change("INSERT INTO kept (id) VALUES (?)", id);
            }
        });
    }

    private long count() {
        return store.query(COUNT, row -> row.number("n")).get(0);
    }

    private Connection onADiskThatFills(Connection real) {
        opened++;
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (full && method.getName().equals("commit")) {
                        try (Statement undone = real.createStatement()) {
                            undone.execute("ROLLBACK");
                        }
                        throw new SQLException("TransactionContext Error: Failed to commit: Could not write file"
                                + " \"registry.duckdb.wal\": No space left on device");
                    }
                    if (failing && method.getName().equals("prepareStatement")) {
                        throw new SQLException("IO Error: Could not write file: No space left on device");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }
}
