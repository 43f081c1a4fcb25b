package io.fluxrig.mixer.secret;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests to AWS (Signature Version 4): a key made of secret, day, region and service signs the hash of method, path, headers and
 * body. For requests without a query, whose path needs no escapes. Immutable.
 *
 * @param service as the signature names it, such as {@code kms}
 */
record AwsSignature(AwsCredentials credentials, String region, String service) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String END = "aws4_request";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DAY_LENGTH = 8;

    /**
     * All headers to send, {@code Host} left out, which the client writes by itself.
     *
     * @param headers what is sent beside those of the signature; all are signed
     */
    Map<String, String> sign(String method, URI uri, Map<String, String> headers, byte[] body, Instant now) {
        if (uri.getRawQuery() != null) {
            throw new IllegalArgumentException("a request with a query is not signed");
        }
        Map<String, String> sent = new LinkedHashMap<>(headers);
        String time = TIME.format(now);
        sent.put("X-Amz-Date", time);
        if (!credentials.session().isEmpty()) {
            sent.put("X-Amz-Security-Token", credentials.session());
        }
        TreeMap<String, String> signed = new TreeMap<>();
        sent.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.strip()));
        signed.put("host", host(uri));
        String names = String.join(";", signed.keySet());
        String scope = time.substring(0, DAY_LENGTH) + "/" + region + "/" + service + "/" + END;
        String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n"
                + sha256(bytes(canonical(method, uri, signed, names, body)));
        String signature = HexFormat.of().formatHex(hmac(key(time.substring(0, DAY_LENGTH)), toSign));
        sent.put(
                "Authorization",
                ALGORITHM + " Credential=" + credentials.keyId() + "/" + scope + ", SignedHeaders=" + names
                        + ", Signature=" + signature);
        return sent;
    }

    private static String canonical(
            String method, URI uri, TreeMap<String, String> headers, String names, byte[] body) {
        StringBuilder text = new StringBuilder(method).append('\n');
        String path = uri.getRawPath();
        text.append(path == null || path.isEmpty() ? "/" : path).append("\n\n");
        headers.forEach((name, value) -> text.append(name)
                .append(':')
                .append(value.replaceAll(" +", " "))
                .append('\n'));
        return text.append('\n').append(names).append('\n').append(sha256(body)).toString();
    }

    /** As HTTP clients write it: the port where it is not the scheme's own. */
    private static String host(URI uri) {
        int usual = "https".equals(uri.getScheme()) ? 443 : 80;
        return uri.getPort() < 0 || uri.getPort() == usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** The signing key of a day. */
    byte[] key(String day) {
        byte[] key = bytes("AWS4" + credentials.secret());
        for (String part : new String[] {day, region, service, END}) {
            key = hmac(key, part);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("this JVM has no HMAC-SHA256", absent);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("this JVM has no SHA-256", absent);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
