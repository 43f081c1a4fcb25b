package io.fluxrig.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixerTlsTest {
    private static final long DAY_MS = 86_400_000L;

    @TempDir
    private Path folder;

    private long nowMs = 1_800_000_000_000L;
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs);
    private final Door door = new Door();

    /** Notes what it is told. */
    private static final class Door implements MixerTls.Door {
        private final List<String> told = new ArrayList<>();

        @Override
        public boolean tls() {
            return true;
        }

        @Override
        public void joinedBy(String joiner) {
            told.add(joiner);
        }

        @Override
        public void certificateRenewed() {
            told.add("renewed");
        }
    }

    private MixerTls open(String... more) throws Exception {
        Map<String, String> flags = new HashMap<>(Map.of("base.data_dir", folder.toString()));
        for (int i = 0; i < more.length; i += 2) {
            flags.put(more[i], more[i + 1]);
        }
        var config =
                NodeConfigLoader.load(MixerKeys.FILE, null, Map.of(), flags).config();
        return MixerTls.open(config, folder, clock);
    }

    @Test
    void shouldIssueNothingWhereNothingIsServedOverTls() throws Exception {
        open("snake.bind", "127.0.0.1:4222", "api.bind", "127.0.0.1:8090");

        assertThat(folder.resolve("tls.crt")).doesNotExist();
        assertThat(folder.resolve("tls.key")).doesNotExist();
    }

    @Test
    void shouldIssueWhereEitherIsServedOverTls() throws Exception {
        open("api.tls", "on");
        assertThat(Files.exists(folder.resolve("tls.crt"))).isTrue();

        Files.delete(folder.resolve("tls.crt"));
        open("snake.bind", ":4222");
        assertThat(Files.exists(folder.resolve("tls.crt"))).isTrue();
    }

    @Test
    void shouldRenewItsCertificateWhateverTheJoinFileIsLike() throws Exception {
        MixerTls tls = open("snake.tls", "on", "mixer.certificate_life", "30d");
        Path join = tls.authority().joinFile();
        tls.authority().join(DAY_MS);
        Files.setPosixFilePermissions(join, PosixFilePermissions.fromString("rw-r--r--"));
        nowMs += 25 * DAY_MS;

        tls.renew(door, () -> door.told.add("API"));

        assertThat(door.told).containsExactly("renewed", "API");
    }

    @Test
    void shouldRenewTheJoinFileWhateverItsCertificateIsLike() throws Exception {
        MixerTls tls = open("snake.tls", "on");
        Files.setPosixFilePermissions(folder.resolve("tls.key"), PosixFilePermissions.fromString("rw-r--r--"));

        tls.renew(door, () -> {});

        assertThat(door.told).singleElement().asString().endsWith(",O=fluxrig join");
    }

    @Test
    void shouldTellNatsWhoseJoinFileItIsOnceTheOldOneWasTakenAway() throws Exception {
        MixerTls tls = open("snake.tls", "on");
        String first = tls.authority().join(DAY_MS);
        Files.delete(tls.authority().joinFile());

        tls.renew(door, () -> {});
        tls.renew(door, () -> {});

        assertThat(door.told).hasSize(2).doesNotContain(first);
        assertThat(door.told.get(1)).isEqualTo(door.told.get(0));
    }
}
