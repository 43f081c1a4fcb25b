package io.fluxrig.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.bench.rack.RackFigures;
import io.fluxrig.bench.rack.RackFigures.Sample;
import io.fluxrig.load.Counts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoakChecksTest {
    private static final double MIB = 1 << 20;
    private final Books books = new Books();
    private final List<Footprint> quiet = new ArrayList<>();
    private final List<Calm> calm = new ArrayList<>();
    private double records;
    private double timers = 20;

    @Test
    void shouldPassWhereNothingGrows() {
        books.add(counts(100, 90, 10, 0));
        grow(0, 0);
        calm(100, 100, 100);
        assertThat(failed()).isEmpty();
    }

    @Test
    void shouldFindAHeapThatGrowsByABytePerTransaction() {
        grow(1, 0);
        assertThat(failed()).containsExactly("heap after collection, rise over the second half");
    }

    @Test
    void shouldLetTheProcessGrowByHalfAByteButNotByTwo() {
        grow(0, 0.5);
        assertThat(failed()).isEmpty();
        quiet.clear();
        grow(0, 2);
        assertThat(failed()).containsExactly("memory of the process, rise over the second half");
    }

    @Test
    void shouldFindWhatIsLeftBehind() {
        grow(0, 0);
        records = 1;
        timers = 21;
        assertThat(failed())
                .containsExactly(
                        "records in the ticket slab at the end", "deadlines pending at the end, above halfway");
    }

    @Test
    void shouldFindARequestThatWasNotAnsweredAndOneThatWasAnsweredTwice() {
        grow(0, 0);
        books.add(counts(100, 99, 0, 0));
        books.add(counts(10, 10, 0, 1));
        assertThat(failed())
                .containsExactly(
                        "requests without an answer", "answers that were wrong or came twice, connections lost");
        assertThat(books.lost()).isEqualTo(1);
        assertThat(books.wrong()).isEqualTo(1);
    }

    @Test
    void shouldHoldTheLastThirdOfThePhasesAgainstTheFirst() {
        grow(0, 0);
        calm(100, 110, 900, 100, 160, 170);
        assertThat(failed()).containsExactly("p99 at the same rate, last third through first");
        assertThat(Calm.drift(calm)).isEqualTo(165.0 / 105.0);
    }

    private List<String> failed() {
        RackFigures idle = new RackFigures(List.of(
                new Sample("fluxrig_ticket_records", "", records),
                new Sample("fluxrig_strip_timers_pending", "", timers),
                new Sample("fluxrig_outcome_undelivered_total", "", 0)));
        return SoakChecks.of(books, quiet, calm, idle, 1.5).stream()
                .filter(check -> !check.passes())
                .map(Check::name)
                .toList();
    }

    private void grow(double heapEach, double residentEach) {
        for (long transactions = 0; transactions <= 20_000_000; transactions += 1_000_000) {
            quiet.add(new Footprint(
                    transactions,
                    400 * MIB + residentEach * transactions,
                    30 * MIB + heapEach * transactions,
                    10 * MIB,
                    8192,
                    0,
                    20));
        }
    }

    private void calm(double... p99Us) {
        for (double one : p99Us) {
            calm.add(new Calm(one / 2, one));
        }
    }

    private static Counts counts(long sent, long approved, long declined, long duplicates) {
        return new Counts(sent, approved, declined, 0, 0, 0, duplicates, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
