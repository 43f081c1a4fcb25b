package io.fluxrig.jpos;

/** A packager cannot be had as the configuration says; the message says why. */
final class PackagerFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String fix;

    /**
     * @param key of the gear's configuration
     * @param fix what to do
     */
    PackagerFault(String key, String what, String fix, Throwable cause) {
        super(what, cause);
        this.key = key;
        this.fix = fix;
    }

    String key() {
        return key;
    }

    String fix() {
        return fix;
    }
}
