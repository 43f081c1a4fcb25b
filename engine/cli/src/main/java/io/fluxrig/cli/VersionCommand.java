package io.fluxrig.cli;

import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fluxrig version}. */
@Command(name = "version", description = "Version of fluxrig, Java and system.")
final class VersionCommand implements Callable<Integer> {
    @Option(names = "--json", description = "one JSON object")
    boolean json;

    private final Console console;

    VersionCommand(Console console) {
        this.console = console;
    }

    /** As in the POM. */
    static String version() {
        try (InputStream in = VersionCommand.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For {@code fluxrig --version}: the same lines. */
    static final class Lines implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"fluxrig " + version(), "Java " + java(), system()};
        }
    }

    private static String java() {
        return Runtime.version() + " (" + System.getProperty("java.vendor") + ")";
    }

    private static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }

    @Override
    public Integer call() {
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("version", version());
            object.put("java", java());
            object.put("system", system());
            console.out().println(Json.line(object));
        } else {
            for (String line : new Lines().getVersion()) {
                console.out().println(line);
            }
        }
        return ExitCode.DONE;
    }
}
