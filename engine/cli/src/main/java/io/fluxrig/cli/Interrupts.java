package io.fluxrig.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes the first Ctrl-C or SIGTERM a polite end: the running command's action is called, and the process lives on until
 * that command is done, then exits with its code. Further ones call the action again. A command that set no action just dies.
 * One for a process.
 */
public final class Interrupts {
    /** Longer than any wait for answers that a command makes by default. */
    private static final long PATIENCE_SECONDS = 90;

    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private volatile Runnable action;

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

    /** To be called last, before {@link System#exit}. */
    public void done(int code) {
        exitCode.complete(code);
    }

    private void onShutdown() {
        if (!exitCode.isDone() && askToEnd()) {
            Signals.listen(Signals.END, this::askToEnd);
            Runtime.getRuntime().halt(awaitCode());
        }
    }

    /**
     * Calls the running command's action.
     *
     * @return whether it has one
     */
    boolean askToEnd() {
        Runnable politeEnd = action;
        if (politeEnd != null) {
            politeEnd.run();
        }
        return politeEnd != null;
    }

    private int awaitCode() {
        try {
            return exitCode.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        } catch (ExecutionException | TimeoutException e) {
            return ExitCode.FAILED;
        }
    }
}
