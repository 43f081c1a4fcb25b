package io.fluxrig.bench.reload;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Sends SIGHUP with next to no work: a shell, started before anything is measured, waits for the word. To start a process costs
 * milliseconds of the cores that the rack wants in that very moment. One thread.
 */
final class Hangup implements AutoCloseable {
    private final Process shell;
    private final Writer word;

    /** @param pid of the process that gets it */
    Hangup(long pid) throws IOException {
        shell = new ProcessBuilder("sh", "-c", "while read -r word; do kill -HUP " + pid + " || exit 1; done")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        word = shell.outputWriter(StandardCharsets.US_ASCII);
    }

    /** @throws IOException if the shell has gone, for want of the process as a rule */
    void send() throws IOException {
        word.write("now\n");
        word.flush();
    }

    /** Its input ends, and so does the shell. */
    @Override
    public void close() throws IOException {
        word.close();
        shell.destroy();
    }
}
