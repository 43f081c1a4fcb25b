package io.fluxrig.mixer.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.mixer.secret.KeeperServer.Answer;
import io.fluxrig.mixer.secret.KeeperServer.Asked;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KmsKeeperTest {
    private static final String KEY = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
    private static final String SECRET = "not/to+be+seen";
    private static final String ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", SECRET);

    private final byte[] key = new byte[32];
    private KeeperServer kms;

    @TempDir
    private Path folder;

    private static KeyKeeper.Context context(int id) {
        return new KeyKeeper.Context("data key " + id, "");
    }

    @BeforeEach
    void start() throws Exception {
        Arrays.fill(key, (byte) 7);
        kms = KeeperServer.plain();
    }

    @AfterEach
    void stop() {
        kms.close();
    }

    private KmsKeeper keeper(Path credentials, Map<String, String> environment) {
        return new KmsKeeper(
                new KmsKeeper.Settings(kms.url(), "eu-central-1", "alias/fluxrig", credentials, environment),
                new KeeperHttp(null, Duration.ofSeconds(5)),
                () -> Instant.parse("2026-11-27T09:00:00Z"));
    }

    private KmsKeeper keeper() {
        return keeper(null, ENVIRONMENT);
    }

    @Test
    void shouldAskKmsToEncrypt() throws Exception {
        kms.answering(asked -> new Answer(200, "{\"CiphertextBlob\":\"AQID\",\"KeyId\":\"" + ARN + "\"}"));

        KeyKeeper.Wrapped wrapped = keeper().wrap(key, context(1));

        Asked asked = kms.last();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.path()).isEqualTo("/");
        assertThat(asked.header("X-Amz-Target")).isEqualTo("TrentService.Encrypt");
        assertThat(asked.header("Content-Type")).isEqualTo("application/x-amz-json-1.1");
        assertThat(asked.header("X-Amz-Date")).isEqualTo("20261127T090000Z");
        assertThat(asked.body())
                .isEqualTo(
                        "{\"EncryptionContext\":{\"fluxrig\":\"data key 1\"},\"KeyId\":\"alias/fluxrig\",\"Plaintext\":\""
                                + KEY + "\"}");
        assertThat(asked.header("Authorization")).isEqualTo(expected(asked, SECRET));
        assertThat(wrapped.bytes()).containsExactly(1, 2, 3);
        assertThat(wrapped.under()).isEqualTo(ARN);
    }

    @Test
    void shouldAskKmsToDecrypt() throws Exception {
        kms.answering(asked -> new Answer(200, "{\"KeyId\":\"" + ARN + "\",\"Plaintext\":\"" + KEY + "\"}"));

        byte[] unwrapped = keeper().unwrap(new byte[] {1, 2, 3}, context(1));

        assertThat(kms.last().header("X-Amz-Target")).isEqualTo("TrentService.Decrypt");
        assertThat(kms.last().body())
                .isEqualTo("{\"CiphertextBlob\":\"AQID\",\"EncryptionContext\":{\"fluxrig\":\"data key 1\"}}");
        assertThat(kms.last().header("Authorization")).isEqualTo(expected(kms.last(), SECRET));
        assertThat(unwrapped).isEqualTo(key);
    }

    @Test
    void shouldSignTheTokenOfLentCredentialsToo() throws Exception {
        kms.answering(asked -> new Answer(200, "{\"Plaintext\":\"" + KEY + "\"}"));
        Path file = folder.resolve("credentials");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, """
                [other]
                aws_access_key_id = WRONG

                [default]
                # lent
                aws_access_key_id = AKIDEXAMPLE
                aws_secret_access_key = from/the=file
                aws_session_token = lent-for-an-hour
                """);

        keeper(file, Map.of()).unwrap(new byte[] {1}, context(1));

        assertThat(kms.last().header("X-Amz-Security-Token")).isEqualTo("lent-for-an-hour");
        assertThat(kms.last().header("Authorization"))
                .contains("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target,")
                .isEqualTo(expected(kms.last(), "from/the=file"));
    }

    @Test
    void shouldNotSendOrQuoteASessionTokenThatIsNone() {
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.put("AWS_SESSION_TOKEN", "lent\nX-Other: header");

        assertThatThrownBy(() -> keeper(null, environment).wrap(key, context(1)))
                .isInstanceOf(KeeperException.class)
                .hasMessageNotContaining("lent");
        assertThat(kms.requests()).isZero();
    }

    @Test
    void shouldSayWhereCredentialsAreLookedFor() throws Exception {
        assertThatThrownBy(() -> keeper(null, Map.of()).wrap(key, context(1)))
                .hasMessageContaining("AWS_ACCESS_KEY_ID");
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> keeper(absent, ENVIRONMENT).wrap(key, context(1)))
                .hasMessageContaining(absent + " is not there (secrets.kms_credentials_file)");
        assertThat(kms.requests()).isZero();
    }

    @Test
    void shouldSayWhatToDoWhereKmsRefuses() {
        refusal(
                "{\"__type\":\"AccessDeniedException\",\"Message\":\"User is not authorized\"}",
                "(400 AccessDeniedException User is not authorized): allow kms:Encrypt");
        refusal("{\"__type\":\"com.amazonaws.kms#NotFoundException\",\"message\":\"x\"}", "secrets.kms_region");
        refusal("{\"__type\":\"InvalidCiphertextException\"}", "wrapped for something else");
        refusal("{\"__type\":\"ExpiredTokenException\",\"message\":\"x\"}", "this machine's clock");
        refusal("{\"__type\":7}", "see CloudTrail");
        refusal("<html>", "(400");
        for (String type : new String[] {"ThrottlingException", "KMSInternalException", "DependencyTimeoutException"}) {
            refusal("{\"__type\":\"" + type + "\"}", "try again");
        }
    }

    @Test
    void shouldTellTheStatusOfWhatAnswersInItsPlace() {
        kms.answering(asked -> new Answer(502, "<html>"));

        assertThatThrownBy(() -> keeper().wrap(key, context(1)))
                .isInstanceOf(KeeperException.class)
                .hasMessageContaining("refuses Encrypt (502")
                .hasMessageContaining("try again");
    }

    @Test
    void shouldNotNameTheKeyThatIsConfiguredWhereAnEarlierOneIsRefused() {
        kms.answering(asked -> new Answer(400, "{\"__type\":\"AccessDeniedException\"}"));

        assertThatThrownBy(() -> keeper().unwrap(new byte[] {1}, context(1)))
                .hasMessageContaining("allow kms:Decrypt on the key that wrapped it");
    }

    @Test
    void shouldNameTheFleetInTheContext() throws Exception {
        kms.answering(asked -> new Answer(200, "{\"Plaintext\":\"" + KEY + "\"}"));

        keeper().unwrap(new byte[] {1, 2, 3}, new KeyKeeper.Context("data key 1", "ab12"));

        assertThat(kms.last().body())
                .isEqualTo(
                        "{\"CiphertextBlob\":\"AQID\",\"EncryptionContext\":{\"fluxrig\":\"data key 1\",\"fleet\":\"ab12\"}}");
    }

    @Test
    void shouldNotTakeWhatIsNoJson() {
        kms.answering(asked -> new Answer(200, "<html>"));

        assertThatThrownBy(() -> keeper().wrap(key, context(1))).hasMessageContaining("it gives what is no JSON");
    }

    private void refusal(String body, String fix) {
        kms.answering(asked -> new Answer(400, body));
        assertThatThrownBy(() -> keeper().wrap(key, context(1)))
                .as(body)
                .isInstanceOf(KeeperException.class)
                .hasMessageContaining(kms.url())
                .hasMessageContaining(fix)
                .hasMessageNotContaining(SECRET)
                .hasMessageNotContaining(KEY);
    }

    @Test
    void shouldNotTakeWhatIsNoKey() {
        for (String body :
                new String[] {"{}", "{\"Plaintext\":\"AAAA\"}", "{\"Plaintext\":\"*\"}", "{\"Plaintext\":{}}"}) {
            kms.answering(asked -> new Answer(200, body));
            assertThatThrownBy(() -> keeper().unwrap(new byte[] {1}, context(1)))
                    .as(body)
                    .isInstanceOf(KeeperException.class)
                    .hasMessageContaining("is no AWS KMS");
        }
    }

    @Test
    void shouldAskAwsItselfWithoutAnAddress() {
        assertThat(new KmsKeeper.Settings("", "eu-central-1", "k", null, ENVIRONMENT).toString())
                .isEqualTo("Settings[https://kms.eu-central-1.amazonaws.com/, k]");
    }

    /** The header as AWS would compute it from what arrived, after its general reference and apart from the code that is tested. */
    private static String expected(Asked asked, String secret) throws Exception {
        String[] names = asked.header("Authorization")
                .replaceAll(".*SignedHeaders=([^,]+),.*", "$1")
                .split(";");
        StringBuilder canonical = new StringBuilder("POST\n/\n\n");
        for (String name : names) {
            canonical.append(name + ":" + asked.header(name) + "\n");
        }
        canonical.append("\n" + String.join(";", names) + "\n" + sha256(asked.body()));
        String scope = "20261127/eu-central-1/kms/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n20261127T090000Z\n" + scope + "\n" + sha256(canonical.toString());
        byte[] day = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), "20261127");
        byte[] signing = hmac(hmac(hmac(day, "eu-central-1"), "kms"), "aws4_request");
        return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/" + scope + ", SignedHeaders=" + String.join(";", names)
                + ", Signature=" + HexFormat.of().formatHex(hmac(signing, toSign));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
