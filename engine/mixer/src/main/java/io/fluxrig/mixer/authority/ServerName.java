package io.fluxrig.mixer.authority;

import io.fluxrig.engine.passport.PassportException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A name or address under which a server is reached.
 *
 * @param address whether it is an address, as {@link InetAddress#getHostAddress} writes it
 */
record ServerName(boolean address, String text) implements Comparable<ServerName> {
    private static final Logger LOG = LoggerFactory.getLogger(ServerName.class);
    private static final int DNS = 2;
    private static final int IP = 7;
    private static final int NAMES_MAX = 64;
    private static final String LABEL = "[A-Za-z0-9-]{1,63}";
    private static final String ADDRESS = "[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*";

    @Override
    public int compareTo(ServerName other) {
        int kinds = Boolean.compare(address, other.address);
        return kinds == 0 ? text.compareTo(other.text) : kinds;
    }

    /**
     * Those that are configured, and of this machine's own as many as a certificate has room for.
     *
     * @param configured with commas between them, empty for none
     * @throws PassportException if a configured one is none, or they are too many
     */
    static Set<ServerName> all(String configured) throws PassportException {
        Set<ServerName> names = new TreeSet<>();
        names.add(new ServerName(false, "localhost"));
        for (String each : configured.split(",", -1)) {
            if (!each.isBlank()) {
                names.add(of(each.strip()));
            }
        }
        if (names.size() > NAMES_MAX) {
            throw new PassportException("mixer.names has " + names.size()
                    + " names and addresses, a certificate is for " + NAMES_MAX + " at most");
        }
        Set<ServerName> own = new TreeSet<>();
        own(own);
        own.stream().limit(NAMES_MAX - names.size()).forEach(names::add);
        return names;
    }

    /** Those that a certificate is for. */
    static Set<ServerName> of(X509Certificate certificate) {
        Set<ServerName> names = new TreeSet<>();
        try {
            if (certificate.getSubjectAlternativeNames() == null) {
                return names;
            }
            for (List<?> each : certificate.getSubjectAlternativeNames()) {
                int kind = (Integer) each.get(0);
                if (kind == DNS || kind == IP) {
                    names.add(new ServerName(kind == IP, each.get(1).toString()));
                }
            }
        } catch (CertificateParsingException odd) {
            // it is issued anew, as one that is for other names is
            LOG.warn("the names in the mixer's certificate cannot be read: {}", odd.getMessage());
            return Set.of();
        }
        return names;
    }

    private static ServerName of(String text) throws PassportException {
        try {
            if (text.matches(ADDRESS)) {
                return new ServerName(true, InetAddress.getByName(text).getHostAddress());
            }
        } catch (UnknownHostException none) {
            throw new PassportException(unusable(text), none);
        }
        if (!isName(text)) {
            throw new PassportException(unusable(text));
        }
        return new ServerName(false, text);
    }

    private static boolean isName(String text) {
        for (String label : text.split("\\.", -1)) {
            if (!label.matches(LABEL) || label.startsWith("-") || label.endsWith("-")) {
                return false;
            }
        }
        return true;
    }

    private static String unusable(String text) {
        return "mixer.names: '" + text + "' is no name and no address; write such as mixer.example or 10.0.0.5, several"
                + " with commas between them";
    }

    private static void own(Set<ServerName> names) throws PassportException {
        try {
            String host = InetAddress.getLocalHost().getHostName();
            if (isName(host)) {
                names.add(of(host));
            }
        } catch (UnknownHostException nameless) {
            // then it has addresses only
            names.add(new ServerName(true, InetAddress.getLoopbackAddress().getHostAddress()));
        }
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress())
                    .map(address ->
                            new ServerName(true, address.getHostAddress().replaceFirst("%.*", "")))
                    .forEach(names::add);
        } catch (SocketException unknown) {
            throw new PassportException("this machine's addresses cannot be told", unknown);
        }
    }
}
