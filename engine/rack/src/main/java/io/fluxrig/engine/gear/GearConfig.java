package io.fluxrig.engine.gear;

import io.fluxrig.iso.spec.Spec;
import java.nio.file.Path;
import java.util.List;

/**
 * A gear's configuration after the check: every key of the manifest has its value or default, durations are nanoseconds,
 * {@code ${ENV}} is replaced. Asking for a key that the manifest does not declare is a programmer's error and throws.
 */
public interface GearConfig {

    /** Whether the key was given or has a default. */
    boolean has(String key);

    String text(String key);

    /** An address as a message quotes it: as written, and what it comes to where a variable had a say. */
    default String shownAddress(String key) {
        return "'" + text(key) + "'";
    }

    long number(String key);

    boolean flag(String key);

    long durationNs(String key);

    List<String> texts(String key);

    /** A nested section; empty but never null where it was not given. */
    GearConfig section(String key);

    /** The entries of a list of sections, in order. */
    List<GearConfig> sections(String key);

    /** The value as plain Java maps, lists, strings and numbers, null if not given. */
    Object tree(String key);

    /** Resolves a key of type {@code PATH}: absolute, or relative to the scenario's own folder. */
    Path file(String key);

    /** The dialect that a {@code spec_path} names; null if the key was not given, or while the dialect has faults. */
    Spec spec(String key);

    /** {@code file:line} of the key, for messages. */
    String where(String key);
}
