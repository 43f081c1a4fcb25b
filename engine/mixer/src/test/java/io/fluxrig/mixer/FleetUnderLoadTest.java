package io.fluxrig.mixer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Orders to a rack whose sockets have as much to do as they can take. */
class FleetUnderLoadTest extends FleetOfATest {
    private static final int ANSWERS = 5_000;
    private static final int AT_ONCE = 200;
    /** MTI, the bitmap that has field 11 alone, and that. */
    private static final String REQUEST = "0100" + "0020000000000000" + "000001";

    @Test
    void shouldObeyAKillAheadOfTheDataThatWaits() throws Exception {
        admitted("east");
        assertThat(outcome(scenario("1.0.0", DOOR), "1.0.0")).isEqualTo("changed");
        try (Flood flood = new Flood(doorPort)) {
            await("data flows", () -> flood.answered.get() >= ANSWERS);

            assertThat(order("kill", "").getBoolean("ok")).isTrue();

            long sent = flood.sent.get();
            flood.awaitEnd();
            assertThat(flood.answered.get()).as("while it flowed, and no more").isBetween((long) ANSWERS, sent);
        }
        awaitReason("kill");
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), doorPort).close())
                .as("nobody listens")
                .isInstanceOf(ConnectException.class);

        assertThat(order("resume", "").getBoolean("ok")).isTrue();
        awaitState("running");
        try (Flood flood = new Flood(doorPort)) {
            await("data flows again", () -> flood.answered.get() >= ANSWERS);
        }
    }

    /** Writes requests for as long as its connection takes them, and counts answers until there is an end of it. */
    private static final class Flood implements AutoCloseable {
        private final Socket socket;
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong answered = new AtomicLong();
        private final Thread writer = new Thread(this::write, "flood-write");
        private final Thread reader = new Thread(this::read, "flood-read");

        Flood(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            writer.start();
            reader.start();
        }

        private void write() {
            byte[] request = REQUEST.getBytes(StandardCharsets.US_ASCII);
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            for (int i = 0; i < AT_ONCE; i++) {
                block.write(0);
                block.write(request.length);
                block.writeBytes(request);
            }
            try {
                while (true) {
                    sent.addAndGet(AT_ONCE);
                    socket.getOutputStream().write(block.toByteArray());
                }
            } catch (IOException closed) {
                return; // what the kill is for
            }
        }

        private void read() {
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
                while (true) {
                    in.skipNBytes(in.readUnsignedShort());
                    answered.incrementAndGet();
                }
            } catch (IOException closed) {
                return; // as above
            }
        }

        void awaitEnd() throws InterruptedException {
            for (Thread each : new Thread[] {writer, reader}) {
                each.join(TimeUnit.SECONDS.toMillis(30));
                assertThat(each.isAlive()).as(each.getName()).isFalse();
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
