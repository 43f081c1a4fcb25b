package io.fluxrig.cli.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to start one of the demo's processes: the same Java, class path and module flags as this one.
 *
 * @param log gets its output
 * @param flags heap and the like
 * @param environment added to this process's own
 * @param arguments of the fluxrig command
 */
record ChildBuilder(
        String name, Path log, List<String> flags, Map<String, String> environment, List<String> arguments) {
    private static final List<String> INHERITED = List.of(
            "--",
            "-Dio.netty",
            "-Dfluxrig.home",
            "-XX:SharedArchiveFile=",
            "-XX:AOTCache=",
            "-XX:OnError=",
            "-Xlog:cds",
            "-Xlog:aot");

    /** Ctrl-C reaches every process of the terminal; racks ignore it, so that only the load ends and they live on for it. */
    private static final List<String> DEAF_TO_CTRL_C = List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh");

    /** Starts it with all output in its log. */
    Child start() throws IOException {
        ProcessBuilder builder = builder(DEAF_TO_CTRL_C);
        builder.redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
        return new Child(name, builder.start(), log);
    }

    /** Starts it with this process's own output. */
    Child startShown() throws IOException {
        ProcessBuilder builder = builder(List.of());
        builder.redirectError(Redirect.INHERIT).redirectOutput(Redirect.INHERIT);
        return new Child(name, builder.start(), log);
    }

    private ProcessBuilder builder(List<String> before) {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ownFlags());
        command.addAll(flags);
        command.add("-D" + ParentWatch.PROPERTY + "=true");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.fluxrig.cli.Fluxrig"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder;
    }

    /** What the launcher chose for this Java version: modules, properties, the class-data archive. */
    private static List<String> ownFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> INHERITED.stream().anyMatch(flag::startsWith))
                .toList();
    }
}
