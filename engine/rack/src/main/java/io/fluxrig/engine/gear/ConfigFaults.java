package io.fluxrig.engine.gear;

/** Takes the faults found in a gear's configuration; the caller adds file and line from the key. */
public interface ConfigFaults {

    /**
     * @param key path of the key within the gear's configuration, such as {@code tls.cert_file} or {@code routes[2].match}
     * @param what what is wrong, with numbers
     * @param fix what to write instead
     */
    void error(String key, String what, String fix);

    /** Same, but the scenario may run; {@code check --strict} counts it as an error. */
    void warning(String key, String what, String fix);
}
