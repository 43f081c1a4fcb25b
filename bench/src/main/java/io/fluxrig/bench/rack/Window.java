package io.fluxrig.bench.rack;

import io.fluxrig.load.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * Watches a load and reads the contestant's figures twice, after the warm-up and after what is to be counted, and has the
 * load stop then: what lies between is steady state. Counted in transactions, so that a busy machine only makes it longer;
 * where time runs out first, the window is what there was.
 */
public final class Window implements Consumer<Progress> {
    private final Contestant contestant;
    private final int apiPort;
    private final long warmup;
    private final long count;
    private final long timeMaxNs;
    private final Runnable stop;
    private Reading first;
    private Reading last;

    private record Reading(long elapsedNs, long answered, long cpuNs, Allocations allocations) {}

    /**
     * @param apiPort of its metrics, 0 if it has none
     * @param warmup transactions before the window; they take half of the time at most
     * @param count transactions in it
     * @param timeMaxNs how long the load runs if nobody stops it
     * @param stop ends the load
     */
    public Window(Contestant contestant, int apiPort, long warmup, long count, long timeMaxNs, Runnable stop) {
        this.contestant = contestant;
        this.apiPort = apiPort;
        this.warmup = warmup;
        this.count = count;
        this.timeMaxNs = timeMaxNs;
        this.stop = stop;
    }

    @Override
    public void accept(Progress progress) {
        long answered = progress.counts().answered();
        if (first == null) {
            if (answered >= warmup || progress.elapsedNs() >= timeMaxNs / 2) {
                first = read(progress);
            }
        } else if (last == null
                && (answered >= first.answered + count || progress.phase().compareTo(Progress.Phase.SENDING) > 0)) {
            last = read(progress);
            stop.run();
        }
    }

    public Measurement measurement(String name, int inFlight) throws IOException {
        if (last == null || last.answered == first.answered) {
            throw new IOException(name + " answered nothing in its window");
        }
        long transactions = last.answered - first.answered;
        return new Measurement(
                name,
                inFlight,
                transactions,
                transactions * 1e9 / (last.elapsedNs - first.elapsedNs),
                (last.cpuNs - first.cpuNs) / 1e3 / transactions,
                (last.allocations.eventLoops() - first.allocations.eventLoops()) / transactions,
                (last.allocations.others() - first.allocations.others()) / transactions);
    }

    private Reading read(Progress progress) {
        try {
            Allocations allocations = apiPort == 0 ? Allocations.UNKNOWN : Allocations.of(apiPort);
            return new Reading(progress.elapsedNs(), progress.counts().answered(), contestant.cpuNs(), allocations);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
