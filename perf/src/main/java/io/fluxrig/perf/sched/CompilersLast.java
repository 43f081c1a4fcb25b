package io.fluxrig.perf.sched;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * While something is done that brings the JVM much code which is new to it, its compilers leave the cores to the threads that serve messages,
 * and so does the thread that does it. Not for ever: a switch that is slow because nothing of it is compiled has no core to spare, either.
 *
 * <pre>
 *   begin ......... close ..... 2 s ..... back          spans may overlap: back after the last
 *          compilers behind others
 * </pre>
 *
 * <p>Where this process could not undo it (who is not root needs {@code RLIMIT_NICE}), or the system is not Linux, nothing changes. Any thread.
 */
public final class CompilersLast {
    /** Wants a 28th of what an ordinary thread does. */
    static final int LAST = 15;

    /** What was met for the first time is compiled for a while yet. */
    private static final long LINGER_MS = 2_000;

    private final Kernel kernel;
    private final Executor later;
    private final Object lock = new Object();
    /** Spans for which compilers stay behind; guarded by the lock, as what is below. */
    private int open;
    /** What the compilers had before, by the system's number; empty when they are back. */
    private final Map<Integer, Integer> before = new HashMap<>();

    /** @param later runs what it is given when the compilers have lingered */
    CompilersLast(Kernel kernel, Executor later) {
        this.kernel = kernel;
        this.later = later;
    }

    /** The way to it. */
    interface Kernel {
        /** @throws IOException if there is none on this system */
        Nices nices() throws IOException;
    }

    /** Those of this process; to be made once. */
    public static CompilersLast ofThisJvm() {
        return new CompilersLast(
                () -> new LinuxNices(SchedAttr.open()),
                CompletableFuture.delayedExecutor(LINGER_MS, TimeUnit.MILLISECONDS, Runnable::run));
    }

    /** From its beginning to its end. */
    public final class Span implements AutoCloseable {
        private final String refusal;
        private final Runnable callerBack;

        private Span(String refusal, Runnable callerBack) {
            this.refusal = refusal;
            this.callerBack = callerBack;
        }

        /** Why the compilers do not step back, for a log; null if they do. */
        public String refusal() {
            return refusal;
        }

        /** Ends it, once, by the thread that began it, which is back at once; what it starts before stays behind as it does. */
        @Override
        public void close() {
            callerBack.run();
            later.execute(CompilersLast.this::leave);
        }
    }

    /** Begins one. Blocks for some milliseconds; never fails. */
    public Span begin() {
        synchronized (lock) {
            open++;
            String refusal = stepBack();
            return new Span(refusal, refusal == null ? callerBehind() : () -> {});
        }
    }

    /** Why they do not; null if they do. */
    private String stepBack() {
        try {
            Nices nices = kernel.nices();
            if (!mayUndo(nices)) {
                return "this process may not have them come back (RLIMIT_NICE)";
            }
            List<Integer> compilers = nices.compilers();
            for (int compiler : compilers) {
                stepBack(nices, compiler);
            }
            return compilers.isEmpty() ? "none was found" : null;
        } catch (IOException | RuntimeException refused) { // those that have stepped back come back with the others
            return refused.getMessage();
        }
    }

    /** How the calling thread comes back. */
    private Runnable callerBehind() {
        try {
            Nices nices = kernel.nices();
            int caller = nices.caller();
            int usual = nices.of(caller);
            nices.set(caller, Math.max(usual, LAST));
            return () -> comeBack(nices, caller, usual);
        } catch (IOException | RuntimeException refused) { // then it works as ever
            return () -> {};
        }
    }

    private static void comeBack(Nices nices, int caller, int usual) {
        try {
            nices.set(caller, usual);
        } catch (IOException refused) {
            return; // it was allowed a moment ago; a thread that works for one change only ends behind others
        }
    }

    private void leave() {
        synchronized (lock) {
            open--;
            if (open > 0 || before.isEmpty()) {
                return;
            }
            try {
                comeBack(kernel.nices());
                before.clear();
            } catch (IOException | RuntimeException refused) { // files may be short; that it is allowed was seen
                open++;
                later.execute(this::leave);
            }
        }
    }

    private void stepBack(Nices nices, int compiler) throws IOException {
        if (!before.containsKey(compiler) && nices.lives(compiler)) {
            int usual = nices.of(compiler);
            before.put(compiler, usual);
            nices.set(compiler, Math.max(usual, LAST));
        }
    }

    /** Also those that the JVM has added meanwhile, which begin as the compiler that added them was. */
    private void comeBack(Nices nices) throws IOException {
        int usual = Collections.min(before.values());
        for (int compiler : nices.compilers()) {
            if (nices.lives(compiler)) {
                nices.set(compiler, before.getOrDefault(compiler, usual));
            }
        }
    }

    /** Tried with a thread that is there for nothing else, since whoever may not is stuck. */
    private static boolean mayUndo(Nices nices) {
        return CompletableFuture.supplyAsync(() -> isUndone(nices), trial -> new Thread(trial, "nice-trial").start())
                .join();
    }

    private static boolean isUndone(Nices nices) {
        try {
            int caller = nices.caller();
            int usual = nices.of(caller);
            nices.set(caller, Math.max(usual, LAST));
            nices.set(caller, usual);
            return true;
        } catch (IOException mayNot) {
            return false;
        }
    }
}
