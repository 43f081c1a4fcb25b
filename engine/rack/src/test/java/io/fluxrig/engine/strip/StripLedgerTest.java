package io.fluxrig.engine.strip;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.SharedLedger;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.transport.entry.SharedEnds;
import io.fluxrig.transport.entry.SharedEntry;
import io.fluxrig.transport.entry.SharedEntry.Verdict;
import io.fluxrig.transport.entry.SharedSender;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** One gear's ledger on a strip that has two copies of the gear, as during a change of the scenario. */
class StripLedgerTest {
    private final Between between = new Between();
    private final StripLedger ledger =
            new StripLedger(0, (SharedEnds) strip -> between, 0, "", new RackMetrics().gear("switch", 0));
    private final List<String> told = new ArrayList<>();

    private Seat copy(String name) throws Exception {
        Seat seat = new Seat(null);
        seat.make(
                TestGears.gear(name, context -> (port, message) -> Outcome.ACCEPTED)
                        .factory(),
                null);
        ((SharedLedger) ledger.of(seat)).onFound(entry -> told.add(name + " " + entry.verdict()));
        return seat;
    }

    private void find(Verdict verdict) {
        between.found.add(SharedEntry.of(1, verdict));
        ledger.tellKept();
    }

    @Test
    void shouldTellEachCopyWhatIsOfATicketThatOneOfThemHas() throws Exception {
        copy("before");
        copy("after");

        find(Verdict.FOUND);

        assertThat(told).containsExactly("before FOUND", "after FOUND");
    }

    /** It would be counted twice, and two lines told of one request. */
    @Test
    void shouldTellOneCopyWhatIsOfNoTicket() throws Exception {
        copy("before");
        Seat after = copy("after");

        find(Verdict.FOUND_AFTERWARDS);
        assertThat(told).containsExactly("after FOUND_AFTERWARDS");

        ledger.forget(after);
        find(Verdict.FOUND_AFTERWARDS);
        assertThat(told).containsExactly("after FOUND_AFTERWARDS", "before FOUND_AFTERWARDS");
    }

    /** Finds what a test says. */
    private static final class Between implements SharedSender {
        private final Queue<SharedEntry> found = new ArrayDeque<>();

        @Override
        public SharedEntry nextFound() {
            return found.poll();
        }

        @Override
        public int open(long id, byte[] bytes, int offset, int length) {
            return SENT;
        }

        @Override
        public int open(long id, byte[] bytes, int offset, int length, int nameLength) {
            return SENT;
        }

        @Override
        public int add(long id, byte[] bytes, int offset, int length) {
            return SENT;
        }

        @Override
        public int end(long id) {
            return SENT;
        }

        @Override
        public int look(long id) {
            return SENT;
        }

        @Override
        public int takeOver(long id) {
            return SENT;
        }

        @Override
        public long sent() {
            return 0;
        }

        @Override
        public long kept() {
            return 0;
        }

        @Override
        public void wakeWhenKept(boolean wanted) {}

        @Override
        public void endBatch() {}

        @Override
        public boolean pressured() {
            return false;
        }
    }
}
