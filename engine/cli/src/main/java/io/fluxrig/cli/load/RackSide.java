package io.fluxrig.cli.load;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.screen.RackFigures;
import io.fluxrig.cli.status.Accounting;
import io.fluxrig.cli.status.RackClient;
import io.fluxrig.cli.status.RackWatch;
import io.fluxrig.load.Counts;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The rack under a load, as it sees itself; or nothing, if the user did not say where it is. */
final class RackSide implements AutoCloseable {
    /** The rack may still be writing down the last answers, and wait for late ones. */
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(5);

    private static final long POLL_MS = 200;

    private final RackClient client;
    private final RackFigures before;
    private final RackWatch watch;
    private RackFigures after;
    private String lost;

    private RackSide(RackClient client, RackFigures before, RackWatch watch) {
        this.client = client;
        this.before = before;
        this.watch = watch;
    }

    /** @param url null for none */
    static RackSide of(String url) throws InterruptedException {
        if (url == null) {
            return new RackSide(null, null, null);
        }
        try {
            RackClient client = new RackClient(url);
            return new RackSide(client, client.status(), new RackWatch(client));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--rack: " + e.getMessage() + "; write http://host:port, or the port alone");
        } catch (IOException e) {
            throw CommandFailure.failed("--rack: no rack answers at " + url + "; name its telemetry.bind");
        }
    }

    /** What it said last, or null. */
    RackFigures latest() {
        if (after != null) {
            return after;
        }
        return watch == null ? null : watch.latest();
    }

    /** Of the rack and its scenario; empty for none. */
    String name() {
        return before == null ? "" : before.name();
    }

    /** What became of a rack that does not answer any more; null while it does. */
    String lost() {
        return lost;
    }

    /**
     * Its counts against the load's, once they agree or after some seconds; null if there is no switch that counts, or none
     * that answers any more, see {@link #lost}.
     */
    Accounting account(Counts load) throws InterruptedException {
        if (client == null) {
            return null;
        }
        long untilNs = System.nanoTime() + SETTLE_NS;
        try {
            after = client.status();
            if (!before.hasSwitch()) {
                return null;
            }
            Accounting accounting = Accounting.of(before, after, load);
            while (!accounting.holds() && System.nanoTime() < untilNs) {
                TimeUnit.MILLISECONDS.sleep(POLL_MS);
                after = client.status();
                accounting = Accounting.of(before, after, load);
            }
            return accounting;
        } catch (IOException e) {
            lost = "the rack at " + client.address() + " does not answer any more";
            return null;
        }
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
    }
}
