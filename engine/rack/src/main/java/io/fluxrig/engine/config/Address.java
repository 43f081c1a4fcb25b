package io.fluxrig.engine.config;

import java.util.Optional;

/**
 * A {@code host:port}; {@code :port} means every local address.
 *
 * @param host empty for every local address; an IPv6 address without its brackets
 * @param port 0 to 65535; 0 lets the machine choose
 */
public record Address(String host, int port) {
    /** Fix for an address that cannot be read. */
    public static final String FIX =
            "write host:port or :port, a port up to 65535, such as 127.0.0.1:8583 or [::1]:8583";

    private static final int PORT_MAX = 65535;
    private static final int HOST_LENGTH_MAX = 253;

    /** Empty if the text is no address. Nothing is looked up. */
    public static Optional<Address> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String port = text.substring(colon + 1);
        String host = text.substring(0, colon);
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > PORT_MAX) {
            return Optional.empty();
        }
        boolean bracketed = host.startsWith("[") && host.endsWith("]") && host.length() > 2;
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        boolean good = bracketed ? bare.matches("[0-9a-fA-F:.%]+") : bare.matches("[A-Za-z0-9._-]*");
        return good && bare.length() <= HOST_LENGTH_MAX
                ? Optional.of(new Address(bare, Integer.parseInt(port)))
                : Optional.empty();
    }

    /** Whether only this machine itself can reach it; by how it is written, nothing is looked up. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
