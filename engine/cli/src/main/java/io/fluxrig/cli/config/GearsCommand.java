package io.fluxrig.cli.config;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Json;
import io.fluxrig.cli.console.Table;
import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.scenario.GearCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluxrig gears}: what gears there are and how each is configured. */
@Command(name = "gears", description = "The gears there are: list, doc (ports and keys), manifest (JSON).")
public final class GearsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private final Console console;
    private final GearCatalog catalog;

    /** @param catalog of what it tells */
    public GearsCommand(Console console, GearCatalog catalog) {
        this.console = console;
        this.catalog = catalog;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(description = "Type and purpose of every gear.")
    int list(@Option(names = "--json", description = "a JSON array") boolean json) {
        List<GearManifest> manifests =
                catalog.all().values().stream().map(GearFactory::manifest).toList();
        if (json) {
            console.out()
                    .println(Json.line(manifests.stream()
                            .map(manifest -> Map.of("type", manifest.type(), "summary", manifest.summary()))
                            .toList()));
            return ExitCode.DONE;
        }
        Table table = new Table("TYPE", "WHAT IT IS FOR");
        manifests.forEach(manifest -> table.row(manifest.type(), manifest.summary()));
        console.out().print(table.text(console.terminal()));
        return ExitCode.DONE;
    }

    @Command(description = "Ports and configuration keys of one gear.")
    int doc(@Parameters(paramLabel = "TYPE", description = "see 'gears list'") String type) {
        GearManifest manifest = find(type);
        console.out().println(manifest.type() + ": " + manifest.summary());
        ports("Inputs", manifest.inputs());
        ports("Outputs", manifest.outputs());
        console.out().println();
        Table table = new Table("KEY", "TYPE", "DEFAULT", "MEANING");
        manifest.keys().forEach(key -> key(table, "", key));
        console.out().print(table.text(console.terminal()));
        return ExitCode.DONE;
    }

    private void ports(String title, List<GearManifest.Port> ports) {
        console.out().println();
        Table table = new Table(title.toUpperCase(Locale.ROOT), "");
        ports.forEach(port -> table.row("  " + port.name(), port.doc()));
        console.out().print(table.text(console.terminal()));
    }

    private static void key(Table table, String prefix, ConfigKey key) {
        String name = prefix + key.name();
        table.row(name, type(key), initial(key), key.doc());
        String below = name + (key.type() == ConfigKey.Type.SECTIONS ? "[]." : ".");
        key.children().forEach(child -> key(table, below, child));
    }

    private static String type(ConfigKey key) {
        return switch (key.type()) {
            case CHOICE -> String.join("|", key.choices());
            case TEXTS -> "list of text";
            case SECTIONS -> "list";
            case SECTION -> "map";
            case TREE -> "yaml";
            default -> key.type().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String initial(ConfigKey key) {
        if (key.required()) {
            return "(required)";
        }
        return key.defaultValue() == null ? "" : key.defaultValue().toString();
    }

    @Command(description = "The manifest as JSON.")
    int manifest(@Parameters(paramLabel = "TYPE", description = "see 'gears list'") String type) {
        GearManifest manifest = find(type);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("type", manifest.type());
        root.put("summary", manifest.summary());
        root.put("inputs", manifest.inputs());
        root.put("outputs", manifest.outputs());
        root.put("keys", manifest.keys().stream().map(GearsCommand::object).toList());
        console.out().println(Json.pretty(root));
        return ExitCode.DONE;
    }

    private static Map<String, Object> object(ConfigKey key) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", key.name());
        object.put("type", key.type().name().toLowerCase(Locale.ROOT));
        object.put("required", key.required());
        object.put("default", key.defaultValue());
        if (!key.choices().isEmpty()) {
            object.put("choices", key.choices());
        }
        object.put("doc", key.doc());
        if (!key.children().isEmpty()) {
            object.put("keys", key.children().stream().map(GearsCommand::object).collect(Collectors.toList()));
        }
        return object;
    }

    private GearManifest find(String type) {
        GearFactory factory = catalog.find(type);
        if (factory == null) {
            throw new CommandFailure(ExitCode.USAGE, "no gear type '" + type + "'; " + catalog.fix(type));
        }
        return factory.manifest();
    }
}
