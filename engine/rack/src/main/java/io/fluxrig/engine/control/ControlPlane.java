package io.fluxrig.engine.control;

import io.fluxrig.engine.config.NodeConfig;
import java.io.PrintStream;

/**
 * The process that {@code fluxrig mixer} runs. Found by {@code ServiceLoader}, so that the class path of a rack holds none of what a
 * mixer needs.
 */
public interface ControlPlane {

    /**
     * Runs until {@link #stop}; the exit code. Blocks.
     *
     * @param config of a mixer
     * @param version of fluxrig
     * @param out gets the lines that say what is ready
     * @param err gets faults
     */
    int run(NodeConfig config, String version, PrintStream out, PrintStream err);

    /**
     * Copies the registry out of its file in {@code base.data_dir} into the database that the configuration names, and ends; the exit code. Blocks.
     *
     * @param config of a mixer, which must not run
     * @param out gets what was copied
     * @param err gets faults
     */
    int copyRegistry(NodeConfig config, PrintStream out, PrintStream err);

    /** Asks {@link #run} to end; any thread, any number of times, also before it runs. */
    void stop();

    /** Is asked to read its files again; does not, and says so in its log. Any thread, any number of times. */
    void reload();
}
