package io.fluxrig.mixer.secret;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * AWS KMS, or what speaks its JSON API: the wrapping key never leaves it. The context is the encryption context, which CloudTrail shows
 * beside each use. The keepers' thread only.
 *
 * <pre>
 *   POST /   X-Amz-Target: TrentService.Encrypt   Authorization: AWS4-HMAC-SHA256 ...
 *     {"EncryptionContext": {"fluxrig": what, "fleet": fingerprint}, "KeyId": id, alias or ARN, "Plaintext": base64}
 *     200 {"CiphertextBlob": base64, "KeyId": ARN}
 *   POST /   X-Amz-Target: TrentService.Decrypt   (no KeyId: the blob names its key)
 *     {"CiphertextBlob": base64, "EncryptionContext": as above}
 *     200 {"KeyId": ARN, "Plaintext": base64}
 *   400, 500, 503 {"__type": "...Exception", "message": text}
 * </pre>
 *
 * <p>Errors: InvalidCiphertextException is {@link KeeperException#isOtherwise}; throttling, timeouts inside AWS and status 5xx say to try
 * again; all else says what to allow, enable or look at. Source: AWS Key Management Service API Reference, Encrypt, Decrypt, Common Errors.
 */
public final class KmsKeeper implements KeyKeeper {
    /** Its word. */
    public static final String KIND = "aws_kms";

    private static final String AGAIN = "try again in a moment";

    private final Settings settings;
    private final KeeperHttp http;
    private final InstantSource clock;

    public KmsKeeper(Settings settings, KeeperHttp http, InstantSource clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
    }

    /**
     * Where it is and what it is asked for.
     *
     * @param url empty for AWS's own of the region
     * @param key id, alias or ARN of the wrapping key
     * @param credentialsFile read for each request; null for {@code environment}
     * @param environment where credentials may stand
     */
    public record Settings(
            String url, String region, String key, Path credentialsFile, Map<String, String> environment) {
        private URI endpoint() {
            return URI.create(url.isEmpty() ? "https://kms." + region + ".amazonaws.com/" : url);
        }

        @Override
        public String toString() {
            return "Settings[" + endpoint() + ", " + key + "]";
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Wrapped wrap(byte[] key, Context context) throws KeeperException {
        JsonObject answer = ask(
                "Encrypt",
                new JsonObject()
                        .put("EncryptionContext", shown(context))
                        .put("KeyId", settings.key())
                        .put("Plaintext", Base64.getEncoder().encodeToString(key)));
        byte[] wrapped = bytes(answer, "CiphertextBlob");
        return new Wrapped(wrapped, KeeperHttp.quoted(text(answer, "KeyId")));
    }

    @Override
    public byte[] unwrap(byte[] wrapped, Context context) throws KeeperException {
        // without KeyId, which the blob names: what an earlier key wrapped opens after secrets.kms_key was changed
        JsonObject answer = ask(
                "Decrypt",
                new JsonObject()
                        .put("CiphertextBlob", Base64.getEncoder().encodeToString(wrapped))
                        .put("EncryptionContext", shown(context)));
        byte[] key = bytes(answer, "Plaintext");
        if (key.length != Sealing.KEY_LENGTH) {
            throw strange("a Plaintext of another length than a key's");
        }
        return key;
    }

    private static JsonObject shown(Context context) {
        JsonObject shown = new JsonObject().put("fluxrig", context.what());
        return context.fleet().isEmpty() ? shown : shown.put("fleet", context.fleet());
    }

    private JsonObject ask(String what, JsonObject body) throws KeeperException {
        URI endpoint = settings.endpoint();
        AwsCredentials credentials = AwsCredentials.find(settings.credentialsFile(), settings.environment());
        String text = body.encode();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/x-amz-json-1.1");
        headers.put("X-Amz-Target", "TrentService." + what);
        Map<String, String> signed = new AwsSignature(credentials, settings.region(), "kms")
                .sign("POST", endpoint, headers, text.getBytes(StandardCharsets.UTF_8), clock.instant());
        KeeperHttp.Answer answer = http.post("AWS KMS", endpoint, signed, text);
        JsonObject said = json(answer.body());
        if (answer.status() != 200) {
            throw refused(what, answer.status(), said == null ? new JsonObject() : said);
        }
        if (said == null) {
            throw strange("what is no JSON");
        }
        return said;
    }

    /** Null if it is none: whatever stands in front of KMS answers in its own words. */
    private static JsonObject json(String body) {
        try {
            return new JsonObject(body);
        } catch (DecodeException noJson) {
            return null;
        }
    }

    private KeeperException refused(String what, int status, JsonObject said) {
        String type = text(said, "__type").replaceAll(".*#", "");
        String fix = switch (type) {
            case "AccessDeniedException" ->
                what.equals("Encrypt")
                        ? "allow kms:Encrypt and kms:Decrypt on the key secrets.kms_key"
                        : "allow kms:Decrypt on the key that wrapped it, which may be an earlier one than secrets.kms_key: 'fluxrig admin keys list'";
            case "NotFoundException" -> "is secrets.kms_key a key of secrets.kms_region?";
            case "DisabledException", "KMSInvalidStateException" -> "enable the key";
            case "InvalidCiphertextException" ->
                "it was wrapped for something else, or changed since: bring the registry back from a back-up";
            case "ThrottlingException", "KMSInternalException", "DependencyTimeoutException" -> AGAIN;
            case "UnrecognizedClientException",
                    "InvalidSignatureException",
                    "ExpiredTokenException",
                    "IncompleteSignatureException" -> "look at the credentials, and at this machine's clock";
            default -> status >= 500 ? AGAIN : "see CloudTrail";
        };
        String message = text(said, "message") + text(said, "Message");
        String text = "AWS KMS at " + settings.endpoint() + " refuses " + what + " (" + status + " "
                + KeeperHttp.quoted(type + " " + message)
                + "): " + fix;
        return type.equals("InvalidCiphertextException") ? KeeperException.otherwise(text) : new KeeperException(text);
    }

    private static String text(JsonObject answer, String name) {
        Object value = answer.getValue(name);
        return value == null ? "" : value.toString();
    }

    private byte[] bytes(JsonObject answer, String name) throws KeeperException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text(answer, name));
            if (bytes.length > 0) {
                return bytes;
            }
        } catch (IllegalArgumentException noBase64) {
            throw strange("a " + name + " that is no base64");
        }
        throw strange("no " + name);
    }

    private KeeperException strange(String what) {
        return new KeeperException("what answers at " + settings.endpoint() + " is no AWS KMS: it gives " + what);
    }
}
