package io.fluxrig.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PortOwnerTest {
    @TempDir
    Path proc;

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldNameTheProcessThatListens() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(PortOwner.of(socket.getLocalPort()))
                    .startsWith(" (process " + ProcessHandle.current().pid() + ", ");
        }
    }

    @Test
    void shouldSayNothingWhereNobodyListensOrTheSystemDoesNotTell() throws IOException {
        assertThat(PortOwner.of(FreePort.onLoopback())).isEmpty();
        assertThat(PortOwner.of(8090, proc)).isEmpty();
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net/tcp"), "  sl  local_address\n rubbish\n");
        assertThat(PortOwner.of(8090, proc)).isEmpty();
    }

    @Test
    void shouldFindTheHolderOfTheSocketOnThatPort() throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net/tcp"), """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 0100007F:1F9A 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 77 1
                   1: 0100007F:1F9A 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 42 1
                """);
        process("10", "peer", "socket:[77]");
        process("4711", "java", "socket:[42]");

        assertThat(PortOwner.of(8090, proc)).isEqualTo(" (process 4711, java)");
        assertThat(PortOwner.of(8091, proc)).isEmpty();
    }

    private void process(String pid, String name, String link) throws IOException {
        Path fd = Files.createDirectories(proc.resolve(pid).resolve("fd"));
        Files.createSymbolicLink(fd.resolve("3"), Path.of(link));
        Files.writeString(proc.resolve(pid).resolve("comm"), name + "\n");
    }
}
