package io.fluxrig.perf.sched;

import io.fluxrig.perf.sched.OwnThreads.OwnThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * While something is done that brings the JVM much code which is new to it, its compilers leave the cores to the threads that serve messages,
 * and so does the thread that does it. Not for ever: a switch that is slow because nothing of it is compiled has no core to spare, either.
 *
 * <p>Where this process could not undo it (who is not root needs {@code RLIMIT_NICE}), or the system is not Linux, the compilers stay as they
 * are. Any thread; one for a process.
 */
public final class CompilersLast {
    /** Wants a 28th of what an ordinary thread does. */
    static final int LAST = 15;

    private static final List<String> COMPILERS = List.of("C1 CompilerThread", "C2 CompilerThread");

    private final long lingerMs;
    /** Spans begun and not ended. */
    private int open;
    /** The nice value of the process. */
    private int usual;

    private boolean last;

    /** @param lingerMs after the end of a span: what was met for the first time is compiled for a while yet */
    public CompilersLast(long lingerMs) {
        this.lingerMs = lingerMs;
    }

    /** From its beginning to a while after its end. */
    public final class Span implements AutoCloseable {
        private final String refusal;

        private Span(String refusal) {
            this.refusal = refusal;
        }

        /** Why the compilers stay as they are, for a log; null if they do not. */
        public String refusal() {
            return refusal;
        }

        /** Ends it, once, by any thread; returns at once. */
        @Override
        public void close() {
            CompletableFuture.delayedExecutor(lingerMs, TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(CompilersLast.this::leave);
        }
    }

    /**
     * Begins one; several may overlap. The calling thread, which was made for this work, stays behind others as long as it lives. Blocks for
     * some milliseconds.
     */
    public synchronized Span begin() {
        open++;
        try {
            SchedAttr attr = SchedAttr.open();
            usual = attr.nice((int) ProcessHandle.current().pid());
            if (!stepBack(attr)) {
                return new Span("this process may not have them come back (RLIMIT_NICE)");
            }
            last = true;
            moveCompilers(attr, LAST);
            return new Span(null);
        } catch (IOException unknown) {
            return new Span(unknown.getMessage());
        }
    }

    private synchronized void leave() {
        open--;
        if (open > 0 || !last) {
            return;
        }
        last = false;
        try {
            moveCompilers(SchedAttr.open(), usual);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // it could be read when the span began
        }
    }

    /** Has the calling thread stay behind others; whether it might come back. */
    private boolean stepBack(SchedAttr attr) throws IOException {
        attr.nice(SchedAttr.CALLER, LAST);
        try {
            attr.nice(SchedAttr.CALLER, usual);
        } catch (IOException mayNot) {
            return false;
        }
        attr.nice(SchedAttr.CALLER, LAST);
        return true;
    }

    /** Also those that the JVM added since they were moved last: they begin as the one that added them is. */
    private static void moveCompilers(SchedAttr attr, int nice) throws IOException {
        OwnThreads threads = OwnThreads.now();
        List<OwnThread> compilers = COMPILERS.stream()
                .flatMap(name -> threads.beginningWith(name).stream())
                .toList();
        for (OwnThread compiler : compilers) {
            try {
                attr.nice(compiler.number(), nice);
            } catch (IOException ended) { // the JVM does without it by now; that it is allowed was seen
                continue;
            }
        }
    }
}
