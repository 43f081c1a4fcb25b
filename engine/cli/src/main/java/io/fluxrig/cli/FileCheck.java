package io.fluxrig.cli;

import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfigLoad;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.config.NodeFolders;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.fault.Fault.Severity;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.Place;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.iso.packager.Packager;
import io.fluxrig.iso.spec.SpecDocument;
import io.fluxrig.iso.spec.SpecFault;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.load.mix.MixLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file is and everything wrong with it.
 *
 * @param kind scenario, spec, node or mix; unknown if the file cannot be told
 * @param notChecked what could not be looked at because of errors, in one line; empty if everything was
 */
record FileCheck(Path file, String kind, List<Fault> faults, String notChecked) {
    private static final Pattern TOP_KEY =
            Pattern.compile("(?m)^[\uFEFF{\\s]*\"?(spec|meta|racks|gears|wires|mix|fields)\"?\\s*:");
    /** Sections that only a mixer's file has. */
    private static final Pattern MIXER_SECTION = Pattern.compile("(?m)^\\s*\\[\\s*(mixer|api|enrollment)\\s*\\]");

    private static final int PEEK_BYTES = 64 * 1024;
    /** Longer ones are no dialects. */
    private static final int DIALECT_BYTES_MAX = 4 << 20;

    static FileCheck of(Path file, ScenarioLoader scenarios) {
        String kind = kind(file);
        if (kind.equals("scenario")) {
            ScenarioLoad load = scenarios.load(file);
            return new FileCheck(file, kind, load.faults(), load.notCheckedLine());
        }
        return new FileCheck(file, kind, faults(file, kind), "");
    }

    boolean good(boolean strict) {
        return faults.stream().noneMatch(fault -> strict || fault.isError());
    }

    /** What a message calls a file of that kind. */
    static String noun(String kind) {
        return switch (kind) {
            case "node" -> "node file";
            case "mix" -> "load mix";
            default -> kind;
        };
    }

    static String kind(Path file) {
        if (file.toString().endsWith(".toml")) {
            return "node";
        }
        if (!Files.isRegularFile(file)) {
            return "unknown";
        }
        Matcher key = TOP_KEY.matcher(head(file));
        if (!key.find()) {
            return isDialect(file) ? "spec" : "unknown";
        }
        return switch (key.group(1)) {
            case "spec", "fields" -> "spec";
            case "mix" -> "mix";
            default -> "scenario";
        };
    }

    /** Whether it is a packager, or a spec or moov file on one line. */
    private static boolean isDialect(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(DIALECT_BYTES_MAX);
            return Packager.isXml(content)
                    || SpecDocument.read(file.toString(), content, null).form() != SpecDocument.Form.OTHER;
        } catch (IOException e) {
            return false;
        }
    }

    private static String head(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(PEEK_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static List<Fault> faults(Path file, String kind) {
        return switch (kind) {
            case "node" -> node(file);
            case "spec" ->
                SpecLoader.load(file).faults().stream().map(FileCheck::fault).toList();
            case "mix" -> MixLoader.check(file).faults();
            default -> List.of(unknown(file));
        };
    }

    /** Folders are looked at here and now; the node may run elsewhere and as somebody else, so they are warned of. */
    private static List<Fault> node(Path file) {
        boolean mixer =
                Files.isRegularFile(file) && MIXER_SECTION.matcher(head(file)).find();
        NodeConfigLoad load = NodeConfigLoader.load(mixer ? MixerKeys.FILE : NodeKeys.FILE, file, Map.of(), Map.of());
        if (!load.ok()) {
            return load.faults();
        }
        Faults all = new Faults();
        load.faults().forEach(all::add);
        NodeFolders.check(load.config(), !mixer, Severity.WARNING, all);
        return all.all();
    }

    private static Fault fault(SpecFault fault) {
        Severity severity = fault.severity() == SpecFault.Severity.ERROR ? Severity.ERROR : Severity.WARNING;
        Place place = new Place(fault.file(), fault.line(), fault.column());
        return new Fault(severity, place, fault.path(), fault.message(), fault.fix());
    }

    private static Fault unknown(Path file) {
        Place place = Place.ofFile(file.toString());
        if (Files.notExists(file)) {
            return new Fault(Severity.ERROR, place, "", "no such file", "check the path");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return new Fault(
                    Severity.ERROR,
                    place,
                    "",
                    "is no file that can be read",
                    "name a scenario, a spec, a load mix or a node file");
        }
        return new Fault(
                Severity.ERROR,
                place,
                "",
                "is none of the files known here",
                "a scenario has gears:, a spec spec:, a moov spec fields:, a load mix mix:, a packager begins with <isopackager>,"
                        + " a node file ends in .toml;"
                        + " a table is checked with the scenario that names it");
    }
}
