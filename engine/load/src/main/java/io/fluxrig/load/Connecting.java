package io.fluxrig.load;

import io.fluxrig.engine.fault.SocketReason;
import io.fluxrig.load.net.Descriptors;
import io.fluxrig.load.net.LoadLoop;
import io.fluxrig.load.report.Figures;
import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Opens the connections of a run, all of them or none, and says why not. Blocks its caller. */
final class Connecting {
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int CAUSES_MAX = 16;
    private static final String DESCRIPTORS_GONE = "too many open files";
    private static final String REFUSED = "connection refused";

    private final LoadPlan plan;
    private final List<LoadLoop> loops;
    private final String where;

    Connecting(LoadPlan plan, List<LoadLoop> loops) {
        this.plan = plan;
        this.loops = loops;
        this.where = plan.target().getHostString() + ":" + plan.target().getPort();
    }

    /**
     * Waits for all connections, signed on if asked, as long as the plan allows.
     *
     * @param meanwhile called about four times a second, on this thread
     */
    void run(Runnable meanwhile) throws LoadException {
        int connections = plan.wire().connections();
        if (Descriptors.free() < connections) {
            throw new LoadException(tooFew());
        }
        CompletableFuture<Void> all = begin();
        long untilNs = System.nanoTime() + plan.wire().connectTimeoutNs();
        boolean connected = false;
        while (!connected) {
            meanwhile.run();
            long leftNs = untilNs - System.nanoTime();
            if (leftNs <= 0) {
                throw new LoadException(tooSlow());
            }
            connected = awaited(all, Math.min(LOOK_NS, leftNs));
        }
    }

    private CompletableFuture<Void> begin() {
        List<CompletableFuture<Void>> connected = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            List<Integer> numbers = new ArrayList<>();
            for (int number = i; number < plan.wire().connections(); number += loops.size()) {
                numbers.add(number + 1);
            }
            connected.add(loops.get(i).connect(numbers));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(connected.toArray(CompletableFuture[]::new));
        // one that fails is enough; the others may take until their own timeout
        connected.forEach(one -> one.exceptionally(cause -> {
            all.completeExceptionally(cause);
            return null;
        }));
        return all;
    }

    private boolean awaited(CompletableFuture<Void> all, long ns) throws LoadException {
        try {
            all.get(ns, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException e) {
            throw new LoadException(refusal(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted while connecting", e);
        }
    }

    private String tooSlow() {
        long up = loops.stream().mapToLong(LoadLoop::live).sum();
        return where + ": " + Figures.count(up) + " of "
                + Figures.counted(plan.wire().connections(), "connection") + " were up"
                + (plan.signOn() == null ? "" : " and signed on") + " after "
                + Figures.duration(plan.wire().connectTimeoutNs())
                + "; give more time with --connect-timeout, or take fewer --connections";
    }

    private String tooFew() {
        int connections = plan.wire().connections();
        return Figures.counted(connections, "connection") + " take as many file descriptors, and this process may have "
                + Figures.count(Descriptors.limit()) + " in all (ulimit -n); raise that with 'ulimit -n "
                + (connections + Descriptors.limit() - Descriptors.free())
                + "' in this shell first, or take fewer --connections";
    }

    private String refusal(Throwable cause) {
        boolean tls = plan.wire().tls() != null;
        if (cause instanceof NotSslRecordException) {
            return where + " does not speak TLS; leave the --tls options out, or name the port where it does";
        }
        if (tls && cause instanceof ClosedChannelException) {
            return where + " closed the connection before TLS was agreed: it may not speak TLS; leave the --tls options"
                    + " out, name the port where it does, or give it the certificate it asks for (--tls-cert)";
        }
        Throwable inner = innermost(cause);
        if (cause instanceof SSLException) {
            return "no TLS with " + where + ": " + inner.getMessage()
                    + "; check that --tls-ca holds who signed its certificate, and that the certificate names this"
                    + " host";
        }
        String reason = SocketReason.of(inner);
        if (reason.startsWith(DESCRIPTORS_GONE)) {
            return tooFew();
        }
        return reason.equals(REFUSED)
                ? "cannot connect to " + where + ": " + reason + "; nothing listens there: check --target, or start it"
                : "cannot connect to " + where + ": " + reason
                        + "; check that it listens there, and that TLS and sign-on are as it wants them";
    }

    /** What was wrong stands at the end of a chain of more general complaints. */
    private static Throwable innermost(Throwable cause) {
        Throwable inner = cause;
        for (int depth = 0; inner.getCause() != null && depth < CAUSES_MAX; depth++) {
            inner = inner.getCause();
        }
        return inner;
    }
}
