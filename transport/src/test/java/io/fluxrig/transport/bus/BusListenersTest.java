package io.fluxrig.transport.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What has come over a bus and no listener has taken, or the client has dropped. */
class BusListenersTest {
    private final BusListeners listeners = new BusListeners();
    /** Each time that somebody listens to one, over any connection. */
    private final List<String> subscribed = new CopyOnWriteArrayList<>();

    private Dispatcher dispatcher(long waiting, long dropped) {
        return (Dispatcher) Proxy.newProxyInstance(
                BusListenersTest.class.getClassLoader(),
                new Class<?>[] {Dispatcher.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "getPendingMessageCount" -> waiting;
                    case "getDroppedCount" -> dropped;
                    case "subscribe" -> {
                        subscribed.add((String) given[0]);
                        yield null;
                    }
                    default -> null;
                });
    }

    /** Each of its dispatchers has as much waiting, and has dropped as much. */
    private Connection connection(long waiting, long dropped) {
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
        listeners.move(connection(3, 1));
        listeners.listen("b", (subject, replyTo, body) -> {}, true);

        assertThat(listeners.waiting()).isEqualTo(6);
        assertThat(listeners.dropped()).isEqualTo(2);
    }

    /** A counter does not go back. */
    @Test
    void shouldCountWhatWasDroppedOverConnectionsOfBeforeToo() {
        listeners.move(connection(3, 5));

        listeners.move(connection(1, 2));

        assertThat(listeners.waiting()).isEqualTo(1);
        assertThat(listeners.dropped()).isEqualTo(7);
    }

    /** Whatever came was dealt with twice. */
    @Test
    void shouldListenOnceToWhatIsAskedForAsAConnectionIsMade() throws Exception {
        listeners.listen("a", (subject, replyTo, body) -> {}, false);
        AtomicReference<Thread> meanwhile = new AtomicReference<>();

        listeners.move((Connection) Proxy.newProxyInstance(
                BusListenersTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, given) -> {
                    Thread asking = new Thread(() -> listeners.listen("b", (subject, replyTo, body) -> {}, false));
                    asking.start();
                    meanwhile.set(asking);
                    return dispatcher(0, 0);
                }));

        meanwhile.get().join(10_000);
        assertThat(subscribed).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void shouldStayWithTheConnectionThatItHasWhereTheNextIsClosedAlready() {
        listeners.listen("a", (subject, replyTo, body) -> {}, false);
        listeners.move(connection(3, 1));
        Connection closed = (Connection) Proxy.newProxyInstance(
                BusListenersTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, given) -> {
                    throw new IllegalStateException("closed");
                });

        assertThatThrownBy(() -> listeners.move(closed)).isInstanceOf(IllegalStateException.class);
        listeners.listen("b", (subject, replyTo, body) -> {}, true);

        assertThat(subscribed).containsExactly("a", "b");
        assertThat(listeners.waiting()).isEqualTo(6);
        assertThat(listeners.dropped()).isEqualTo(2);
    }
}
