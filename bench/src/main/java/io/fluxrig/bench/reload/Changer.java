package io.fluxrig.bench.reload;

import io.fluxrig.bench.rack.RackUnderTest;
import io.fluxrig.cli.status.RackChange;
import io.fluxrig.cli.status.RackClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Changes a running rack's scenario again and again, as an operator does: files, SIGHUP, and what the rack says of it. A thread of its own. */
final class Changer implements Callable<List<Change>> {
    /** As {@code fluxrig reload} has it: each question is work for the rack, in the very second that is measured. */
    private static final long POLL_MS = 100;

    private static final long ANSWER_MS_MAX = 30_000;

    private final RackUnderTest rack;
    private final Edits edits;
    private final int changes;
    private final long beginMs;
    private final long everyMs;
    private final Runnable done;

    /**
     * @param beginMs wait before the first
     * @param everyMs from one to the next
     * @param done called at the end, and a settled second later
     */
    Changer(RackUnderTest rack, Edits edits, int changes, long beginMs, long everyMs, Runnable done) {
        this.rack = rack;
        this.edits = edits;
        this.changes = changes;
        this.beginMs = beginMs;
        this.everyMs = everyMs;
        this.done = done;
    }

    @Override
    public List<Change> call() throws IOException, InterruptedException {
        List<Change> made = new ArrayList<>();
        try {
            TimeUnit.MILLISECONDS.sleep(beginMs);
            for (int number = 0; number < changes; number++) {
                TimeUnit.MILLISECONDS.sleep(everyMs);
                Edits.Kind kind = Edits.Kind.values()[number % Edits.Kind.values().length];
                edits.change(kind);
                made.add(reload(kind));
            }
            TimeUnit.MILLISECONDS.sleep(2 * Effect.SETTLE_MS);
            return made;
        } finally {
            done.run();
        }
    }

    private Change reload(Edits.Kind kind) throws IOException, InterruptedException {
        RackClient client = new RackClient("http://127.0.0.1:" + rack.apiPort());
        int asked = client.change().asked();
        long askedMs = System.currentTimeMillis();
        Process kill =
                new ProcessBuilder("kill", "-HUP", Long.toString(rack.process().pid())).start();
        if (kill.waitFor() != 0) {
            throw new IOException("cannot send SIGHUP to the rack");
        }
        RackChange now = client.change();
        while (now.number() <= asked) {
            if (System.currentTimeMillis() - askedMs > ANSWER_MS_MAX) {
                throw new IOException("the rack does not say what came of the change of its " + kind.word());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
            now = client.change();
        }
        return new Change(kind.word(), askedMs, System.currentTimeMillis(), now.outcome(), now.text());
    }
}
