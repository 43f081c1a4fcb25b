package io.fluxrig.mixer.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against signatures that AWS has published: its Signature Version 4 test suite, and the signing key of its general reference. */
class AwsSignatureTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");
    private static final URI ROOT = URI.create("https://example.amazonaws.com/");

    private static AwsSignature suite(String session) {
        return new AwsSignature(new AwsCredentials("AKIDEXAMPLE", SECRET, session), "us-east-1", "service");
    }

    private static String authorization(AwsSignature with, String method, Map<String, String> headers, String body) {
        return with.sign(method, ROOT, headers, body.getBytes(StandardCharsets.UTF_8), NOW)
                .get("Authorization");
    }

    private static String expected(String names, String signature) {
        return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=" + names
                + ", Signature=" + signature;
    }

    @Test
    void shouldSignGetVanilla() {
        assertThat(authorization(suite(""), "GET", Map.of(), ""))
                .isEqualTo(expected(
                        "host;x-amz-date", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"));
    }

    @Test
    void shouldSignPostVanilla() {
        assertThat(authorization(suite(""), "POST", Map.of(), ""))
                .isEqualTo(expected(
                        "host;x-amz-date", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"));
    }

    @Test
    void shouldSignPostHeaderKeySort() {
        assertThat(authorization(suite(""), "POST", Map.of("My-Header1", "value1"), ""))
                .isEqualTo(expected(
                        "host;my-header1;x-amz-date",
                        "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c"));
    }

    @Test
    void shouldSignPostHeaderValueCase() {
        assertThat(authorization(suite(""), "POST", Map.of("My-Header1", "VALUE1"), ""))
                .isEqualTo(expected(
                        "host;my-header1;x-amz-date",
                        "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d"));
    }

    @Test
    void shouldSignPostXWwwFormUrlencoded() {
        assertThat(authorization(
                        suite(""),
                        "POST",
                        Map.of("Content-Type", "application/x-www-form-urlencoded"),
                        "Param1=value1"))
                .isEqualTo(expected(
                        "content-type;host;x-amz-date",
                        "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"));
    }

    @Test
    void shouldSignPostStsHeaderBefore() {
        String session =
                "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIe"
                        + "oIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp"
                        + "75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9"
                        + "KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

        assertThat(authorization(suite(session), "POST", Map.of(), ""))
                .isEqualTo(expected(
                        "host;x-amz-date;x-amz-security-token",
                        "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"));
    }

    @Test
    void shouldDeriveTheSigningKey() {
        AwsSignature iam = new AwsSignature(new AwsCredentials("AKIDEXAMPLE", SECRET, ""), "us-east-1", "iam");

        assertThat(HexFormat.of().formatHex(iam.key("20150830")))
                .isEqualTo("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
    }

    @Test
    void shouldNotSignAQuery() {
        assertThatThrownBy(() -> suite("").sign("GET", URI.create("https://h/?a=b"), Map.of(), new byte[0], NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
