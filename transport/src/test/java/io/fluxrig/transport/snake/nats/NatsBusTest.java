package io.fluxrig.transport.snake.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.perf.clock.VirtualClock;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ServerInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a bus does with a connection that was made; {@code SnakeLaneIT} has it with a server. */
class NatsBusTest {
    private final SnakeSettings settings =
            new SnakeSettings(List.of("nats://127.0.0.1:1"), null, null, null, "east", 0, 1 << 20, 16, 1, 1, 1);
    private final NatsBus bus = new NatsBus(settings, new VirtualClock());
    private final List<String> done = new ArrayList<>();
    private String breaksAt = "";
    private Connection.Status status = Connection.Status.CONNECTED;

    @AfterEach
    void connectNoMore() {
        Awaitility.await().until(() -> connecting() == 0);
    }

    private Object answer(Method method) throws IOException {
        done.add(method.getName());
        if (method.getName().equals(breaksAt)) {
            throw new IOException("as a test wants it");
        }
        if (method.getReturnType() == ServerInfo.class) {
            return new ServerInfo("{\"server_name\":\"one\"}");
        }
        if (method.getReturnType() == Connection.Status.class) {
            return status;
        }
        if (method.getReturnType() == long.class) {
            return 1000L; // its max_payload
        }
        return method.getReturnType() == Dispatcher.class && !method.getName().equals("subscribe")
                ? fake(Dispatcher.class)
                : null;
    }

    private <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> answer(method)));
    }

    @Test
    void shouldCloseAConnectionThatItCannotUse() {
        breaksAt = "jetStreamManagement";
        bus.listen("inbox.*", message -> done.add("came"));
        assertThatThrownBy(() -> bus.begin(fake(Connection.class)))
                .isInstanceOf(IOException.class)
                .hasMessage("as a test wants it");
        assertThat(done).contains("close");
        assertThat(bus.connection()).isEqualTo(Bus.DOWN);
    }

    /** As where a mixer that lost its registry has let the rack in again: its wires stayed dead until it was started again. */
    @Test
    void shouldConnectAnewWhereItsClientHasGivenUp() throws Exception {
        Connection made = fake(Connection.class);
        bus.begin(made);
        assertThat(bus.connection()).isNotEqualTo(Bus.DOWN);

        bus.onEvent(fake(Connection.class), ConnectionListener.Events.CLOSED);
        assertThat(bus.connection()).as("another one was closed").isNotEqualTo(Bus.DOWN);
        assertThat(connecting()).isZero();
        bus.onEvent(made, ConnectionListener.Events.CLOSED);

        assertThat(bus.connection()).isEqualTo(Bus.DOWN);
        assertThat(connecting()).isEqualTo(1);
        bus.close();
    }

    /** Its end came between the connecting and the use: no event told it any more. */
    @Test
    void shouldConnectAnewWhereItsClientHadGivenUpBefore() throws Exception {
        status = Connection.Status.CLOSED;
        Connection made = fake(Connection.class);
        bus.begin(made);
        assertThat(bus.connection()).isEqualTo(Bus.DOWN);

        bus.onEvent(made, ConnectionListener.Events.CLOSED);
        assertThat(connecting()).as("once").isEqualTo(1);
        bus.close();
    }

    /** As where the client has given up while a rack made its bucket: it asked a closed connection until the next one. */
    @Test
    void shouldAskForABucketOverTheConnectionThatThereIs() throws Exception {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        bus.begin(managed("old", () -> meanwhile.get().run()));
        Thread anew = new Thread(() -> beginWith("new"), "begins-anew");
        meanwhile.set(() -> {
            anew.start();
            while (anew.getState() != Thread.State.BLOCKED && anew.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
            }
        });

        bus.ensureBucket("tickets", Duration.ofSeconds(1));
        anew.join(TimeUnit.SECONDS.toMillis(10));

        assertThat(bus.ensureBucket("tickets", Duration.ofSeconds(1)).fault()).contains("asked the new one");
    }

    private void beginWith(String name) {
        try {
            bus.begin(managed(name, () -> {}));
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /** A connection over which streams are asked for in vain. */
    private Connection managed(String name, Runnable asked) {
        InvocationHandler inVain = (self, method, arguments) -> {
            throw new IOException("asked the " + name + " one");
        };
        ClassLoader loader = Connection.class.getClassLoader();
        JetStreamManagement management = (JetStreamManagement)
                Proxy.newProxyInstance(loader, new Class<?>[] {JetStreamManagement.class}, inVain);
        return (Connection)
                Proxy.newProxyInstance(loader, new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (!method.getName().equals("jetStreamManagement")) {
                        return answer(method);
                    }
                    asked.run();
                    return management;
                });
    }

    /** Its client counts the body alone, and lets pass what costs the connection. */
    @Test
    void shouldCountWhatStandsBesideABodyAgainstThePayloadThatTheServerTakes() throws Exception {
        assertThat(bus.bodyMax()).isEqualTo(Long.MAX_VALUE);
        bus.begin(fake(Connection.class));
        assertThat(bus.bodyMax()).isBetween(800L, 900L);
    }

    /** Each message has a subject of its own for its acknowledgement: after a thousand no other refusal was heard of. */
    @Test
    void shouldCountAllRefusedAcknowledgementsAsOneSubject() {
        for (int message = 0; message < 2000; message++) {
            bus.heard("Permissions Violation for Publish to \"$JS.ACK.flux-msg.west+in.1." + message + ".1.1.0\"");
            bus.heard("Permissions Violation for Publish to \"flux.confirm.east." + message + "\"");
        }
        bus.heard("Permissions Violation for Publish to \"flux.msg.west.encode.in\"");
        bus.heard("something else");

        assertThat(bus.refusals(Bus.ACK)).isEqualTo(2000);
        assertThat(bus.refusals(Bus.CONFIRM)).isEqualTo(2000);
        assertThat(bus.refusals("flux.msg.west.encode.in")).isEqualTo(1);
    }

    private static long connecting() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("snake-connect"))
                .count();
    }
}
