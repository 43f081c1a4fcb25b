package io.fluxrig.engine.scenario;

import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactSource;
import io.fluxrig.engine.artefact.BundledArtefacts;
import io.fluxrig.engine.config.ScalarReader;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.fault.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * Reads scenarios and checks them whole: everything wrong is reported at once, nothing throws, and only a scenario without an
 * error comes out. Keeps nothing between calls but what its {@link SpecMemory} does; any thread.
 */
public final class ScenarioLoader {
    /** Largest scenario file read. */
    public static final int BYTES_MAX = 1 << 20;

    private final GearCatalog gears;
    private final Function<String, String> environment;
    private final ArtefactSource artefacts;
    private final SpecMemory memory;

    /** A loader that has no store: a {@code name:tag} in a scenario is a fault. */
    public ScenarioLoader(GearCatalog gears, Function<String, String> environment) {
        this(gears, environment, null);
    }

    /** A loader that remembers what it loads itself. */
    public ScenarioLoader(GearCatalog gears, Function<String, String> environment, ArtefactSource artefacts) {
        this(gears, environment, artefacts, new SpecMemory());
    }

    /**
     * @param environment what {@code ${NAME}} stands for, null if it is not set
     * @param artefacts where a {@code name:tag} is looked for that does not go with the scenario ({@link BundledArtefacts}); null if
     *     nobody knows
     * @param memory of dialects, which several loaders may share
     */
    public ScenarioLoader(
            GearCatalog gears, Function<String, String> environment, ArtefactSource artefacts, SpecMemory memory) {
        this.memory = memory;
        this.gears = gears;
        this.environment = environment;
        this.artefacts = artefacts;
    }

    /** A loader over the gears on the class path and the process's environment. */
    public static ScenarioLoader system() {
        return new ScenarioLoader(GearCatalog.installed(), System::getenv);
    }

    /** Reads and checks one file. */
    public ScenarioLoad load(Path file) {
        return load(file, Pace.FULL);
    }

    /** The same at a pace, where nobody waits for it and others want the cores. */
    public ScenarioLoad load(Path file, Pace pace) {
        Faults faults = new Faults();
        List<String> notChecked = new ArrayList<>();
        Scenario scenario = read(file, pace, faults, notChecked);
        return new ScenarioLoad(faults.hasErrors() ? null : scenario, faults.all(), List.copyOf(notChecked));
    }

    /** Checks a scenario's text as if it stood in that file. */
    public ScenarioLoad load(Path file, byte[] utf8) {
        Faults faults = new Faults();
        List<String> notChecked = new ArrayList<>();
        Scenario scenario = check(file, utf8, Pace.FULL, faults, notChecked);
        return new ScenarioLoad(faults.hasErrors() ? null : scenario, faults.all(), List.copyOf(notChecked));
    }

    private Scenario read(Path file, Pace pace, Faults faults, List<String> notChecked) {
        Place place = Place.ofFile(file.toString());
        try {
            if (Files.isDirectory(file)) {
                faults.error(place, "", "is a directory", "name the scenario's YAML file");
                return null;
            }
            if (Files.size(file) > BYTES_MAX) {
                faults.error(place, "", "is larger than " + BYTES_MAX + " bytes", "split the scenario");
                return null;
            }
            return check(file, Files.readAllBytes(file), pace, faults, notChecked);
        } catch (NoSuchFileException missing) {
            faults.error(place, "", "no such file", "check the path; 'fluxrig new scenario' writes one to start from");
        } catch (IOException broken) {
            faults.error(place, "", "cannot be read: " + FileReason.of(broken), FileReason.readFix(broken));
        }
        return null;
    }

    private Scenario check(Path file, byte[] bytes, Pace pace, Faults faults, List<String> notChecked) {
        String name = file.toString();
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            faults.error(Place.ofFile(name), "", "is no UTF-8 text", "save it as UTF-8");
            return null;
        }
        YamlNode root = YamlReader.read(name, text, environment, pace, faults);
        if (root instanceof YamlNode.Mapping map) {
            SpecMemory.Use specs = memory.new Use();
            ArtefactSource named =
                    BundledArtefacts.beside(file, artefacts == null ? ScenarioLoader::untold : artefacts);
            Scenario scenario =
                    new ScenarioChecker(gears, file, named, specs, pace, faults, notChecked).check(map, sha256(bytes));
            if (!faults.hasErrors()) {
                specs.keep();
            }
            return scenario;
        }
        if (faults.hasErrors()) {
            notChecked.add("gears, wires and specs, since the file does not read as YAML");
        }
        if (!faults.hasErrors()) {
            faults.error(
                    Place.ofFile(name),
                    "",
                    root == null ? "is empty" : "begins with " + root.noun(),
                    "a scenario is a map with meta, gears and wires");
        }
        return null;
    }

    private static byte[] untold(String reference) throws ArtefactException {
        throw new ArtefactException(ScalarReader.quote(reference)
                + " is neither built in nor a file, and where the store is cannot be told");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
