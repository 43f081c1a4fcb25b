package io.fluxrig.bench.snake;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** The NATS client by itself: finished bytes under an id of their own, so many in flight, each acknowledged by the stream. */
final class BarePublisher implements Carrier {
    static final String STREAM = "bare";
    static final String SUBJECTS = "bare.>";

    /** As long as the subject and the ids of a wire. */
    private static final String SUBJECT = "bare.msg.bench.gear.in";

    private static final String ID = "0123456789abcdef0123456789abcdef-";

    private final JetStream stream;
    private final byte[] body;
    private final int inFlightMax;
    private final Deque<CompletableFuture<PublishAck>> underWay = new ArrayDeque<>();
    private long number;

    BarePublisher(Connection connection, byte[] body, int inFlightMax) throws IOException {
        this.stream = connection.jetStream();
        this.body = body;
        this.inFlightMax = inFlightMax;
    }

    @Override
    public void carry(int count) {
        for (int i = 0; i < count; i++) {
            if (underWay.size() == inFlightMax) {
                underWay.remove().join();
            }
            underWay.add(stream.publishAsync(SUBJECT, new Headers().put("Nats-Msg-Id", ID + ++number), body));
        }
        while (!underWay.isEmpty()) {
            underWay.remove().join();
        }
    }

    /** The connection is the benchmark's. */
    @Override
    public void close() {}
}
