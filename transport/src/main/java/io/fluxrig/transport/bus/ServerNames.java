package io.fluxrig.transport.bus;

import java.util.List;
import java.util.stream.Collectors;

/** NATS servers in lines for people. Static and stateless. */
public final class ServerNames {
    private ServerNames() {}

    /** {@code nats://10.0.0.1:4222, tls://db:4222}: without users and passwords. */
    public static String of(List<String> urls) {
        return urls.stream().map(ServerNames::of).collect(Collectors.joining(", "));
    }

    private static String of(String url) {
        int scheme = url.indexOf("://");
        int user = url.lastIndexOf('@');
        return user < 0 ? url : (scheme < 0 ? "" : url.substring(0, scheme + 3)) + url.substring(user + 1);
    }
}
