package io.fluxrig.mixer.bus;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a nats-server of the mixer's own can make and keep streams, which wires between racks need. nats-server 2.9.10 answers nothing about
 * streams any more once its disk was full, until it is started again. Any thread.
 */
final class StreamWatch {
    /** Asked for that it tells of all of its streams. */
    static final String QUESTION = "$JS.API.INFO";

    private static final Logger LOG = LoggerFactory.getLogger(StreamWatch.class);
    /** One answer may be late, or be lost with a connection. */
    private static final int SILENT_MAX = 2;

    private int silent;
    private boolean able = true;

    synchronized boolean able() {
        return able;
    }

    /** Asks, and returns at once. */
    void look(Supplier<CompletableFuture<byte[]>> ask) {
        ask.get().thenAccept(answer -> heard(fault(answer))).exceptionally(unanswered -> {
            LOG.debug("nats-server does not tell of its streams: {}", unanswered.toString());
            heard(null);
            return null;
        });
    }

    /** @param fault what it says against streams, empty for nothing, null where it says nothing */
    private synchronized void heard(String fault) {
        silent = fault == null ? silent + 1 : 0;
        if (fault == null && silent < SILENT_MAX) {
            return;
        }
        boolean now = "".equals(fault);
        if (able && !now) {
            LOG.error(
                    "nats-server keeps no streams now ({}), so wires between racks carry nothing: where its disk is full, or was,"
                            + " free space there and end it (kill -9 the process in nats/nats.pid: it keeps what it has acknowledged), and"
                            + " the mixer starts it again",
                    fault == null ? "it does not answer about them" : fault);
        } else if (!able && now) {
            LOG.warn("nats-server keeps streams again");
        }
        able = now;
    }

    private static String fault(byte[] answer) {
        try {
            JsonObject error = new JsonObject(new String(answer, StandardCharsets.UTF_8)).getJsonObject("error");
            return error == null ? "" : String.valueOf(error.getString("description"));
        } catch (DecodeException | ClassCastException none) {
            return null;
        }
    }
}
