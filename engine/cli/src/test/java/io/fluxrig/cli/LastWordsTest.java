package io.fluxrig.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.console.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class LastWordsTest {
    private static final String TMP = System.getProperty("java.io.tmpdir");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private int say(Throwable broken) {
        return LastWords.say(broken, new PrintStream(said, true, UTF_8));
    }

    @Test
    void shouldSayInOneLineWhatToRaiseWhereDescriptorsAreGone() {
        int code = say(new Error(new FileNotFoundException("tzdb.dat (Too many open files)")));

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(said.toString(UTF_8)).hasLineCount(1).contains("cannot go on", "tzdb.dat", "raise ulimit -n");
    }

    @Test
    void shouldSayWhatToDoAboutAClassThatIsNotThere() {
        say(new NoClassDefFoundError("io/netty/Some"));

        assertThat(said.toString(UTF_8)).hasLineCount(1).contains("io/netty/Some", "build again");
    }

    @Test
    void shouldSayWhichFolderALibraryIsUnpackedInto() {
        say(new NoClassDefFoundError("Could not initialize class org.duckdb.DuckDBNative")
                .initCause(new UnsatisfiedLinkError(
                        TMP + "/libduckdb_java1.so: failed to map segment from shared object")));

        assertThat(said.toString(UTF_8))
                .hasLineCount(1)
                .contains(TMP + ", must be writable and not noexec", "java.io.tmpdir")
                .doesNotContain("build again");
    }

    /** As of a package: nothing is unpacked, and another folder for that does not help. */
    @Test
    void shouldSayThatTheLibraryBesideTheJarDoesNotLoad() {
        say(new ExceptionInInitializerError(new UnsatisfiedLinkError(
                "/usr/share/fluxrig/lib/libnetty.so: /usr/share/fluxrig/lib/libnetty.so: file too short")));

        assertThat(said.toString(UTF_8))
                .hasLineCount(1)
                .contains("beside the jars does not load", "/usr/share/fluxrig/lib/libnetty.so must be whole")
                .doesNotContain("java.io.tmpdir");
    }
}
