package io.fluxrig.engine.rack.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfigLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeHoldTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void shouldHaveAServiceManagerTryAgainWhereTheDiskHasATrouble() {
        for (String reason : List.of(
                "No space left on device",
                "Stale file handle",
                "Input/output error",
                "Too many open files",
                "Read-only file system")) {
            String file = folder.resolve("rack.lock").toString();
            assertThat(heldBy(new FileSystemException(file, null, reason))).isEqualTo(NodeExit.FAILED);
            assertThat(loggedTo(new FileSystemException(file, null, reason))).isEqualTo(NodeExit.FAILED);
        }
        err.reset();

        assertThat(heldBy(new IOException("No locks available"))).isEqualTo(NodeExit.FAILED);

        assertThat(err())
                .contains("error: base.data_dir: cannot write to " + folder + " now: No locks available")
                .contains("a service manager does that by itself");
    }

    @Test
    void shouldNotBeTriedAgainWhereTheConfigurationIsWrong() throws IOException {
        String taken = Files.createFile(folder.resolve("taken")).toString();
        for (IOException wrong : List.of(
                new AccessDeniedException(taken),
                new NoSuchFileException(taken),
                new FileAlreadyExistsException(taken),
                new NotDirectoryException(taken),
                new FileSystemException(folder.toString(), null, "Is a directory"),
                new FileSystemException(taken + "/a/rack.log", null, "Not a directory"))) {
            assertThat(heldBy(wrong)).as(wrong.toString()).isEqualTo(NodeExit.BAD_CONFIG);
            assertThat(loggedTo(wrong)).as(wrong.toString()).isEqualTo(NodeExit.BAD_CONFIG);
        }
        assertThat(err()).contains("let this user write there, or choose another (--set base.data_dir=...)");
    }

    private int heldBy(IOException failure) {
        NodeHold hold = new NodeHold(
                config(),
                new PrintStream(err, true),
                data -> {
                    throw failure;
                },
                options -> null);
        return hold.holding(log -> NodeExit.DONE);
    }

    private int loggedTo(IOException failure) {
        NodeHold hold = new NodeHold(config(), new PrintStream(err, true), data -> null, options -> {
            throw failure;
        });
        return hold.unheld(log -> NodeExit.DONE);
    }

    private NodeConfig config() {
        return NodeConfigLoader.load(null, Map.of(), Map.of("base.data_dir", folder.toString()))
                .config();
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
