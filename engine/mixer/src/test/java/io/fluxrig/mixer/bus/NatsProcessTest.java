package io.fluxrig.mixer.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.engine.passport.PassportException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class NatsProcessTest {
    @TempDir
    Path folder;

    /** Debian's nats-server listens there once it is installed, for whoever comes. */
    @Test
    void shouldNotStartWhereSomebodyElseListens() throws Exception {
        Path program = Files.writeString(folder.resolve("server"), "#!/bin/sh\nexec sleep 60\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                NatsProcess process = new NatsProcess(
                        new ServerSettings(
                                program, folder, new Address("127.0.0.1", other.getLocalPort()), new byte[0], "", null),
                        folder.resolve("nats.conf"))) {
            assertThatThrownBy(process::begin)
                    .isInstanceOf(PassportException.class)
                    .hasMessageContainingAll(
                            "snake.bind: nats-server cannot listen on 127.0.0.1:" + other.getLocalPort(),
                            "(process " + ProcessHandle.current().pid(),
                            "systemctl disable --now nats-server");
        }
    }

    /** A terminal's Ctrl-C goes to every process of a group. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldStartAServerOutOfReachOfATerminalsCtrlC() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")));
        Path said = folder.resolve("said");
        Path program = folder.resolve("server");
        Files.writeString(program, """
                #!/bin/sh
                read -r pid name state parent group rest </proc/self/stat
                echo "$pid $group" >said.tmp && mv said.tmp said
                exec sleep 60
                """.replace("said", said.toString()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));

        try (NatsProcess process = new NatsProcess(
                new ServerSettings(program, folder, new Address("", FreePort.onLoopback()), new byte[0], "", null),
                folder.resolve("nats.conf"))) {
            process.begin();
            while (!Files.exists(said)) {
                Thread.onSpinWait();
            }
            String[] its = Files.readString(said).strip().split(" ", -1);
            assertThat(its[1]).as("its group").isEqualTo(its[0]);
            assertThat(ProcessHandle.current().children())
                    .as("is the process that was started")
                    .anyMatch(child -> child.pid() == Long.parseLong(its[0]));
        }
    }
}
