package io.fluxrig.mixer.registry;

/**
 * A version of a scenario; its bundle lies in the artefact store.
 *
 * @param hash of the bundle, SHA-256, 64 hex digits
 * @param bytes length of the bundle
 * @param addedMs when it was imported, ms since 1970
 */
public record ScenarioEntry(String name, String version, String hash, long bytes, long addedMs) {
    /** For people. */
    public String title() {
        return name + " " + version;
    }
}
