package io.fluxrig.mixer.tail;

import io.fluxrig.engine.fault.FailureWords;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.perf.count.Counter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells readers what happens, a JSON object on each line, until they go. At most {@value #READERS_MAX} read; each leaves
 * {@value #UNREAD_MAX} bytes unread at most, and is cut off with a line that says so where there would be more. The desk is asked for
 * news once a second while anybody reads, and an empty line goes to each every {@value #STILL_TURNS} s.
 *
 * <p>Any thread begins a reader; all else is done on one event loop of its own choice.
 */
public final class Feed {
    /** Readers at a time. */
    static final int READERS_MAX = 32;

    /** Bytes that a reader leaves unread. */
    static final int UNREAD_MAX = 64 << 10;

    /** Turns after which an empty line says that the connection lives: less than a connection of the API may be idle. */
    static final int STILL_TURNS = 15;

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final String TYPE = "application/jsonl";
    private static final long TURN_MS = 1_000;

    private final FleetWatch watch;
    private final Desk desk;
    private final BooleanSupplier leads;
    private final Vertx vertx;
    private final Context loop;
    private final long turnMs;
    private final Set<Reader> readers = new LinkedHashSet<>();
    /** Places; written by the desk and the loop. */
    private final AtomicInteger taken = new AtomicInteger();

    private final Counter cutOff = new Counter();
    private long timer;
    private boolean asking;
    private int turns;

    /** @param leads whether this mixer decides; readers are sent elsewhere when it does not any more */
    public Feed(FleetWatch watch, Desk desk, BooleanSupplier leads, Vertx vertx, RackMetrics metrics) {
        this(watch, desk, leads, vertx, metrics, TURN_MS);
    }

    Feed(FleetWatch watch, Desk desk, BooleanSupplier leads, Vertx vertx, RackMetrics metrics, long turnMs) {
        this.turnMs = turnMs;
        this.watch = watch;
        this.desk = desk;
        this.leads = leads;
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        metrics.level("mixer_tail_readers", "Who reads what happens.", taken::get);
        metrics.counter(
                "mixer_tail_cut_off_total", "Readers of what happens that were cut off for being slow.", cutOff::get);
    }

    /** One response; each is another, whatever it says of itself. */
    private static final class Reader {
        /** Only what is about that one; empty for everything. */
        private final String rack;

        private final HttpServerResponse to;

        Reader(String rack, HttpServerResponse to) {
            this.rack = rack;
            this.to = to;
        }
    }

    /**
     * Begins to tell a reader, first what has happened before; fails as {@link Desk#ask}, with the response untouched.
     *
     * @param rack only what is about that one; empty for everything
     * @param last how many things that have happened at most
     */
    public CompletableFuture<Void> begin(String rack, int last, HttpServerResponse to) {
        return desk.ask(() -> {
            if (taken.get() >= READERS_MAX) {
                throw RefusedException.conflict(
                        "readers=" + taken.get() + " max=" + READERS_MAX + ": end one, or ask /api/v1/audit");
            }
            // in this order, in one turn of the desk: nothing is told twice, or not at all
            handOver(watch.allNews());
            List<Happening> first = watch.last(rack, last);
            taken.incrementAndGet();
            loop.runOnContext(now -> add(new Reader(rack, to), first));
            return null;
        });
    }

    private void add(Reader reader, List<Happening> first) {
        if (!answered(reader, first)) {
            taken.decrementAndGet();
            return;
        }
        readers.add(reader);
        if (readers.size() == 1) {
            timer = vertx.setPeriodic(turnMs, turn -> turn());
        }
    }

    /** Whether a reader has its answer; not one that is gone, or was told meanwhile that the desk did not come to it in time. */
    private boolean answered(Reader reader, List<Happening> first) {
        HttpServerResponse to = reader.to;
        if (to.closed() || to.ended() || to.headWritten()) {
            return false;
        }
        try {
            to.closeHandler(gone -> loop.runOnContext(now -> remove(reader)));
            to.putHeader(HttpHeaders.CONTENT_TYPE, TYPE).setChunked(true).setWriteQueueMaxSize(UNREAD_MAX);
            // also where there is nothing yet, so that the reader has its answer
            to.write(first.isEmpty() ? still() : lines(first));
            return true;
        } catch (IllegalStateException toldMeanwhile) {
            LOG.debug("a reader of what happens was answered otherwise: {}", toldMeanwhile.getMessage());
            return false;
        }
    }

    private void remove(Reader reader) {
        if (readers.remove(reader)) {
            taken.decrementAndGet();
            if (readers.isEmpty()) {
                vertx.cancelTimer(timer);
            }
        }
    }

    private void turn() {
        turns++;
        if (!leads.getAsBoolean()) {
            new ArrayList<>(readers).forEach(each -> end(each, "this mixer does not lead any more; ask again"));
            return;
        }
        if (turns % STILL_TURNS == 0) {
            tellEach(reader -> still());
        }
        if (asking) {
            return; // the desk has much to do
        }
        asking = true;
        CompletableFuture<Void> told = desk.ask(() -> {
            handOver(watch.news());
            return null;
        });
        Future.fromCompletionStage(told, loop).onComplete(done -> asking = false);
    }

    /** From the desk, also where its answer is late: nothing is news a second time. */
    private void handOver(List<Happening> news) {
        loop.runOnContext(now -> tell(news));
    }

    private void tell(List<Happening> news) {
        tellEach(reader -> {
            List<Happening> its = news.stream()
                    .filter(each -> reader.rack.isEmpty() || each.rack().equals(reader.rack))
                    .toList();
            return its.isEmpty() ? null : lines(its);
        });
    }

    /** @param words for a reader, null for none */
    private void tellEach(Function<Reader, Buffer> words) {
        for (Reader each : new ArrayList<>(readers)) {
            try {
                tellOne(each, words.apply(each));
            } catch (RuntimeException untold) {
                // that one alone: others wait behind it
                LOG.warn("a reader of what happens is told no more: {}", FailureWords.of(untold), untold);
                remove(each);
                reset(each);
            }
        }
    }

    /** So that who reads knows, and asks again: nothing more comes. */
    private static void reset(Reader reader) {
        try {
            reader.to.reset();
        } catch (RuntimeException gone) {
            LOG.debug("the connection of a reader of what happens was not closed: {}", FailureWords.of(gone));
        }
    }

    private void tellOne(Reader reader, Buffer words) {
        if (words != null && reader.to.writeQueueFull()) {
            cutOff.increment();
            end(reader, "cut off: more than " + UNREAD_MAX + " bytes were not read; read faster, or of one rack");
        } else if (words != null) {
            reader.to.write(words);
        }
    }

    private void end(Reader reader, String why) {
        remove(reader);
        if (!reader.to.ended()) {
            reader.to.end(new JsonObject().put("kind", "end").put("text", why).encode() + "\n");
        }
    }

    private static Buffer still() {
        return Buffer.buffer("\n");
    }

    private static Buffer lines(List<Happening> happenings) {
        Buffer lines = Buffer.buffer();
        for (Happening each : happenings) {
            JsonObject shown = new JsonObject()
                    .put("at", Instant.ofEpochMilli(each.atMs()).toString())
                    .put("kind", each.kind());
            if (!each.rack().isEmpty()) {
                shown.put("rack", each.rack());
            }
            lines.appendString(shown.put("text", each.text()).encode()).appendString("\n");
        }
        return lines;
    }
}
