package io.fluxrig.mixer;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeFolders;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.control.ControlPlane;
import io.fluxrig.engine.fault.FailureWords;
import io.fluxrig.engine.fault.Fault.Severity;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.log.RackLog;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.engine.rack.node.NodeExit;
import io.fluxrig.engine.rack.node.NodeHold;
import io.fluxrig.engine.rack.node.NodeTls;
import io.fluxrig.mixer.registry.RegistryException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a mixer's process: its folder, its log, its parts, its exit code. */
public final class MixerProcess implements ControlPlane {
    private static final Logger LOG = LoggerFactory.getLogger(MixerProcess.class);

    private final CountDownLatch stopAsked = new CountDownLatch(1);
    /** Null while nothing runs. */
    private volatile MixerSupervisor running;

    /** For {@code ServiceLoader}. */
    public MixerProcess() {}

    @Override
    public int run(NodeConfig config, String version, PrintStream out, PrintStream err) {
        Faults faults = new Faults();
        NodeTls.check(config, faults);
        NodeFolders.check(config, false, Severity.ERROR, faults);
        faults.all().forEach(err::println);
        if (faults.hasErrors()) {
            return NodeExit.BAD_CONFIG;
        }
        return new NodeHold(config, err).holding(log -> withLog(config, version, log, out, err));
    }

    @Override
    public int copyRegistry(NodeConfig config, PrintStream out, PrintStream err) {
        if (!MixerRegistry.isShared(config)) {
            err.println("fluxrig: registry.url names no database to copy the registry into");
            return NodeExit.BAD_CONFIG;
        }
        return new NodeHold(config, err).holding(log -> {
            try {
                MixerRegistry.copy(config).forEach((table, rows) -> out.println(table + ": " + rows));
            } catch (PassportException | RegistryException failed) {
                LOG.error(RackLog.FILE_ONLY, "the registry was not copied: {}", failed.getMessage());
                err.println("fluxrig: the registry was not copied: " + failed.getMessage());
                return NodeExit.FAILED;
            }
            out.println(
                    "fluxrig: the registry is in the database now; start the mixer, and keep registry.duckdb until it leads");
            return NodeExit.DONE;
        });
    }

    @Override
    public void stop() {
        MixerSupervisor mixer = running;
        if (mixer != null) {
            mixer.expectEnd();
        }
        stopAsked.countDown();
    }

    @Override
    public void reload() {
        LOG.warn(
                "asked to reload (SIGHUP), and nothing was read: a mixer reads its mixer.toml at its start; restart it,"
                        + " racks switch meanwhile");
    }

    private boolean isStopAsked() {
        return stopAsked.getCount() == 0;
    }

    private int withLog(NodeConfig config, String version, RackLog log, PrintStream out, PrintStream err) {
        String failure = null;
        boolean started = false;
        Path data = Path.of(config.text(NodeKeys.BASE_DATA_DIR));
        MixerFolder.close(data);
        try (MixerSupervisor mixer = MixerSupervisor.open(config, version, log)) {
            running = mixer;
            if (!isStopAsked()) {
                mixer.start().forEach(line -> out.println("fluxrig: " + line));
                // and what was made just now
                MixerFolder.close(data);
                out.flush();
                started = true;
            }
            stopAsked.await();
            LOG.info("asked to stop");
        } catch (PassportException | RegistryException unusable) {
            failure = String.valueOf(unusable.getMessage());
        } catch (CompletionException failed) {
            failure = FailureWords.of(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            failure = "interrupted";
        } catch (IllegalStateException failed) {
            if (started || !isStopAsked()) {
                throw failed;
            }
            // a JVM that ends takes none of the hooks that a start wants
            failure = String.valueOf(failed.getMessage());
        }
        if (failure != null && !started && isStopAsked()) {
            LOG.info("asked to stop before it had started: {}", failure);
            return NodeExit.DONE;
        }
        if (failure == null) {
            LOG.info("stopped");
            return NodeExit.DONE;
        }
        LOG.error(RackLog.FILE_ONLY, "the mixer did not start: {}", failure);
        err.println("fluxrig: " + failure);
        return NodeExit.FAILED;
    }
}
