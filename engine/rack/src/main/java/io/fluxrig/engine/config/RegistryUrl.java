package io.fluxrig.engine.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the database is that mixers share: {@code postgresql://user@host:port/database}, several hosts with commas.
 *
 * @param user who logs in
 * @param hosts tried in that order, each with its port; at least one
 * @param database its name
 */
public record RegistryUrl(String user, List<Address> hosts, String database) {
    /** Fix for one that cannot be read. */
    public static final String FIX =
            "write postgresql://user@host:port/database, several hosts with commas between them";

    /** Hosts at most. */
    public static final int HOSTS_MAX = 16;

    private static final int PORT = 5432;
    private static final Pattern FORM =
            Pattern.compile("postgres(?:ql)?://([A-Za-z0-9._-]{1,63})@([^/@?#\\s]{1,2048})/([A-Za-z0-9._-]{1,63})");

    public RegistryUrl {
        hosts = List.copyOf(hosts);
    }

    /** Empty if the text is none, or holds a password. Nothing is looked up. */
    public static Optional<RegistryUrl> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        List<Address> hosts = new ArrayList<>();
        for (String host : form.group(2).split(",", -1)) {
            Optional<Address> address = Address.parse(host.matches(".*:[0-9]+") ? host : host + ":" + PORT);
            if (address.isEmpty()
                    || address.get().host().isEmpty()
                    || address.get().port() == 0) {
                return Optional.empty();
            }
            hosts.add(address.get());
        }
        return hosts.size() > HOSTS_MAX
                ? Optional.empty()
                : Optional.of(new RegistryUrl(form.group(1), hosts, form.group(3)));
    }
}
