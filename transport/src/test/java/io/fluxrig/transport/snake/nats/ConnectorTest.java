package io.fluxrig.transport.snake.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.bus.TlsTrouble;
import io.nats.client.Connection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectorTest {
    private final SnakeSettings settings =
            new SnakeSettings(List.of("nats://127.0.0.1:1"), null, null, null, "east", 0, 1 << 20, 16, 1, 1, 1);
    private final BlockingQueue<String> dialled = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    private volatile Throwable fault;
    private volatile Throwable unusable;
    private final Connector connector =
            new Connector(settings, new TlsTrouble(), new VirtualClock(), this::dial, this::begin);

    private Connection dial() {
        dialled.add(Thread.currentThread().getName());
        Throwable now = fault;
        fault = null;
        if (now instanceof Error error) {
            throw error;
        }
        return null;
    }

    private void begin(Connection made) {
        Throwable now = unusable;
        unusable = null;
        if (now instanceof RuntimeException fails) {
            throw fails;
        }
        begun.add("begun");
    }

    @AfterEach
    void connectNoMore() {
        connector.close();
    }

    private String next(BlockingQueue<String> of) throws InterruptedException {
        return of.poll(20, TimeUnit.SECONDS);
    }

    /** As where no native thread can be had for the client: its thread ended, and nobody began another. */
    @Test
    void shouldTryAgainAfterAnError() throws Exception {
        fault = new OutOfMemoryError("as a test wants it");
        connector.want();
        assertThat(next(begun)).isNotNull();
        assertThat(dialled).hasSize(2);
    }

    @Test
    void shouldTryAgainWhereAConnectionCannotBeUsed() throws Exception {
        unusable = new IllegalArgumentException("as a test wants it");
        connector.want();
        assertThat(next(begun)).isNotNull();
        assertThat(dialled).hasSize(2);
    }

    /** One that is to be made when there are no threads left needs none. */
    @Test
    void shouldMakeEachConnectionThatIsWantedOnOneThread() throws Exception {
        connector.want();
        assertThat(next(begun)).isNotNull();
        assertThat(dialled).hasSize(1);
        connector.want();
        assertThat(next(begun)).isNotNull();
        assertThat(dialled).containsExactly("snake-connect", "snake-connect");
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("snake-connect"))
                .hasSize(1);
    }
}
