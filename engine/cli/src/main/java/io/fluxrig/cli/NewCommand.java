package io.fluxrig.cli;

import io.fluxrig.engine.fault.FileReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluxrig new}: files to start from, which run and pass {@code check --strict} as they are. */
@Command(name = "new", description = "Write a file to start from: new scenario, new spec, new mix.")
final class NewCommand implements Runnable {
    private static final String TERMINALS_BIND = "TERMINALS_BIND:127.0.0.1:8583";
    private static final String HOST_BIND = "HOST_ADDRESS:127.0.0.1:9101";

    @Spec
    private CommandSpec spec;

    private final Console console;

    /** What the new file is called and where it goes. */
    static final class Place {
        @Parameters(paramLabel = "NAME", description = "lower-case letters, digits, '_', '-'")
        String name;

        @Option(names = "--dir", paramLabel = "DIR", defaultValue = ".", description = "where (.)")
        Path dir;
    }

    NewCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** What a scenario is to be. */
    enum Kind {
        SWITCH,
        ISSUER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Command(
            description = {
                "A scenario that runs. A switch: terminals, codec, conductor, one host, and beside it NAME-issuer.yaml, a"
                        + " simulated issuer to try it with. An issuer: a listener, a codec and an issuer simulator."
            })
    int scenario(
            @Mixin Place place,
            @Option(
                            names = "--kind",
                            paramLabel = "KIND",
                            defaultValue = "switch",
                            description = "switch or issuer (switch)")
                    Kind kind) {
        return kind == Kind.SWITCH ? switchScenario(place) : issuerScenario(place);
    }

    private int switchScenario(Place place) {
        String issuerName = place.name + "-issuer";
        checkFree(place.name, place.dir);
        checkFree(issuerName, place.dir);
        Path file = write("switch.yaml", place.name, place.dir);
        Path issuer = write("issuer.yaml", issuerName, place.dir, HOST_BIND);
        console.out().println("Wrote " + file + ", and " + issuer + ", a simulated issuer to try it with.");
        console.out()
                .println("Run the issuer:  fluxrig run " + issuer
                        + " --set base.data_dir=data-issuer --set telemetry.bind=127.0.0.1:8091");
        console.out().println("Run it:          fluxrig run " + file);
        console.out()
                .println("Try it:          fluxrig load --target 127.0.0.1:8583 --rack 8090 --rate 100 --duration 5s");
        return ExitCode.DONE;
    }

    private int issuerScenario(Place place) {
        Path file = write("issuer.yaml", place.name, place.dir, TERMINALS_BIND);
        console.out().println("Wrote " + file + ".");
        console.out().println("Run it:  fluxrig run " + file);
        console.out().println("Try it:  fluxrig load --target 127.0.0.1:8583 --rate 100 --duration 5s");
        return ExitCode.DONE;
    }

    @Command(description = "A dialect that loads: a built-in base with fields of your own over it.")
    int spec(@Mixin Place place) {
        Path file = write("spec.yaml", place.name, place.dir);
        console.out().println("Wrote " + file + ".");
        console.out().println("Check it:  fluxrig check " + file);
        console.out().println("Use it:    spec_path: " + file.getFileName() + " in a codec_iso8583 gear beside it");
        return ExitCode.DONE;
    }

    @Command(description = "What 'fluxrig load' is to send: weighted templates of requests.")
    int mix(@Mixin Place place) {
        Path file = write("mix.yaml", place.name, place.dir);
        console.out().println("Wrote " + file + ".");
        console.out().println("Check it:  fluxrig check " + file);
        console.out()
                .println("Send it:   fluxrig load --target 127.0.0.1:8583 --mix " + file + " --rate 100 --duration 5s");
        return ExitCode.DONE;
    }

    private Path write(String skeleton, String name, Path dir) {
        return write(skeleton, name, dir, TERMINALS_BIND);
    }

    private static Path checkFree(String name, Path dir) {
        if (!name.matches("[a-z0-9_-]{1,64}")) {
            throw new CommandFailure(
                    ExitCode.USAGE, "'" + name + "' is no name; use lower-case letters, digits, '_' and '-'");
        }
        Path file = dir.resolve(name + ".yaml").normalize();
        if (Files.exists(file)) {
            throw CommandFailure.failed(file + " exists; choose another name, or another --dir");
        }
        return file;
    }

    /** @param bind what stands where the skeleton listens */
    private Path write(String skeleton, String name, Path dir, String bind) {
        Path file = checkFree(name, dir);
        try {
            if (!Files.isDirectory(dir)) {
                Files.createDirectories(dir);
                console.out().println("Made the folder " + dir + ".");
            }
            Files.writeString(file, skeleton(skeleton).replace("@NAME@", name).replace("@BIND@", bind));
        } catch (IOException e) {
            throw CommandFailure.failed("cannot write " + file + ": " + FileReason.of(e) + "; choose another --dir");
        }
        return file;
    }

    private static String skeleton(String resource) throws IOException {
        try (InputStream in = NewCommand.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
