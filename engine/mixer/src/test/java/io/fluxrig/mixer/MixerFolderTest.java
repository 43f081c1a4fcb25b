package io.fluxrig.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixerFolderTest {
    @TempDir
    private Path folder;

    private Path data() {
        return folder.resolve("mixer");
    }

    private void make(String file, String mode) throws IOException {
        Path made = data().resolve(file);
        Files.createDirectories(made.resolveSibling(""));
        Files.writeString(made, "x");
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(mode));
        for (Path above = made.getParent(); !above.equals(folder); above = above.getParent()) {
            Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data().resolve(file)));
    }

    @Test
    void shouldCloseWhatWasOpenToOthers() throws Exception {
        make("registry.duckdb", "rw-r--r--");
        make("authority/ca.crt", "rw-r--r--");
        make("authority/authority.key", "rw-------");
        make("nats/nats.conf", "rw-rw-rw-");
        make("nats/jetstream/stream", "rw-r--r--");

        MixerFolder.close(data());

        assertThat(mode("")).isEqualTo("rwx------");
        for (String each : new String[] {"authority", "nats", "nats/jetstream"}) {
            assertThat(mode(each)).as(each).isEqualTo("rwx------");
        }
        for (String each :
                new String[] {"registry.duckdb", "authority/ca.crt", "authority/authority.key", "nats/nats.conf"}) {
            assertThat(mode(each)).as(each).isEqualTo("rw-------");
        }
    }

    @Test
    void shouldLeaveWhatIsNotInThereAsItIs() throws Exception {
        make("here", "rw-r--r--");
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "x");
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-r--r--"));
        Files.createSymbolicLink(data().resolve("link"), elsewhere);

        MixerFolder.close(data());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(elsewhere)))
                .isEqualTo("rw-r--r--");
        assertThat(mode("here")).isEqualTo("rw-------");
    }

    @Test
    void shouldCloseAFolderThatALinkLeadsTo() throws Exception {
        make("registry.duckdb", "rw-r--r--");
        Path link = Files.createSymbolicLink(folder.resolve("link"), data());

        MixerFolder.close(link);

        assertThat(mode("registry.duckdb")).isEqualTo("rw-------");
    }

    @Test
    void shouldLeaveToItsUserWhatMayBeRun() throws Exception {
        make("bin/nats-server", "rwxr-xr-x");

        MixerFolder.close(data());

        assertThat(mode("bin/nats-server")).isEqualTo("rwx------");
    }

    @Test
    void shouldOpenNothingThatIsClosedFurther() throws Exception {
        make("kept", "r--------");

        MixerFolder.close(data());

        assertThat(mode("kept")).isEqualTo("r--------");
    }
}
