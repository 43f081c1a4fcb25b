package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Place;
import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecSource;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One gear of a scenario, checked.
 *
 * @param deploy the names of the racks it runs on; empty means every rack
 * @param config every key with its value or default
 */
public record GearDecl(String name, GearFactory factory, Set<String> deploy, GearConfig config, Place place) {

    public GearManifest manifest() {
        return factory.manifest();
    }

    public String type() {
        return factory.manifest().type();
    }

    /** The dialect that its {@code spec_path} names; null if it names none, or one with faults. */
    public Spec spec() {
        boolean declares = manifest().keys().stream().map(ConfigKey::name).anyMatch("spec_path"::equals);
        return declares && config.has("spec_path") ? config.spec("spec_path") : null;
    }

    /**
     * Equal for two declarations of one name that come to the same gear; of use within one process. Reads the files that the gear
     * reads: ask when the scenario was loaded, and not on an event loop.
     */
    public String fingerprint() {
        return GearFingerprint.of(factory, (CheckedConfig) config);
    }

    /** The files that the gear's configuration names by a relative path: dialects, tables, certificates; they need not be there. */
    public Set<Path> filesBeside() {
        CheckedConfig checked = (CheckedConfig) config;
        Set<Path> files = new LinkedHashSet<>(checked.specFiles());
        files.addAll(checked.files());
        files.addAll(factory.files(config));
        files.removeAll(absolute(checked.source().plain()));
        return files;
    }

    /** What dialects among {@link #filesBeside} are merged from, in files, by the dialect's own. */
    public Map<Path, List<SpecSource>> mergedBeside() {
        Map<Path, List<SpecSource>> merged = new TreeMap<>(((CheckedConfig) config).mergedFiles());
        merged.keySet().retainAll(filesBeside());
        return merged;
    }

    private static Set<Path> absolute(Object plain) {
        Set<Path> found = new LinkedHashSet<>();
        if (plain instanceof Map<?, ?> map) {
            map.values().forEach(value -> found.addAll(absolute(value)));
        } else if (plain instanceof List<?> list) {
            list.forEach(value -> found.addAll(absolute(value)));
        } else if (plain instanceof String text && text.startsWith("/")) {
            found.add(Path.of(text).normalize());
        }
        return found;
    }

    /** What {@code conductor.origin} says on requests that it sends on; null if it is no switch. */
    String origin() {
        return factory.originOf(config, name);
    }

    public boolean runsOn(String rack) {
        return deploy.isEmpty() || deploy.contains(rack);
    }
}
