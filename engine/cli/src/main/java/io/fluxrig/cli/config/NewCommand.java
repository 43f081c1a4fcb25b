package io.fluxrig.cli.config;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.demo.Ports.Use;
import io.fluxrig.engine.config.Name;
import io.fluxrig.engine.fault.Nearest;
import io.fluxrig.iso.spec.SpecLoader;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluxrig new}: files to start from, which run and pass {@code check --strict} as they are. */
@Command(name = "new", description = "Write a file to start from: new scenario, new spec, new mix.")
public final class NewCommand implements Runnable {
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

    public NewCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** What a scenario is to be. */
    enum Kind {
        SWITCH("switch"),
        ISSUER("issuer");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            throw new CommandFailure(ExitCode.USAGE, "--kind " + word + " is not known; " + Nearest.fix(word, words()));
        }

        private static List<String> words() {
            return Stream.of(values()).map(kind -> kind.word).toList();
        }
    }

    /** What shells complete. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Kind.words().iterator();
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
                            completionCandidates = Kinds.class,
                            description = "switch or issuer (switch)")
                    String kind) {
        return Kind.of(kind) == Kind.SWITCH ? switchScenario(place) : issuerScenario(place);
    }

    private int switchScenario(Place place) {
        NewFile file = file(place, Skeleton.SWITCH);
        NewFile issuer = file(place, place.name + "-issuer", Skeleton.ISSUER, Skeleton.HOST);
        write(place.dir, file, issuer);
        console.out()
                .println("Wrote " + file.path() + ", and " + issuer.path() + ", a simulated issuer to try it with.");
        console.out()
                .println("Run the issuer:  fluxrig run " + issuer.path()
                        + " --set base.data_dir=data-issuer --set telemetry.bind=127.0.0.1:8091");
        console.out().println("Run it:          fluxrig run " + file.path());
        console.out()
                .println("Try it:          fluxrig load --target " + Use.TERMINALS.usual() + " --rack "
                        + Use.STATUS.usual().port() + " --rate 100 --duration 5s");
        return ExitCode.DONE;
    }

    private int issuerScenario(Place place) {
        Path file = write(place, Skeleton.ISSUER);
        console.out().println("Wrote " + file + ".");
        console.out().println("Run it:  fluxrig run " + file);
        console.out().println("Try it:  fluxrig load --target " + Use.TERMINALS.usual() + " --rate 100 --duration 5s");
        return ExitCode.DONE;
    }

    @Command(description = "A dialect that loads: a built-in base with fields of your own over it.")
    int spec(
            @Mixin Place place,
            @Option(
                            names = "--base",
                            paramLabel = "BASE",
                            defaultValue = Skeleton.BASE,
                            description =
                                    "the built-in base beneath it: moov:spec87ascii, moov:spec87hex, fluxrig:v87-ascii,"
                                            + " fluxrig:v87-binary, fluxrig:v87-ebcdic, fluxrig:v93-ascii or fluxrig:v93-binary"
                                            + " (" + Skeleton.BASE + ")")
                    String base) {
        if (!SpecLoader.bases().contains(base)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--base " + base + " is not known; " + Nearest.fix(base, SpecLoader.bases()));
        }
        NewFile file = file(place, Skeleton.SPEC);
        file = new NewFile(file.path(), Skeleton.spec(place.name, base));
        write(place.dir, file);
        console.out().println("Wrote " + file.path() + ".");
        console.out().println("Check it:  fluxrig check " + file.path());
        console.out()
                .println("Use it:    spec_path: " + file.path().getFileName() + " in a codec_iso8583 gear beside it");
        return ExitCode.DONE;
    }

    @Command(description = "What 'fluxrig load' is to send: weighted templates of requests.")
    int mix(@Mixin Place place) {
        Path file = write(place, Skeleton.MIX);
        console.out().println("Wrote " + file + ".");
        console.out().println("Check it:  fluxrig check " + file);
        console.out()
                .println("Send it:   fluxrig load --target " + Use.TERMINALS.usual() + " --mix " + file
                        + " --rate 100 --duration 5s");
        return ExitCode.DONE;
    }

    private Path write(Place place, Skeleton skeleton) {
        NewFile file = file(place, skeleton);
        write(place.dir, file);
        return file.path();
    }

    /** All of them, or none and a failure that says why. */
    private void write(Path dir, NewFile... files) {
        if (NewFile.makeFolder(dir)) {
            console.out().println("Made the folder " + dir + ".");
        }
        NewFile.writeAll(List.of(files));
    }

    /** @throws CommandFailure if the name is none, before anything is written */
    private static NewFile file(Place place, Skeleton skeleton) {
        return file(place, place.name, skeleton, Skeleton.TERMINALS);
    }

    private static NewFile file(Place place, String name, Skeleton skeleton, String bind) {
        Name.refusal(name).ifPresent(refusal -> {
            throw new CommandFailure(ExitCode.USAGE, refusal.what() + "; " + refusal.fix());
        });
        return new NewFile(place.dir.resolve(name + ".yaml").normalize(), skeleton.text(name, bind));
    }
}
