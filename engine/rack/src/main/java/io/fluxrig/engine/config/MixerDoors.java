package io.fluxrig.engine.config;

/** Where a mixer's API and nats-server are, as its configuration has it. Static and stateless. */
public final class MixerDoors {
    private MixerDoors() {}

    /** Whether a key's value ({@link MixerKeys#API_TLS}, {@link MixerKeys#SNAKE_TLS}) asks for TLS on the address that another one has. */
    public static boolean isTls(NodeConfig config, String key, String bind) {
        String value = config.text(key);
        boolean loopback = Address.parse(config.text(bind)).orElseThrow().isLoopback();
        return value.equals(MixerKeys.TLS_ON) || value.equals(MixerKeys.TLS_AUTO) && !loopback;
    }

    /**
     * Where commands on the mixer's own machine reach its API: {@code http://127.0.0.1:8090}; on loopback where it listens on every local
     * address. Empty where the machine chooses the port.
     */
    public static String apiUrl(NodeConfig config) {
        Address bind = Address.parse(config.text(MixerKeys.API_BIND)).orElseThrow();
        if (bind.port() == 0) {
            return "";
        }
        String host = switch (bind.host()) {
            case "", "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> bind.host();
        };
        boolean https = isTls(config, MixerKeys.API_TLS, MixerKeys.API_BIND);
        return (https ? "https://" : "http://") + new Address(host, bind.port());
    }
}
