package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.fault.SocketReason;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.LinkReport;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.net.NameLookups;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * Keeps this strip's share of a client's links up: link i belongs to strip {@code (ordinal + i) % strips}. A link that
 * fails is dialled again after a tenth of {@code reconnect_wait}, then after twice as long each time up to the whole of
 * it, a quarter more or less by chance, so that a thousand racks do not return in the same instant. Strip thread only.
 */
final class Dialer {
    private static final int FIRST_WAIT_SHARE = 10;
    private static final int DOUBLINGS_MAX = 4;

    private final GearContext context;
    private final IoSettings settings;
    private final Attempt attempt;
    private final Timers.Source timer;
    private final SplittableRandom jitter;
    private final int[] failures;
    private final Outages outages;
    private final Comings comings;
    private final LinkReport report;
    /** Links that wait for the address of the host's name. */
    private final BitSet unnamed = new BitSet();
    /** Whether the name service is being asked. */
    private boolean asking;

    private boolean stopped;

    /** Starts one attempt; the outcome comes back through {@link #up} or {@link #failed}, or as what it throws. */
    @FunctionalInterface
    interface Attempt {
        void connect(int link, InetSocketAddress peer);
    }

    /** @param report is told why links cannot be had */
    Dialer(GearContext context, IoSettings settings, LinkReport report, Attempt attempt) {
        this.context = context;
        this.settings = settings;
        this.attempt = attempt;
        timer = context.timers().source((nowNs, link) -> dial((int) link));
        jitter = new SplittableRandom(context.ids().next());
        failures = new int[settings.connections()];
        outages = new Outages(settings.connections());
        comings = new Comings(settings.connections());
        this.report = report;
    }

    /** Dials every link of this strip. */
    void start() {
        for (int link = 0; link < settings.connections(); link++) {
            if ((context.ordinal() + link) % context.stripCount() == context.strip()) {
                dial(link);
            }
        }
    }

    /** No further attempts. */
    void stop() {
        stopped = true;
    }

    void up(int link) {
        failures[link] = 0;
        String after = outages.over(link, context.clock().nanoTime());
        if (!after.isEmpty() || comings.tellsUp(link)) {
            context.log().info("link {} to {} is up{}", link, settings.address(), after);
        }
    }

    /**
     * A link that was up is closed: what stands behind the line about it, null if none is due.
     *
     * @param reason for which it is
     * @param cause in words, empty for none
     */
    String closed(int link, String reason, String cause) {
        report.trouble("closed at once: " + reason + (cause.isEmpty() ? "" : ": " + cause));
        long nowNs = context.clock().nanoTime();
        return comings.closed(link, reason, nowNs) ? comings.soFar(link, reason, nowNs) : null;
    }

    /** An attempt failed: tries again later. */
    void failed(int link, String reason) {
        report.trouble(reason);
        long nowNs = context.clock().nanoTime();
        if (!stopped && outages.failed(link, nowNs)) {
            context.log()
                    .warn(
                            "link {} to {} cannot be had: {}; trying on{}",
                            link,
                            settings.address(),
                            reason,
                            outages.soFar(link, nowNs));
        }
        down(link);
    }

    /** The link is down: tries again later. */
    void down(int link) {
        if (stopped) {
            return;
        }
        long wait = settings.reconnectWaitNs();
        int doublings = Math.min(failures[link], DOUBLINGS_MAX);
        long backoff = Math.min(wait, wait / FIRST_WAIT_SHARE << doublings);
        long spread = Math.max(1, backoff / 2);
        failures[link]++;
        long at = context.clock().nanoTime() + backoff - spread / 2 + jitter.nextLong(spread);
        if (timer.schedule(at, link) == Timers.FULL) {
            context.log().error("link {} stays down: the strip's timer wheel is full; raise rack.max_timers", link);
        }
    }

    private void dial(int link) {
        if (stopped) {
            return;
        }
        Address address = settings.address();
        if (literal(address.host())) {
            connect(link, resolve(address));
        } else {
            unnamed.set(link);
            if (!asking) {
                asking = true;
                NameLookups.ask(() -> lookUp(address));
            }
        }
    }

    /** Off the strip: name services are slow. One question serves all links that wait. */
    private void lookUp(Address address) {
        InetSocketAddress peer;
        try {
            peer = resolve(address);
        } catch (RuntimeException | LinkageError failed) { // nobody looks at what this thread throws
            onStrip(link -> failed(link, SocketReason.of(failed)));
            return;
        }
        onStrip(link -> connect(link, peer));
    }

    private void onStrip(IntConsumer eachLink) {
        context.sockets().eventLoop().execute(() -> {
            asking = false;
            int[] links = unnamed.stream().toArray();
            unnamed.clear();
            Arrays.stream(links).forEach(eachLink);
        });
    }

    private static boolean literal(String host) {
        return host.contains(":") || host.matches("[0-9.]+");
    }

    private static InetSocketAddress resolve(Address address) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address.host()), address.port());
        } catch (UnknownHostException unknown) {
            return null; // told on the strip
        }
    }

    private void connect(int link, InetSocketAddress peer) {
        if (peer == null) {
            failed(link, "no such host");
        } else if (!stopped) {
            try {
                attempt.connect(link, peer);
            } catch (RuntimeException | LinkageError failed) { // a link that nobody tries again is down until a restart
                failed(link, SocketReason.of(failed));
            }
        }
    }
}
