package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.NKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whoever runs a NATS with credentials, as {@code nsc} does: an operator, an account with JetStream, and its users, each with a file of
 * credentials and what it may publish and hear.
 */
final class NatsOperator {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = "{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}";
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Of an account: -1 is no limit. */
    private static final List<String> LIMITS = List.of(
            "subs",
            "data",
            "payload",
            "imports",
            "exports",
            "conn",
            "leaf",
            "mem_storage",
            "disk_storage",
            "streams",
            "consumer");

    private final Path folder;
    private final NKey operator;
    private final NKey account;

    NatsOperator(Path folder) throws IOException, GeneralSecurityException {
        this.folder = Files.createDirectories(folder);
        this.operator = NKey.createOperator(RANDOM);
        this.account = NKey.createAccount(RANDOM);
    }

    /** Writes what nats-server is to read: it trusts the operator, and knows the account, and one for itself. */
    Path configuration() throws IOException, GeneralSecurityException {
        NKey system = NKey.createAccount(RANDOM);
        ObjectNode about = JSON.createObjectNode().put("type", "operator").put("version", 2);
        String text = "operator: \"" + signed("operator", operator, operator, about) + "\"\nsystem_account: "
                + name(system) + "\nresolver: MEMORY\nresolver_preload: {\n  " + name(system) + ": \""
                + account("system", system, 0)
                + "\"\n  " + name(account) + ": \"" + account("fluxrig", account, -1) + "\"\n}\nmax_payload: 5MB\n";
        return Files.writeString(folder.resolve("nats.conf"), text);
    }

    /** @param storage of JetStream: the server's own account must have none */
    private String account(String name, NKey of, int storage) throws IOException, GeneralSecurityException {
        ObjectNode about = JSON.createObjectNode().put("type", "account").put("version", 2);
        ObjectNode limits = about.putObject("limits").put("wildcards", true);
        LIMITS.forEach(limit -> limits.put(limit, limit.endsWith("storage") ? storage : -1));
        return signed(name, of, operator, about);
    }

    /** A user's file of credentials. */
    Path credentials(String name, List<String> publish, List<String> subscribe)
            throws IOException, GeneralSecurityException {
        NKey user = NKey.createUser(RANDOM);
        ObjectNode about = JSON.createObjectNode().put("type", "user").put("version", 2);
        about.put("subs", -1).put("data", -1).put("payload", -1);
        allow(about.putObject("pub"), publish);
        allow(about.putObject("sub"), subscribe);
        String text = "-----BEGIN NATS USER JWT-----\n" + signed(name, user, account, about)
                + "\n------END NATS USER JWT------\n\n-----BEGIN USER NKEY SEED-----\n" + new String(user.getSeed())
                + "\n------END USER NKEY SEED------\n";
        return Files.writeString(folder.resolve(name + ".creds"), text);
    }

    /**
     * A file of credentials with what {@code docs/operating.md} gives whom, no more.
     *
     * @param whom {@code the mixer} or {@code rack NAME}, as headings there have it
     * @param ticketsOf gear and scenario whose tickets are shared, as {@code GEAR-OF-SCENARIO}
     */
    Path documented(String name, String whom, String ticketsOf) throws IOException, GeneralSecurityException {
        String page = Files.readString(RackUnderTest.repositoryRoot().resolve("docs/operating.md"));
        String heading = "a NATS of your own: the permissions of " + whom + "\n";
        assertThat(page).contains(heading);
        String block = page.substring(page.indexOf(heading));
        block = block.substring(0, block.indexOf("```"))
                .replaceAll(" #[^\n]*", "")
                .replace("NAME", name)
                .replace("GEAR-OF-SCENARIO", ticketsOf);
        int subscribe = block.indexOf("subscribe:");
        return credentials(name, quoted(block.substring(0, subscribe)), quoted(block.substring(subscribe)));
    }

    private static List<String> quoted(String text) {
        return QUOTED.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static void allow(ObjectNode right, List<String> subjects) {
        ArrayNode allowed = right.putArray("allow");
        subjects.forEach(allowed::add);
    }

    private static String name(NKey key) throws IOException, GeneralSecurityException {
        return new String(key.getPublicKey());
    }

    private static String signed(String name, NKey of, NKey by, ObjectNode about)
            throws IOException, GeneralSecurityException {
        ObjectNode claims = JSON.createObjectNode()
                .put("jti", name)
                .put("iat", System.currentTimeMillis() / 1000)
                .put("iss", name(by))
                .put("name", name)
                .put("sub", name(of));
        claims.set("nats", about);
        String text = encoded(HEADER) + "." + encoded(claims.toString());
        return text + "." + BASE64.encodeToString(by.sign(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encoded(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
