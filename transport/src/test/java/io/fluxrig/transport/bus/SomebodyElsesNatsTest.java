package io.fluxrig.transport.bus;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a server that says what a nats-server says, with or without asking who connects. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SomebodyElsesNatsTest {
    private static final String ASKS = ",\"auth_required\":true,\"nonce\":\"nonce\"";

    /** What became of each connection. */
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    private ServerSocket door;
    private volatile String asks = "";

    @BeforeEach
    void open() throws IOException {
        door = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread serves = new Thread(this::serve, "a-nats");
        serves.setDaemon(true);
        serves.start();
    }

    @AfterEach
    void close() throws IOException {
        door.close();
    }

    @Test
    void shouldNotUseAServerThatAsksNobodyWhoHeIs() throws Exception {
        try (ControlBus bus = new ControlBus(settings(true))) {
            bus.start();

            assertThat(List.of(ends.take(), ends.take())).as("tried again").containsOnly("left");
            assertThat(bus.connections()).isZero();

            asks = ASKS;
            while (bus.connections() == 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void shouldLeaveAServerThatCameInThePlaceOfItsOwn() throws Exception {
        asks = ASKS;
        try (ControlBus bus = new ControlBus(settings(true))) {
            bus.start();
            while (bus.connections() == 0) {
                Thread.onSpinWait();
            }
            asks = "";
            drop();

            assertThat(List.of(ends.take(), ends.take())).containsExactly("dropped", "left");
        }
    }

    @Test
    void shouldUseWhateverServerThereIsWhereNoLoginIsDemanded() {
        try (ControlBus bus = new ControlBus(settings(false))) {
            bus.start();
            while (bus.connections() == 0) {
                Thread.onSpinWait();
            }
            assertThat(ends).isEmpty();
        }
    }

    private BusSettings settings(boolean mandatory) {
        BusLogin login = new BusLogin() {
            @Override
            public boolean mandatory() {
                return mandatory;
            }

            @Override
            public byte[] publicKey() {
                return new byte[KEY_LENGTH];
            }

            @Override
            public byte[] sign(byte[] nonce) {
                return new byte[64];
            }
        };
        String url = "nats://127.0.0.1:" + door.getLocalPort();
        return new BusSettings(List.of(url), "a test", "_INBOX.test", null, login, null, true);
    }

    private volatile Socket last;
    private volatile boolean dropping;

    private void drop() throws IOException {
        dropping = true;
        last.close();
    }

    private void serve() {
        while (!door.isClosed()) {
            try (Socket socket = door.accept()) {
                last = socket;
                say(
                        socket,
                        "INFO {\"server_id\":\"X\",\"server_name\":\"x\",\"version\":\"2.9.10\",\"proto\":1,\"headers\":true,"
                                + "\"max_payload\":1048576" + asks + "}\r\n");
                BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("PING")) {
                        say(socket, "PONG\r\n");
                    }
                }
                ends.add("left");
            } catch (IOException gone) {
                if (!door.isClosed()) {
                    ends.add(dropping ? "dropped" : "left");
                    dropping = false;
                }
            }
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }
}
