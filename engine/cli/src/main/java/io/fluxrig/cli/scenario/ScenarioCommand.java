package io.fluxrig.cli.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Time;
import io.fluxrig.cli.mixer.ApiJsonOptions;
import io.fluxrig.cli.mixer.MixerClient;
import io.fluxrig.cli.mixer.MixerSpecs;
import io.fluxrig.cli.mixer.RackName;
import io.fluxrig.engine.artefact.BundledArtefacts;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluxrig scenario}: versions of scenarios, and which racks run them. */
@Command(name = "scenario", description = "A fleet's scenarios: import, list, export, diff, activate.")
public final class ScenarioCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private final Console console;

    public ScenarioCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "import",
            description =
                    "Check a scenario and give it to the mixer, with the files that it reads, under its name and version.")
    int importFile(@Parameters(paramLabel = "FILE", description = "a YAML file") Path file, @Mixin ApiJsonOptions api)
            throws InterruptedException {
        MixerClient mixer = api.client(console);
        MixerSpecs specs = new MixerSpecs(mixer);
        BundledSpecs bundled = BundledSpecs.beside(file);
        ScenarioLoad load = new ScenarioLoader(GearCatalog.installed(), console.environment()::get, specs).load(file);
        load.faults().forEach(fault -> console.err().println(fault));
        if (!load.ok()) {
            throw new CommandFailure(ExitCode.CONFIG, file + " is not imported: mend it first");
        }
        ScenarioBundle bundle = ScenarioFiles.of(load.scenario(), bundled.files());
        String added = bundled.into(specs);
        if (!bundled.names().isEmpty()) {
            console.err()
                    .println("specs from " + file.resolveSibling(BundledArtefacts.FOLDER) + ": " + bundled.names()
                            + "; without that folder the mixer's store says what names stand for");
        }
        bundle.files().keySet().forEach(name -> console.err().println("sends " + name));
        ObjectNode body = MixerClient.body().put("main", bundle.main());
        ObjectNode files = body.putObject("files");
        bundle.files()
                .forEach((name, bytes) -> files.put(name, Base64.getEncoder().encodeToString(bytes)));
        JsonNode kept = give(mixer, body, added);
        console.out()
                .println(
                        api.json()
                                ? kept
                                : kept.path("name").asText() + " "
                                        + kept.path("version").asText() + " is sha256:"
                                        + kept.path("hash").asText() + " (" + files(bundle) + ")");
        return ExitCode.DONE;
    }

    /** @param added the specs that the mixer keeps whether it takes the scenario or not */
    private JsonNode give(MixerClient mixer, ObjectNode body, String added) throws InterruptedException {
        try {
            return mixer.post("api/v1/scenarios", body);
        } catch (CommandFailure refused) {
            if (!added.isEmpty()) {
                console.err().println("the mixer's store has " + added + " now, and keeps them without the scenario");
            }
            throw refused;
        }
    }

    @Command(description = "Every version that the mixer has or a rack runs, and which racks run it.")
    int list(
            @Parameters(paramLabel = "SCENARIO", arity = "0..1", description = "only the versions of this one")
                    String name,
            @Mixin ApiJsonOptions api)
            throws InterruptedException {
        MixerClient client = api.client(console);
        ArrayNode versions = client.all("api/v1/scenarios?", "after");
        ArrayNode racks = client.all("api/v1/racks?", "after");
        VersionsText.addUnknown(versions, racks);
        ArrayNode all = named(name, versions);
        all.forEach(each -> VersionsText.runningOn(racks, each).forEach(((ObjectNode) each).putArray("racks")::add));
        if (api.json()) {
            console.out().println(all);
            return ExitCode.DONE;
        }
        console.out().print(VersionsText.table(all, racks).text(console.terminal()));
        return ExitCode.DONE;
    }

    /** Those of that scenario; all where none is named. */
    private static ArrayNode named(String name, ArrayNode all) {
        if (name == null) {
            return all;
        }
        ArrayNode its = all.arrayNode();
        all.forEach(each -> {
            if (each.path("name").asText().equals(name)) {
                its.add(each);
            }
        });
        if (its.isEmpty()) {
            throw CommandFailure.failed(
                    "the mixer has no scenario '" + name + "'; 'fluxrig scenario list' shows those it has");
        }
        return its;
    }

    @Command(description = "Write the files of a version into a folder, as they were imported.")
    int export(
            @Parameters(paramLabel = "SCENARIO", description = "see 'scenario list'") String name,
            @Parameters(paramLabel = "VERSION", description = "one of its versions") String version,
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "DIR",
                            required = true,
                            description = "made if need be; no file in it is overwritten")
                    Path folder,
            @Mixin ApiJsonOptions api)
            throws InterruptedException {
        JsonNode shown = api.client(console).get(path(name) + "/versions/" + MixerClient.part(version));
        ScenarioBundle bundle = BundleFolder.read(shown);
        Path main = new BundleFolder(folder).write(bundle);
        if (api.json()) {
            ObjectNode told = MixerClient.body()
                    .put("name", shown.path("name").asText())
                    .put("version", shown.path("version").asText())
                    .put("hash", shown.path("hash").asText())
                    .put("file", main.toString())
                    .put("files", bundle.files().size());
            console.out().println(told);
        } else {
            console.out()
                    .println(shown.path("name").asText() + " "
                            + shown.path("version").asText() + " is " + main + " (" + files(bundle) + ")");
        }
        return ExitCode.DONE;
    }

    private static String files(ScenarioBundle bundle) {
        return bundle.files().size() + (bundle.files().size() == 1 ? " file" : " files");
    }

    @Command(description = "What changed from one version to another, file by file.")
    int diff(
            @Parameters(paramLabel = "SCENARIO", description = "see 'scenario list'") String name,
            @Parameters(paramLabel = "FROM", description = "a version") String from,
            @Parameters(paramLabel = "TO", description = "another") String to,
            @Mixin ApiJsonOptions api)
            throws InterruptedException {
        MixerClient client = api.client(console);
        JsonNode before = client.get(path(name) + "/versions/" + MixerClient.part(from));
        JsonNode after = client.get(path(name) + "/versions/" + MixerClient.part(to));
        VersionDiff diff = new VersionDiff(before, after);
        if (api.json()) {
            console.out().println(diff.json());
        } else {
            console.out()
                    .print(
                            diff.isEmpty()
                                    ? "no difference between " + name + " " + from + " and " + to + "\n"
                                    : diff.text());
        }
        return ExitCode.DONE;
    }

    @Command(description = "Have racks run a version, and wait for what comes of it.")
    int activate(
            @Parameters(paramLabel = "SCENARIO", description = "see 'scenario list'") String name,
            @Parameters(paramLabel = "VERSION", description = "one of its versions") String version,
            @Mixin Targets targets,
            @Mixin ApiJsonOptions api)
            throws InterruptedException {
        ObjectNode body = MixerClient.body().put("version", version);
        targets.into(body);
        MixerClient client = api.client(console);
        ActivationFollow follow = follow(client, targets, api);
        String remedy = "type: fluxrig scenario rollback " + name + targets.flags();
        return follow.tell(client.post(path(name) + "/activations", body), remedy);
    }

    @Command(
            description = "Have racks run again what they ran well before, and wait for what comes of it. A second time"
                    + " goes back to what the first one left, if that ran well on each of them.")
    int rollback(
            @Parameters(paramLabel = "SCENARIO", description = "what they run now") String name,
            @Option(names = "--dry-run", description = "say only what each rack would go back to") boolean dry,
            @Mixin Targets targets,
            @Mixin ApiJsonOptions api)
            throws InterruptedException {
        MixerClient client = api.client(console);
        ObjectNode body = MixerClient.body();
        targets.into(body);
        ActivationFollow follow = follow(client, targets, api);
        if (dry) {
            JsonNode would = client.post(path(name) + "/rollback", body.put("dry_run", true))
                    .path("items");
            console.out().print(api.json() ? would + "\n" : VersionsText.wayBack(would, follow.before()));
            return ExitCode.DONE;
        }
        JsonNode made = client.post(path(name) + "/rollback", body);
        console.err().print(VersionsText.wayBack(made.path("items"), follow.before()));
        String remedy = "type what all are to run: fluxrig scenario activate " + name + " VERSION" + targets.flags();
        return follow.tell(made, remedy);
    }

    private ActivationFollow follow(MixerClient client, Targets targets, ApiJsonOptions api)
            throws InterruptedException {
        return new ActivationFollow(client, console, Time.real(), targets.waitSeconds, api.json());
    }

    /** Which racks, whether they may start again, and how long to wait for them. */
    static final class Targets {
        @Option(
                names = "--rack",
                paramLabel = "RACK",
                description = "one rack, several with several --rack (those it declares)")
        List<String> racks = List.of();

        @Option(
                names = "--restart",
                description = "a rack that cannot change while it runs drains and starts again with it")
        boolean restart;

        @Option(
                names = "--wait",
                paramLabel = "SECONDS",
                defaultValue = "60",
                description = "how long to wait for the racks, 0 for not at all (${DEFAULT-VALUE})")
        int waitSeconds;

        /** As they were given, to be typed again. */
        String flags() {
            return racks.stream().map(rack -> " --rack " + rack).collect(Collectors.joining());
        }

        void into(ObjectNode body) {
            body.put("restart", restart);
            if (!racks.isEmpty()) {
                racks.forEach(RackName::check);
                ArrayNode list = body.putArray("racks");
                racks.forEach(list::add);
            }
        }
    }

    private static String path(String scenario) {
        return "api/v1/scenarios/" + MixerClient.part(scenario);
    }
}
