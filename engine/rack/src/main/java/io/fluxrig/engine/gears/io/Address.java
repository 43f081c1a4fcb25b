package io.fluxrig.engine.gears.io;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A {@code host:port} of the configuration; {@code :port} means every address of the machine. Parsing resolves no name.
 *
 * @param host a name or literal address, empty for every address
 * @param port 0 (any free one, for listeners) to 65535
 */
record Address(String host, int port) {

    /**
     * Parses {@code 127.0.0.1:9101}, {@code issuer.example:9101}, {@code [::1]:9101} or {@code :8583}.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.indexOf(':') != colon && !text.startsWith("[")) {
            throw new IllegalArgumentException(text + " is not host:port");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        String digits = text.substring(colon + 1);
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : -1;
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(text + " has no port from 0 to 65535");
        }
        return new Address(host, port);
    }

    /** Whether the host is no name, so that {@link #resolve} asks nobody. */
    boolean literal() {
        return host.isEmpty() || host.contains(":") || host.matches("[0-9.]+");
    }

    /** The socket address. Blocks on the name service unless {@link #literal}: not to be called on a strip then. */
    InetSocketAddress resolve() throws UnknownHostException {
        return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(InetAddress.getByName(host), port);
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
