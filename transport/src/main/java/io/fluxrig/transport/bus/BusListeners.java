package io.fluxrig.transport.bus;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who listens to what comes over a bus, whichever connection it has, and what they have not taken yet. Any thread; listeners are called on one
 * thread of the client, those that listen apart on one each.
 */
final class BusListeners {
    private static final Logger LOG = LoggerFactory.getLogger(BusListeners.class);
    /** Messages that listeners have not taken yet; the client drops more, and says so. */
    private static final int WAITING_MAX = 65_536;

    private static final long WAITING_BYTES_MAX = 64L << 20;

    /** Of a subject that is listened to apart: short messages. */
    private static final long APART_BYTES_MAX = 16L << 20;

    private final Map<String, Listening> listeners = new LinkedHashMap<>();
    private final List<Dispatcher> dispatchers = new ArrayList<>();
    /** Over connections of before. */
    private long dropped;

    /** Null before there is one. */
    private Connection connection;

    /** Of all that do not listen apart. */
    private Dispatcher shared;

    private record Listening(BusListener listener, boolean apart) {}

    /** Listens to a subject from now on, also over connections to come. */
    synchronized void listen(String subject, BusListener listener, boolean apart) {
        Listening how = new Listening(listener, apart);
        listeners.put(subject, how);
        if (shared != null) {
            subscribe(subject, how);
        }
    }

    /**
     * All listen over a connection that was made, and none over the one before. Where the client makes no dispatcher for it, things are as
     * they were.
     *
     * @throws IllegalStateException if it is closed already
     */
    synchronized void move(Connection made) {
        Dispatcher first = dispatcher(made, WAITING_BYTES_MAX);
        dropped += sum(Dispatcher::getDroppedCount);
        dispatchers.clear();
        dispatchers.add(first);
        connection = made;
        shared = first;
        listeners.forEach(this::subscribe);
    }

    private void subscribe(String subject, Listening how) {
        Dispatcher on = shared;
        if (how.apart()) {
            on = dispatcher(connection, APART_BYTES_MAX);
            dispatchers.add(on);
        }
        on.subscribe(subject, message -> hand(how.listener(), message));
    }

    private static Dispatcher dispatcher(Connection of, long bytesMax) {
        Dispatcher made = of.createDispatcher();
        made.setPendingLimits(WAITING_MAX, bytesMax);
        return made;
    }

    /** What a listener lets out must not end the client's thread. */
    private static void hand(BusListener listener, Message message) {
        byte[] body = message.getData() == null ? new byte[0] : message.getData();
        try {
            listener.take(message.getSubject(), message.getReplyTo(), body);
        } catch (RuntimeException e) {
            LOG.error("a message on {} was not dealt with: {}", message.getSubject(), e.toString());
        }
    }

    /** Messages that have come and no listener has taken. */
    synchronized long waiting() {
        return sum(Dispatcher::getPendingMessageCount);
    }

    /** Messages that the client dropped, for too many waited. */
    synchronized long dropped() {
        return dropped + sum(Dispatcher::getDroppedCount);
    }

    private long sum(ToLongFunction<Dispatcher> count) {
        return dispatchers.stream().mapToLong(count).sum();
    }
}
