package io.fluxrig.mixer.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.mixer.secret.KeeperServer.Answer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultKeeperTest {
    /** 32 bytes of 0x07, and "data key 1". */
    private static final String KEY = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

    private static final String CONTEXT = "ZGF0YSBrZXkgMQ==";
    private static final String TOKEN = "hvs.not-to-be-seen";

    private final byte[] key = new byte[32];
    private KeeperServer vault;

    @TempDir
    private Path folder;

    private static KeyKeeper.Context context(int id) {
        return new KeyKeeper.Context("data key " + id, "");
    }

    @BeforeEach
    void start() throws Exception {
        Arrays.fill(key, (byte) 7);
        vault = KeeperServer.plain();
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    private VaultKeeper keeper(String namespace, Path tokenFile) {
        return new VaultKeeper(
                new VaultKeeper.Settings(vault.url(), "transit", "fluxrig", namespace, tokenFile, TOKEN),
                new KeeperHttp(null, Duration.ofSeconds(5)));
    }

    private VaultKeeper keeper() {
        return keeper("", null);
    }

    @Test
    void shouldAskVaultToEncrypt() throws Exception {
        vault.answering(asked -> new Answer(
                200, "{\"request_id\":\"r\",\"data\":{\"ciphertext\":\"vault:v3:AbCd==\",\"key_version\":3}}"));

        KeyKeeper.Wrapped wrapped = keeper().wrap(key, context(1));

        KeeperServer.Asked asked = vault.last();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.path()).isEqualTo("/v1/transit/encrypt/fluxrig");
        assertThat(asked.header("X-Vault-Token")).isEqualTo(TOKEN);
        assertThat(asked.header("X-Vault-Request")).isEqualTo("true");
        assertThat(asked.header("Content-Type")).isEqualTo("application/json");
        assertThat(asked.headers()).doesNotContainKey("X-vault-namespace");
        assertThat(asked.body()).isEqualTo("{\"plaintext\":\"" + KEY + "\",\"associated_data\":\"" + CONTEXT + "\"}");
        assertThat(wrapped.bytes()).asString().isEqualTo("vault:v3:AbCd==");
        assertThat(wrapped.under()).isEqualTo("transit/fluxrig v3");
    }

    @Test
    void shouldAskVaultToDecrypt() throws Exception {
        vault.answering(asked -> new Answer(200, "{\"data\":{\"plaintext\":\"" + KEY + "\"}}"));

        byte[] unwrapped = keeper().unwrap("vault:v3:AbCd==".getBytes(StandardCharsets.US_ASCII), context(1));

        assertThat(vault.last().path()).isEqualTo("/v1/transit/decrypt/fluxrig");
        assertThat(vault.last().body())
                .isEqualTo("{\"ciphertext\":\"vault:v3:AbCd==\",\"associated_data\":\"" + CONTEXT + "\"}");
        assertThat(unwrapped).isEqualTo(key);
    }

    @Test
    void shouldNameTheNamespace() throws Exception {
        vault.answering(asked -> new Answer(200, "{\"data\":{\"plaintext\":\"" + KEY + "\"}}"));

        keeper("payments/prod", null).unwrap(new byte[1], context(1));

        assertThat(vault.last().header("X-Vault-Namespace")).isEqualTo("payments/prod");
    }

    @Test
    void shouldReadTheTokenForEachRequest() throws Exception {
        vault.answering(asked -> new Answer(200, "{\"data\":{\"plaintext\":\"" + KEY + "\"}}"));
        Path file = ownFile("first\n");
        VaultKeeper keeper = keeper("", file);
        keeper.unwrap(new byte[1], context(1));
        Files.writeString(file, "second\n");

        keeper.unwrap(new byte[1], context(1));

        assertThat(vault.last().header("X-Vault-Token")).isEqualTo("second");
    }

    @Test
    void shouldRefuseATokenFileThatOthersMayRead() throws Exception {
        Path file = ownFile(TOKEN);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> keeper("", file).wrap(key, context(1))).hasMessageContaining("chmod 600 " + file);
        assertThat(vault.requests()).isZero();
    }

    @Test
    void shouldSayWhereATokenIsLookedFor() {
        VaultKeeper keeper = new VaultKeeper(
                new VaultKeeper.Settings(vault.url(), "transit", "fluxrig", "", null, null),
                new KeeperHttp(null, Duration.ofSeconds(5)));

        assertThatThrownBy(() -> keeper.wrap(key, context(1))).hasMessageContaining("VAULT_TOKEN");
        assertThat(vault.requests()).isZero();
    }

    @Test
    void shouldNotSendOrQuoteATokenThatIsNone() throws Exception {
        Path file = ownFile("hvs.secret\r\nX-Other: header");

        assertThatThrownBy(() -> keeper("", file).wrap(key, context(1)))
                .isInstanceOf(KeeperException.class)
                .hasMessageNotContaining("hvs.secret");
        assertThat(vault.requests()).isZero();
    }

    @Test
    void shouldSayWhatToDoWhereVaultRefuses() {
        refusal(403, "{\"errors\":[\"permission denied\"]}", "must be allowed to update that path");
        refusal(404, "{\"errors\":[]}", "secrets.vault_mount");
        refusal(503, "{\"errors\":[\"Vault is sealed\"]}", "unseal it");
        refusal(400, "{\"errors\":[\"missing 'context' for key derivation\"]}", "not derived");
        refusal(307, "", "that node stands by");
        refusal(429, "{\"errors\":[\"request path: rate limit quota exceeded\"]}", "its quota for requests");
        refusal(500, "<html>", "see its log");
    }

    private void refusal(int status, String body, String fix) {
        vault.answering(asked -> new Answer(status, body));
        assertThatThrownBy(() -> keeper().wrap(key, context(1)))
                .isInstanceOf(KeeperException.class)
                .hasMessageContaining("refuses v1/transit/encrypt/fluxrig (" + status)
                .hasMessageContaining(fix)
                .hasMessageNotContaining(TOKEN)
                .hasMessageNotContaining(KEY);
    }

    @Test
    void shouldSayWhatToDoWhereVaultCannotOpen() {
        vault.answering(asked -> new Answer(400, "{\"errors\":[\"cipher: message authentication failed\"]}"));

        assertThatThrownBy(() -> keeper().unwrap(new byte[1], context(1)))
                .hasMessageContaining("refuses v1/transit/decrypt/fluxrig (400")
                .hasMessageContaining("min_decryption_version");
    }

    @Test
    void shouldTellWhatItHasNotWrappedFromWhatItCannotDo() {
        for (int status : new int[] {400, 403, 503}) {
            vault.answering(asked -> new Answer(status, "{\"errors\":[]}"));
            assertThatThrownBy(() -> keeper().unwrap(new byte[1], context(1)))
                    .as("%s", status)
                    .isInstanceOfSatisfying(
                            KeeperException.class,
                            refused -> assertThat(refused.isOtherwise()).isEqualTo(status == 400));
            assertThatThrownBy(() -> keeper().wrap(key, context(1)))
                    .isInstanceOfSatisfying(
                            KeeperException.class,
                            refused -> assertThat(refused.isOtherwise()).isFalse());
        }
    }

    @Test
    void shouldFollowNobodyElsewhere() {
        vault.answering(asked -> new Answer(307, ""));

        assertThatThrownBy(() -> keeper().wrap(key, context(1))).hasMessageContaining("(307");
        assertThat(vault.requests()).isEqualTo(1);
    }

    @Test
    void shouldNotTakeWhatIsNoVaults() {
        for (String body : new String[] {
            "{}", "[]", "not json", "{\"data\":7}", "{\"data\":{\"ciphertext\":\"other\"}}", "{\"data\":null}"
        }) {
            vault.answering(asked -> new Answer(200, body));
            assertThatThrownBy(() -> keeper().wrap(key, context(1)))
                    .as(body)
                    .isInstanceOf(KeeperException.class)
                    .hasMessageContaining("is no Vault");
        }
        vault.answering(asked -> new Answer(200, "{\"data\":{\"plaintext\":\"AAAA\"}}"));
        assertThatThrownBy(() -> keeper().unwrap(new byte[1], context(1))).hasMessageContaining("another length");
    }

    @Test
    void shouldNotReadAnAnswerWithoutEnd() {
        vault.answering(asked -> new Answer(200, " ".repeat(200_000)));

        assertThatThrownBy(() -> keeper().wrap(key, context(1))).hasMessageContaining("200000 bytes, max=65536");
    }

    @Test
    void shouldNotWaitForWhoeverDoesNotAnswer() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + deaf.getLocalPort();
            VaultKeeper keeper = new VaultKeeper(
                    new VaultKeeper.Settings(url, "transit", "fluxrig", "", null, TOKEN),
                    new KeeperHttp(null, Duration.ofMillis(200)));

            assertThatThrownBy(() -> keeper.wrap(key, context(1)))
                    .isInstanceOf(KeeperException.class)
                    .hasMessageContaining(url)
                    .hasMessageContaining("secrets.timeout");
        }
    }

    @Test
    void shouldSayThatNobodyListens() {
        vault.close();

        assertThatThrownBy(() -> keeper().wrap(key, context(1)))
                .hasMessageContaining("Vault at " + vault.url() + " cannot be asked");
    }

    @Test
    void shouldBelieveACertificateOfItsAuthoritiesOnly() throws Exception {
        TlsPair own = TlsPair.make(folder, "vault");
        try (KeeperServer server = KeeperServer.tls(own.context())) {
            server.answering(asked -> new Answer(200, "{\"data\":{\"ciphertext\":\"vault:v1:AA==\"}}"));
            VaultKeeper.Settings settings =
                    new VaultKeeper.Settings(server.url(), "transit", "fluxrig", "", null, TOKEN);

            VaultKeeper believing = new VaultKeeper(settings, new KeeperHttp(own.certificate(), Duration.ofSeconds(5)));
            assertThat(believing.wrap(key, context(1)).bytes()).asString().isEqualTo("vault:v1:AA==");

            VaultKeeper other = new VaultKeeper(settings, new KeeperHttp(null, Duration.ofSeconds(5)));
            assertThatThrownBy(() -> other.wrap(key, context(1))).hasMessageContaining("secrets.ca_file");
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void shouldShowNoTokenOfItsSettings() {
        assertThat(new VaultKeeper.Settings("https://v", "transit", "k", "", null, TOKEN).toString())
                .doesNotContain(TOKEN);
    }

    private Path ownFile(String content) throws Exception {
        Path file = folder.resolve("token");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, content);
    }
}
