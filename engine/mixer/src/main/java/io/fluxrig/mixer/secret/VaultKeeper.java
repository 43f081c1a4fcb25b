package io.fluxrig.mixer.secret;

import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * HashiCorp Vault's transit engine, or OpenBao's: the wrapping key never leaves it, and has versions of its own there. The context is the
 * associated data of the seal, so the key is one of {@code aes256-gcm96}, {@code aes128-gcm96} or {@code chacha20-poly1305}, not derived.
 *
 * <pre>
 *   POST /v1/MOUNT/encrypt/KEY  {"plaintext": base64, "associated_data": base64}     {"data": {"ciphertext": "vault:v1:..."}}
 *   POST /v1/MOUNT/decrypt/KEY  {"ciphertext": "vault:v1:...", "associated_data": base64}   {"data": {"plaintext": base64}}
 * </pre>
 */
public final class VaultKeeper implements KeyKeeper {
    /** Its word. */
    public static final String KIND = "vault";

    private static final String DECRYPT = "decrypt";

    private final Settings settings;
    private final KeeperHttp http;

    public VaultKeeper(Settings settings, KeeperHttp http) {
        this.settings = settings;
        this.http = http;
    }

    /**
     * Where it is and what it is asked for.
     *
     * @param url such as {@code https://vault.example:8200}
     * @param mount of the transit engine
     * @param key name of the wrapping key
     * @param namespace empty for none
     * @param tokenFile read for each request, so that an agent may renew it; null for {@code token}
     * @param token of {@code VAULT_TOKEN}, null for none
     */
    public record Settings(String url, String mount, String key, String namespace, Path tokenFile, String token) {
        @Override
        public String toString() {
            return "Settings[" + url + ", " + mount + "/" + key + "]";
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Wrapped wrap(byte[] key, Context context) throws KeeperException {
        JsonObject body = new JsonObject().put("plaintext", base64(key)).put("associated_data", base64(context.text()));
        String ciphertext = ask("encrypt", body).getString("ciphertext", "");
        if (!ciphertext.startsWith("vault:v")) {
            throw strange("no ciphertext");
        }
        String version = ciphertext.substring("vault:".length(), ciphertext.indexOf(':', "vault:".length()));
        return new Wrapped(
                ciphertext.getBytes(StandardCharsets.US_ASCII),
                settings.mount() + "/" + settings.key() + " " + version);
    }

    @Override
    public byte[] unwrap(byte[] wrapped, Context context) throws KeeperException {
        JsonObject body = new JsonObject()
                .put("ciphertext", new String(wrapped, StandardCharsets.US_ASCII))
                .put("associated_data", base64(context.text()));
        try {
            byte[] key = Base64.getDecoder().decode(ask(DECRYPT, body).getString("plaintext", ""));
            if (key.length == Sealing.KEY_LENGTH) {
                return key;
            }
        } catch (IllegalArgumentException noBase64) {
            throw strange("a plaintext that is no base64");
        }
        throw strange("a plaintext of another length than a key's");
    }

    private JsonObject ask(String what, JsonObject body) throws KeeperException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Vault-Request", "true");
        headers.put("X-Vault-Token", token());
        if (!settings.namespace().isEmpty()) {
            headers.put("X-Vault-Namespace", settings.namespace());
        }
        String path = "/v1/" + settings.mount() + "/" + what + "/" + settings.key();
        KeeperHttp.Answer answer = http.post("Vault", URI.create(settings.url() + path), headers, body.encode());
        if (answer.status() != 200) {
            throw refused(what, path, answer);
        }
        try {
            if (new JsonObject(answer.body()).getValue("data") instanceof JsonObject data) {
                return data;
            }
        } catch (DecodeException noJson) {
            throw strange("what is no JSON");
        }
        throw strange("no data");
    }

    private KeeperException refused(String what, String path, KeeperHttp.Answer answer) {
        String fix = switch (answer.status()) {
            case 307 -> "that node stands by: name the active one, or the cluster's address, in secrets.vault_url";
            case 400 ->
                what.equals(DECRYPT)
                        ? "was the key replaced, or its min_decryption_version raised, since it wrapped?"
                        : "the key must be of type aes256-gcm96, aes128-gcm96 or chacha20-poly1305, and not derived";
            case 403 -> "its token must be allowed to update that path; " + tokenPlace();
            case 404 -> "is there a transit engine under secrets.vault_mount, with the key secrets.vault_key?";
            case 429 -> "its quota for requests is used up; they are tried again";
            case 503 -> "unseal it";
            default -> "see its log";
        };
        String text = "Vault at " + settings.url() + " refuses " + path.substring(1) + " (" + answer.status()
                + errors(answer.body()) + "): " + fix;
        return answer.status() == 400 && what.equals(DECRYPT)
                ? KeeperException.otherwise(text)
                : new KeeperException(text);
    }

    private static String errors(String body) {
        try {
            Object errors = new JsonObject(body).getValue("errors");
            return errors instanceof JsonArray all && !all.isEmpty()
                    ? ", " + KeeperHttp.quoted(String.valueOf(all.getValue(0)))
                    : "";
        } catch (DecodeException noJson) {
            // whatever stands in front of Vault answers in its own words
            return "";
        }
    }

    private KeeperException strange(String what) {
        return new KeeperException(
                "what answers at " + settings.url() + " (secrets.vault_url) is no Vault: it gives " + what);
    }

    private String token() throws KeeperException {
        String token = settings.token();
        if (settings.tokenFile() != null) {
            try {
                byte[] kept = OwnFile.read(settings.tokenFile());
                token = kept == null ? null : new String(kept, StandardCharsets.US_ASCII).strip();
            } catch (PassportException unusable) {
                throw new KeeperException(unusable.getMessage(), unusable);
            }
        }
        // never quoted, not even by the client that refuses to send it
        if (token == null || !token.matches("[\\x21-\\x7e]{1,4096}")) {
            throw new KeeperException("there is no token for Vault: " + tokenPlace());
        }
        return token;
    }

    private String tokenPlace() {
        return settings.tokenFile() == null
                ? "put one into a file that secrets.vault_token_file names (mode 600), or into VAULT_TOKEN"
                : "it stands in " + settings.tokenFile();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }
}
