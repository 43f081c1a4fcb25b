package io.fluxrig.it;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/** A tmpfs of its own, which somebody else's file fills and keeps full. Needs root; skips the test without. One thread. */
final class SmallVolume implements AutoCloseable {
    private static final long COMMAND_SECONDS = 20;
    private static final int CHUNK_BYTES = 1 << 12;
    private static final long LOOK_NS = 1_000_000;

    private final Path at;
    private volatile boolean filling;
    private CompletableFuture<Void> filler;

    private SmallVolume(Path at) {
        this.at = at;
    }

    static SmallVolume mount(Path at, int mebibytes) throws IOException {
        boolean root = "root".equals(System.getProperty("user.name"));
        boolean mounted = root && run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", at.toString());
        Assumptions.assumeTrue(mounted, "needs root and the right to mount a tmpfs, which is filled up");
        return new SmallVolume(at);
    }

    /** Takes all space, and from now on whatever becomes free, until {@link #free}; returns once it is full. */
    void fill() throws InterruptedException {
        CountDownLatch full = new CountDownLatch(1);
        filling = true;
        filler = CompletableFuture.runAsync(() -> takeAll(full), task -> new Thread(task, "filler").start());
        if (!full.await(COMMAND_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(at + " is not full");
        }
    }

    /** Gives it all back. */
    void free() throws IOException {
        filling = false;
        if (filler != null) {
            filler.orTimeout(COMMAND_SECONDS, TimeUnit.SECONDS).join();
            filler = null;
        }
        Files.deleteIfExists(file());
    }

    private Path file() {
        return at.resolve("somebody-elses");
    }

    private void takeAll(CountDownLatch full) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (OutputStream out = Files.newOutputStream(file())) {
            while (filling) {
                try {
                    out.write(chunk);
                } catch (IOException noSpace) {
                    full.countDown();
                    LockSupport.parkNanos(LOOK_NS);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static boolean run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.onExit()
                        .orTimeout(COMMAND_SECONDS, TimeUnit.SECONDS)
                        .join()
                        .exitValue()
                == 0;
    }

    @Override
    public void close() throws IOException {
        free();
        if (!run("umount", "-l", at.toString())) {
            throw new IOException(at + " could not be unmounted");
        }
    }
}
