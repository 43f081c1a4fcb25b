package io.fluxrig.mixer.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.Address;
import io.fluxrig.transport.bus.BusLogin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a program in place of nats-server that refuses the lines that stand in {@code unwanted}, and counts how often it is asked. */
class ServerFileTest {
    private static final int RACKS = 64;

    @TempDir
    private Path folder;

    private ServerSettings settings;
    private ServerFile file;

    @BeforeEach
    void open() throws Exception {
        Path program = Files.writeString(folder.resolve("program"), """
                #!/bin/sh
                cd "$(dirname "$0")"
                echo checked >> checks
                ! grep -qf unwanted "$3"
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Files.createFile(folder.resolve("unwanted"));
        settings = new ServerSettings(program, folder, new Address("127.0.0.1", 4222), login(99), "00ff", null);
        file = new ServerFile(folder.resolve("nats.conf"));
    }

    private static byte[] login(int of) {
        byte[] login = new byte[32];
        login[0] = (byte) of;
        return login;
    }

    private static Map<String, byte[]> racks() {
        Map<String, byte[]> racks = new TreeMap<>();
        for (int i = 0; i < RACKS; i++) {
            racks.put(String.format("rack%02d", i), login(i));
        }
        return racks;
    }

    private void refuse(String... lines) throws Exception {
        Files.write(folder.resolve("unwanted"), List.of(lines));
    }

    private int checks() throws Exception {
        return Files.readAllLines(folder.resolve("checks")).size();
    }

    @Test
    void shouldAskOnceWhereTheServerCanTakeAll() throws Exception {
        ServerFile.Written written = file.write(settings, Map.of(), racks(), Map.of());

        assertThat(written.ok()).isTrue();
        assertThat(written.logins()).hasSize(RACKS);
        assertThat(checks()).isEqualTo(1);
    }

    @Test
    void shouldFindTheLoginsThatTheServerCannotTakeWithoutAskingForEach() throws Exception {
        refuse(BusLogin.nkey(login(17)));

        ServerFile.Written written = file.write(settings, Map.of(), racks(), Map.of());

        assertThat(written.ok()).isTrue();
        assertThat(written.unusable()).containsOnlyKeys("rack17");
        assertThat(written.logins()).hasSize(RACKS - 1).doesNotContainKey("rack17");
        assertThat(Files.readString(file.path()))
                .contains(BusLogin.nkey(login(16)), BusLogin.nkey(login(18)))
                .doesNotContain(BusLogin.nkey(login(17)));
        assertThat(checks()).as("all, none, and two at each of six halvings").isEqualTo(2 + 2 * 6);
    }

    @Test
    void shouldKeepTheLoginThatARackHadWhereItsNextOneIsRefused() throws Exception {
        Map<String, byte[]> wanted = racks();
        wanted.put("rack03", login(77));
        refuse(BusLogin.nkey(login(77)));

        ServerFile.Written written = file.write(settings, racks(), wanted, Map.of());

        assertThat(written.unusable()).containsOnlyKeys("rack03");
        assertThat(written.logins().get("rack03")).isEqualTo(login(3));
    }

    /** On a full disk a mixer did not start, though nothing had to be written. */
    @Test
    void shouldWriteNothingWhereItStandsThereAlready() throws Exception {
        file.write(settings, Map.of(), racks(), Map.of());
        // as a disk does that is full: nothing can be made under that name
        Files.createDirectories(folder.resolve("nats.conf.new/in/the/way"));

        ServerFile.Written written = file.write(settings, Map.of(), racks(), Map.of());

        assertThat(written.ok()).isTrue();
        assertThat(written.news()).isFalse();
        assertThat(written.logins()).hasSize(RACKS);
        assertThat(checks()).as("asked all the same").isEqualTo(2);
    }

    @Test
    void shouldWriteNothingAndBlameNoLoginWhereTheRestIsRefused() throws Exception {
        refuse("server_name");

        ServerFile.Written written = file.write(settings, Map.of(), racks(), Map.of());

        assertThat(written.refusal()).contains("cannot use");
        assertThat(written.unusable()).isEmpty();
        assertThat(file.path()).doesNotExist();
        assertThat(checks()).isEqualTo(2);
    }
}
