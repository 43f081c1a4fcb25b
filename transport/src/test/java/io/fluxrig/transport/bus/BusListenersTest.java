package io.fluxrig.transport.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** What has come over a bus and no listener has taken, or the client has dropped. */
class BusListenersTest {
    private final BusListeners listeners = new BusListeners();

    private static Dispatcher dispatcher(long waiting, long dropped) {
        return (Dispatcher) Proxy.newProxyInstance(
                BusListenersTest.class.getClassLoader(),
                new Class<?>[] {Dispatcher.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "getPendingMessageCount" -> waiting;
                    case "getDroppedCount" -> dropped;
                    default -> null;
                });
    }

    /** Each of its dispatchers has as much waiting, and has dropped as much. */
    private static Connection connection(long waiting, long dropped) {
        return (Connection) Proxy.newProxyInstance(
                BusListenersTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, given) ->
                        method.getName().equals("createDispatcher") ? dispatcher(waiting, dropped) : null);
    }

    @Test
    void shouldHaveNothingWaitingWithoutAConnection() {
        listeners.listen("a", (subject, replyTo, body) -> {}, true);

        assertThat(listeners.waiting()).isZero();
        assertThat(listeners.dropped()).isZero();
    }

    @Test
    void shouldCountWhatWaitsForAllThatListenTogetherAndApart() {
        listeners.listen("a", (subject, replyTo, body) -> {}, false);
        listeners.take(connection(3, 1));
        listeners.subscribe();
        listeners.listen("b", (subject, replyTo, body) -> {}, true);

        assertThat(listeners.waiting()).isEqualTo(6);
        assertThat(listeners.dropped()).isEqualTo(2);
    }

    /** A counter does not go back. */
    @Test
    void shouldCountWhatWasDroppedOverConnectionsOfBeforeToo() {
        listeners.take(connection(3, 5));
        listeners.subscribe();

        listeners.take(connection(1, 2));
        listeners.subscribe();

        assertThat(listeners.waiting()).isEqualTo(1);
        assertThat(listeners.dropped()).isEqualTo(7);
    }
}
