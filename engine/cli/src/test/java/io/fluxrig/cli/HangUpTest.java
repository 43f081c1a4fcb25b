package io.fluxrig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.control.ControlPlane;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.engine.rack.api.ProcessStart;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP to what a mixer leads, and to a mixer: without a listener this process, which is theirs, would end here. */
class HangUpTest {
    @TempDir
    Path folder;

    @Test
    void shouldHaveARackThatAMixerLeadsSayWhatToUse() throws Exception {
        Cli rack = new Cli();
        CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(
                () -> rack.run(
                        "rack",
                        "--set",
                        "rack.name=east",
                        "--set",
                        "snake.url=nats://127.0.0.1:" + FreePort.onLoopback(),
                        "--set",
                        "base.data_dir=" + folder,
                        "--set",
                        "logging.console=off",
                        "--set",
                        "logging.file=east.log"),
                command -> new Thread(command, "rack").start());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> ended.isDone() || rack.out().contains("rack east"));
        assertThat(ended).as(rack.err()).isNotDone();

        hangUp();

        Path log = folder.resolve("east.log");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> Files.readString(log).contains("scenario activate"));
        assertThat(ended).isNotDone();
        rack.interrupt();
        assertThat(ended.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void shouldTellAMixer() throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(ControlPlane.class.getName()), HeardMixer.class.getName());
        HeardMixer.HEARD.set(0);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(classes);
            assertThat(new Cli().run("mixer", "--set", "base.data_dir=" + folder))
                    .isEqualTo(ExitCode.DONE);
        } finally {
            thread.setContextClassLoader(before);
        }
        assertThat(HeardMixer.HEARD).hasValue(1);
    }

    @Test
    void shouldSignalNobodyElseWhoHasTheNumberOfTheRack() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            for (String start : new String[] {"", ",\"pid_start\":4711"}) {
                Cli cli = new Cli();

                assertThat(reload(cli, other.pid() + start)).isEqualTo(ExitCode.FAILED);

                assertThat(cli.err())
                        .contains("process " + other.pid() + " of this machine is not the rack that answers at http://")
                        .contains("nothing was signalled", "kubectl exec POD -- /bin/sh -c 'kill -HUP " + other.pid());
            }
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void shouldSignalTheProcessThatBeganAsTheRackDid() throws Exception {
        Process rack = new ProcessBuilder("sleep", "60").start();
        try {
            long start = ProcessStart.ticks(rack.pid());
            Assumptions.assumeTrue(start != ProcessStart.UNKNOWN, "a system that does not tell");

            assertThat(reload(new Cli(), rack.pid() + ",\"pid_start\":" + start))
                    .isEqualTo(ExitCode.FAILED);

            assertThat(rack.waitFor(10, TimeUnit.SECONDS)).as("hung up").isTrue();
        } finally {
            rack.destroyForcibly();
        }
    }

    @Test
    void shouldKnowARackOfBeforeByItsCommandLine() throws Exception {
        Process rack = new ProcessBuilder("sh", "-c", "read line", Fluxrig.class.getName()).start();
        try {
            assertThat(reload(new Cli(), Long.toString(rack.pid()))).isEqualTo(ExitCode.FAILED);

            assertThat(rack.waitFor(10, TimeUnit.SECONDS)).as("hung up").isTrue();
        } finally {
            rack.destroyForcibly();
        }
    }

    /** @param pid and what a rack says of it */
    private static int reload(Cli cli, String pid) throws Exception {
        HttpServer window = window("{\"rack\":\"east\",\"pid\":" + pid + ",\"change\":{\"asked\":0,\"number\":0}}");
        try {
            return cli.run("reload", "127.0.0.1:" + window.getAddress().getPort(), "--wait", "1");
        } finally {
            window.stop(0);
        }
    }

    private static HttpServer window(String status) throws Exception {
        HttpServer window = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        window.createContext("/status", exchange -> {
            byte[] bytes = status.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        window.start();
        return window;
    }

    @Test
    void shouldRefuseToReloadARackThatAMixerLeads() throws Exception {
        HttpServer window = window("{\"rack\":\"east\",\"led\":true,\"pid\":"
                + ProcessHandle.current().pid() + ",\"change\":{\"asked\":0,\"number\":0}}");
        try {
            Cli cli = new Cli();
            assertThat(cli.run("reload", "127.0.0.1:" + window.getAddress().getPort(), "--wait", "1"))
                    .isEqualTo(ExitCode.FAILED);
            assertThat(cli.err()).contains("a mixer leads this rack", "fluxrig scenario activate");
        } finally {
            window.stop(0);
        }
    }

    private static void hangUp() throws Exception {
        long pid = ProcessHandle.current().pid();
        assertThat(new ProcessBuilder("sh", "-c", "kill -HUP " + pid).start().waitFor())
                .isZero();
    }

    /** Runs until it was asked to reload. */
    public static final class HeardMixer implements ControlPlane {
        static final AtomicInteger HEARD = new AtomicInteger();
        private final CountDownLatch asked = new CountDownLatch(1);

        @Override
        public int run(NodeConfig config, String version, PrintStream out, PrintStream err) {
            try {
                hangUp();
                return asked.await(10, TimeUnit.SECONDS) ? ExitCode.DONE : ExitCode.FAILED;
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        public int copyRegistry(NodeConfig config, PrintStream out, PrintStream err) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stop() {
            asked.countDown();
        }

        @Override
        public void reload() {
            HEARD.incrementAndGet();
            asked.countDown();
        }
    }
}
