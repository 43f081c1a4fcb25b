package io.fluxrig.bench.reload;

import io.fluxrig.bench.rack.RackUnderTest;
import io.fluxrig.cli.status.RackChange;
import io.fluxrig.cli.status.RackClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

/**
 * Changes a running rack's scenario again and again, as an operator does: files, SIGHUP, and what the rack says of it. A thread of its own.
 *
 * <pre>
 *   second      n - 1            n             n + 1
 *               files, status    SIGHUP        status: what came of it?
 * </pre>
 *
 * So that the second of the change has nothing else in it: what a status costs, and this process, which shares the rack's cores, is
 * no part of a change.
 */
final class Changer implements Callable<List<Change>> {
    private static final int ANSWER_SECONDS_MAX = 30;

    private final RackUnderTest rack;
    private final Edits edits;
    private final SecondBell bell;
    private final int changes;
    private final int begin;
    private final int every;
    private final Runnable done;

    /**
     * @param bell of the load
     * @param begin seconds before the first
     * @param every seconds from one to the next
     * @param done called at the end, once what is left of the last has settled
     */
    Changer(RackUnderTest rack, Edits edits, SecondBell bell, int changes, int begin, int every, Runnable done) {
        this.rack = rack;
        this.edits = edits;
        this.bell = bell;
        this.changes = changes;
        this.begin = begin;
        this.every = every;
        this.done = done;
    }

    @Override
    public List<Change> call() throws IOException, InterruptedException, TimeoutException {
        RackClient client = new RackClient("http://127.0.0.1:" + rack.apiPort());
        List<Change> made = new ArrayList<>();
        try (Hangup hangup = new Hangup(rack.process().pid())) {
            int next = bell.await(begin);
            for (int number = 0; number < changes; number++) {
                next += every;
                bell.await(next - 1 - bell.await(0));
                made.add(change(client, hangup, Edits.Kind.values()[number % Edits.Kind.values().length]));
            }
            bell.await(Effect.SETTLING);
            return made;
        } finally {
            done.run();
        }
    }

    private Change change(RackClient client, Hangup hangup, Edits.Kind kind)
            throws IOException, InterruptedException, TimeoutException {
        int prepared = bell.await(0);
        edits.change(kind);
        int before = client.change().asked();
        int asked = bell.await(1);
        hangup.send();
        int underWay = asked;
        int second = bell.await(1);
        RackChange now = client.change();
        while (now.number() <= before) {
            if (second - asked > ANSWER_SECONDS_MAX) {
                throw new IOException("the rack does not say what came of the change of its " + kind.word());
            }
            underWay = second;
            second = bell.await(1);
            now = client.change();
        }
        return new Change(kind.word(), prepared, asked, underWay, now.outcome(), now.text());
    }
}
