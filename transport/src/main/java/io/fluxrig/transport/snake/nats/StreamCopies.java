package io.fluxrig.transport.snake.nats;

import io.fluxrig.perf.clock.Clock;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On how many servers of NATS a stream is kept: as many as the settings say, else three where a cluster has them, and one until then. Every
 * method waits for the server. Any thread.
 */
final class StreamCopies {
    private static final Logger LOG = LoggerFactory.getLogger(StreamCopies.class);
    private static final int STREAM_NAME_IN_USE = 10058;
    private static final int INSUFFICIENT_STORAGE = 10047;
    /** Too few servers for so many copies; not a cluster. */
    private static final List<Integer> TOO_FEW = List.of(10005, 10074);

    /** Copies where the settings name no number. */
    private static final int REPLICAS = 3;

    static final long RAISE_NS = 15_000_000_000L;
    /** Who may not ask for more copies waits in vain, and a wire with it. */
    static final long REFUSED_NS = 3_600_000_000_000L;
    /** Who is not answered waits in vain as well, and a server that is busy or has no leader answers later: 16 min at most. */
    private static final int SILENCES_MAX = 6;

    private final JetStreamManagement management;
    private final String stream;
    private final int wanted;
    private final boolean fixed;
    private final Clock clock;
    private final Supplier<ServerInfo> server;
    private final ToLongFunction<String> refusals;
    private final AtomicLong raiseAtNs;
    /** Whether the stream is known to be on as many servers as it should. */
    private volatile boolean whole;
    /** Why it is not, as far as that was told; by whoever tries, one at a time. */
    private volatile String told = "";
    /** Times without an answer, one after the other; by whoever tries. */
    private volatile int silences;

    /**
     * @param replicas as in the settings, 0 for three where there are as many
     * @param server that there is a connection to now; of it is asked whether it is one of a cluster
     * @param refusals as {@link Bus#refusals}
     */
    StreamCopies(
            JetStreamManagement management,
            String stream,
            int replicas,
            Clock clock,
            Supplier<ServerInfo> server,
            ToLongFunction<String> refusals) {
        this.management = management;
        this.stream = stream;
        this.wanted = replicas > 0 ? replicas : REPLICAS;
        this.fixed = replicas > 0;
        this.clock = clock;
        this.server = server;
        this.refusals = refusals;
        this.raiseAtNs = new AtomicLong(clock.nanoTime());
    }

    /**
     * Makes the stream; null, or what is wrong. One that somebody else has made meanwhile will do. Where one was there before it is gone,
     * and with it on how many servers it was.
     *
     * @param onServers the stream with so many copies
     */
    String make(IntFunction<StreamConfiguration> onServers) {
        int first = isOfMany(server.get()) || fixed ? wanted : 1;
        whole = false;
        try {
            try {
                made(onServers.apply(first));
            } catch (JetStreamApiException refused) {
                if (fixed || first == 1 || !TOO_FEW.contains(refused.getApiErrorCode())) {
                    throw refused;
                }
                made(onServers.apply(1));
            }
            return null;
        } catch (JetStreamApiException refused) {
            return refused.getApiErrorCode() == STREAM_NAME_IN_USE ? null : words(refused);
        } catch (IOException | IllegalStateException gone) {
            return gone.toString();
        }
    }

    /** What a server reserves for streams it decides at its start: space that is made later is none for it. */
    private static String words(JetStreamApiException refused) {
        return refused.getApiErrorCode() != INSUFFICIENT_STORAGE
                ? refused.getMessage()
                : refused.getMessage()
                        + "; this does not go on by itself: set max_file_store in the jetstream block of nats-server's configuration to more"
                        + " than all its streams may hold, or make room on its disk, and restart nats-server";
    }

    private void made(StreamConfiguration asked) throws IOException, JetStreamApiException {
        management.addStream(asked);
        whole = asked.getReplicas() >= wanted;
        LOG.info("made the stream {} for {}, on {}", stream, asked.getSubjects().get(0), servers(asked.getReplicas()));
    }

    /**
     * A stream that was made while a server was missing, or before there was a cluster, would be gone with the only one that has it: it
     * is put on as many as it should be on, tried every 15 s by whoever comes first.
     */
    void raise() {
        long now = clock.nanoTime();
        long due = raiseAtNs.get();
        if (whole || now - due < 0 || !raiseAtNs.compareAndSet(due, now + RAISE_NS) || !isOfMany(server.get())) {
            return;
        }
        long refusedBefore = refused();
        try {
            StreamConfiguration there = management.getStreamInfo(stream).getConfiguration();
            silences = 0;
            if (there.getReplicas() < wanted) {
                management.updateStream(
                        StreamConfiguration.builder(there).replicas(wanted).build());
                LOG.info("NATS keeps the stream {} on {} from now on", stream, servers(wanted));
            }
            whole = true;
        } catch (JetStreamApiException refused) {
            stays(refused);
        } catch (IOException | IllegalStateException unanswered) {
            silent(now, refused() > refusedBefore, unanswered);
        }
    }

    private void silent(long now, boolean mayNotAsk, Exception unanswered) {
        long waitNs = mayNotAsk ? REFUSED_NS : RAISE_NS << silences;
        raiseAtNs.set(now + waitNs);
        silences = mayNotAsk ? 0 : Math.min(SILENCES_MAX, silences + 1);
        LOG.warn(
                "NATS was asked to keep the stream {} on {} and did not answer ({}){}; asked again in {} s",
                stream,
                servers(wanted),
                unanswered.getMessage(),
                mayNotAsk ? ": this rack may not publish to " + update() + " or $JS.API.STREAM.INFO." + stream : "",
                waitNs / 1_000_000_000L);
    }

    private String update() {
        return "$JS.API.STREAM.UPDATE." + stream;
    }

    /** How often the server has said that this rack may not ask. */
    private long refused() {
        return refusals.applyAsLong(update()) + refusals.applyAsLong("$JS.API.STREAM.INFO." + stream);
    }

    /** Too few servers for more copies will be more one day; whatever else is said once. */
    private void stays(JetStreamApiException refused) {
        String why = refused.getMessage();
        if (TOO_FEW.contains(refused.getApiErrorCode()) || why.equals(told)) {
            LOG.debug("the stream {} stays on the servers that it is on: {}", stream, why);
            return;
        }
        told = why;
        LOG.warn("the stream {} stays on the servers that it is on, and not on {}: {}", stream, servers(wanted), why);
    }

    private static String servers(int count) {
        return count == 1 ? "1 server" : count + " servers";
    }

    /** A server that stands alone takes more copies for granted, and answers nothing about them once it was restarted (2.9). */
    static boolean isOfMany(ServerInfo server) {
        return server != null
                && server.getCluster() != null
                && !server.getCluster().isEmpty();
    }
}
