package io.fluxrig.transport.bus;

import java.nio.file.Path;
import java.util.List;

/**
 * How to reach NATS.
 *
 * @param urls of servers, {@code nats://host:port} or {@code tls://host:port}; at least one
 * @param name of the connection, as the server's operator sees it
 * @param inboxes where answers come to: a subject below which nobody else may listen, such as {@code _INBOX.enrol}
 * @param credentials file of NATS credentials, null for none
 * @param login whose login is used where there are no credentials; null for none
 * @param tls for addresses with {@code tls://}; null where there are none
 * @param patient whether to try on with a server that does not know the login: it may be another one that is just ending
 */
public record BusSettings(
        List<String> urls,
        String name,
        String inboxes,
        Path credentials,
        BusLogin login,
        TlsFiles tls,
        boolean patient) {
    public BusSettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("urls=0 min=1");
        }
    }
}
