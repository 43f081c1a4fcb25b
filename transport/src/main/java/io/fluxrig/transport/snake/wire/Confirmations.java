package io.fluxrig.transport.snake.wire;

import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.seal.Origin;
import io.fluxrig.transport.snake.seal.SnakeKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects what is to be confirmed and sends it, one message for each sender; lost ones are asked for again. One thread. */
final class Confirmations {
    private final SnakeKey key;
    private final Bus bus;
    private final Map<String, Batch> batches = new LinkedHashMap<>();

    private static final class Batch {
        private final Origin origin;
        private final long[] sequences = new long[Confirmation.COUNT_MAX];
        private int count;

        Batch(Origin origin) {
            this.origin = origin;
        }
    }

    Confirmations(SnakeKey key, Bus bus) {
        this.key = key;
        this.bus = bus;
    }

    void add(String rack, Origin origin, long sequence) {
        String subject = Confirmation.subject(rack, origin);
        Batch batch = batches.computeIfAbsent(subject, first -> new Batch(origin));
        batch.sequences[batch.count++] = sequence;
        if (batch.count == Confirmation.COUNT_MAX) {
            send(subject, batch);
            batches.remove(subject);
        }
    }

    void flush() {
        if (!batches.isEmpty()) {
            batches.forEach(this::send);
            batches.clear();
        }
    }

    private void send(String subject, Batch batch) {
        bus.publish(subject, null, null, Confirmation.write(key, batch.origin, batch.sequences, batch.count));
    }
}
