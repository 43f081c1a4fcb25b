package io.fluxrig.cli.console;

import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Makes the first Ctrl-C or SIGTERM a polite end: the running command's action is called, and the process lives on until
 * that command is done, then exits with its code. Further ones call the action again. A command that set no action just dies.
 * One for a process.
 */
public final class Interrupts {
    /**
     * For what follows the wait that a command was configured with: gears that stop, journals and the log that are closed. Also longer
     * than any wait for answers of a command that says nothing of its own.
     */
    private static final long MARGIN_SECONDS = 55;

    private static final long USUAL_WAIT_NS = TimeUnit.SECONDS.toNanos(35);

    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private volatile Runnable action;
    private volatile LongSupplier waitNs = () -> USUAL_WAIT_NS;

    /** Begins to listen for the end of the process. */
    public static Interrupts ofProcess() {
        Interrupts interrupts = new Interrupts();
        Runtime.getRuntime().addShutdownHook(new Thread(interrupts::onShutdown, "interrupt"));
        return interrupts;
    }

    /** Sets what the running command does each time it is asked to end; quick, and harmless if it is over already. */
    public void onSignal(Runnable politeEnd) {
        action = politeEnd;
    }

    /**
     * As {@link #onSignal(Runnable)}, of a command that may take longer over its end.
     *
     * @param endWaitNs how long it waits for others then, in nanoseconds; asked when the signal has come
     */
    public void onSignal(Runnable politeEnd, LongSupplier endWaitNs) {
        waitNs = endWaitNs;
        action = politeEnd;
    }

    /** To be called last, before {@link System#exit}. */
    public void done(int code) {
        exitCode.complete(code);
    }

    private void onShutdown() {
        if (!exitCode.isDone() && askToEnd()) {
            Signals.listen(Signals.END, this::askToEnd);
            Runtime.getRuntime().halt(awaitCode(patienceSeconds(), System.err));
        }
    }

    /**
     * Calls the running command's action.
     *
     * @return whether it has one
     */
    public boolean askToEnd() {
        Runnable politeEnd = action;
        if (politeEnd != null) {
            politeEnd.run();
        }
        return politeEnd != null;
    }

    /** After so many seconds the process ends, whatever its command still does. */
    long patienceSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(waitNs.getAsLong()) + MARGIN_SECONDS;
    }

    /** The command's exit code, or that of an end by force, which is told. */
    int awaitCode(long seconds, PrintStream err) {
        try {
            return exitCode.get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        } catch (TimeoutException late) {
            err.println("fluxrig: not at its end " + seconds
                    + " s after it was asked to end, and ended now by force: what was in" + " flight has no outcome");
            err.flush();
            return ExitCode.FAILED;
        } catch (ExecutionException broken) {
            return ExitCode.FAILED;
        }
    }
}
