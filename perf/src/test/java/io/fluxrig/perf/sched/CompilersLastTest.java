package io.fluxrig.perf.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CompilersLastTest {
    private static final int FIRST = 11;
    private static final int SECOND = 12;
    private static final int ADDED = 13;

    private final Queue<Runnable> later = new ArrayDeque<>();
    private final Threads threads = new Threads();
    private final CompilersLast compilers = new CompilersLast(threads::nices, later::add);

    @Test
    void shouldKeepThemBehindFromTheFirstBeginningToTheLastEnd() {
        CompilersLast.Span one = compilers.begin();
        CompilersLast.Span other = compilers.begin();
        one.close();
        runLater();
        assertThat(threads.nices).containsEntry(FIRST, 15).containsEntry(SECOND, 15);

        other.close();
        assertThat(threads.nices).containsEntry(FIRST, 15);
        runLater();

        assertThat(one.refusal()).isNull();
        assertThat(threads.nices).containsEntry(FIRST, 0).containsEntry(SECOND, 4);
    }

    @Test
    void shouldKeepWhoWorksBehindUntilItsEnd() {
        CompilersLast.Span span = compilers.begin();
        assertThat(threads.tried).isEqualTo(15);

        span.close();

        assertThat(threads.tried).isZero();
    }

    @Test
    void shouldBringBackThoseThatTheJvmAddedMeanwhileAndNotMissOneThatEnded() {
        CompilersLast.Span span = compilers.begin();
        threads.nices.put(ADDED, 15);
        threads.nices.remove(SECOND);
        span.close();
        runLater();

        assertThat(threads.nices).containsEntry(ADDED, 0).containsEntry(FIRST, 0);
    }

    @Test
    void shouldTouchNoneWhereTheyCouldNotComeBack() {
        threads.lowering = false;

        CompilersLast.Span span = compilers.begin();

        assertThat(span.refusal()).contains("RLIMIT_NICE");
        assertThat(threads.nices).containsEntry(FIRST, 0).containsEntry(SECOND, 4);
        span.close();
        runLater();
    }

    @Test
    void shouldTryAgainUntilTheyAreBack() {
        CompilersLast.Span span = compilers.begin();
        threads.failing = "Too many open files";
        span.close();
        runLater();
        assertThat(threads.nices).containsEntry(FIRST, 15);

        threads.failing = null;
        runLater();

        assertThat(threads.nices).containsEntry(FIRST, 0).containsEntry(SECOND, 4);
        assertThat(later).isEmpty();
    }

    @Test
    void shouldSayWhyNothingChanges() {
        threads.failing = "Too many open files";
        assertThat(compilers.begin().refusal()).isEqualTo("Too many open files");

        threads.failing = null;
        threads.nices.clear();
        assertThat(compilers.begin().refusal()).isEqualTo("none was found");
    }

    /** What was to run when the compilers have lingered, once. */
    private void runLater() {
        for (int left = later.size(); left > 0; left--) {
            later.remove().run();
        }
    }

    /** Compilers of a JVM that is not there, by their nice value. */
    private static final class Threads implements Nices {
        private static final int TRIED = 99;

        private final Map<Integer, Integer> nices = new TreeMap<>(Map.of(FIRST, 0, SECOND, 4));
        private int tried;
        private boolean lowering = true;
        private String failing;

        Nices nices() throws IOException {
            fail();
            return this;
        }

        private void fail() throws IOException {
            if (failing != null) {
                throw new IOException(failing);
            }
        }

        @Override
        public List<Integer> compilers() throws IOException {
            fail();
            return List.copyOf(nices.keySet());
        }

        @Override
        public int caller() {
            return TRIED;
        }

        @Override
        public int of(int thread) {
            return thread == TRIED ? tried : nices.get(thread);
        }

        @Override
        public void set(int thread, int nice) throws IOException {
            if (!lowering && nice < of(thread)) {
                throw new IOException("the kernel refuses it, errno 13");
            }
            if (thread == TRIED) {
                tried = nice;
            } else {
                nices.replace(thread, nice);
            }
        }

        @Override
        public boolean lives(int thread) {
            return nices.containsKey(thread);
        }
    }
}
