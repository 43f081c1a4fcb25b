package io.fluxrig.engine.passport;

import io.fluxrig.transport.bus.PemFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a rack needs to say hello to a mixer over TLS before it is admitted, in one file that an operator carries there:
 *
 * <pre>
 *   fluxrig-authority: KEY            the mixer's public key, 64 hex digits
 *   -----BEGIN CERTIFICATE-----       with which nothing can be done but say hello
 *   -----BEGIN CERTIFICATE-----       the cluster's authority, which has signed the one above and the server's
 *   -----BEGIN PRIVATE KEY-----       of the first certificate
 * </pre>
 *
 * <p>Whoever has it may wait for approval, and see that the servers are the cluster's.
 */
public record JoinFile(byte[] authority, X509Certificate certificate) {
    /** Its name, on mixers and racks. */
    public static final String NAME = "join.pem";

    private static final Pattern AUTHORITY = Pattern.compile("(?m)^fluxrig-authority: ([0-9a-f]{64})$");

    /**
     * Reads one; null if there is none.
     *
     * @throws PassportException if it cannot be used
     */
    public static JoinFile read(Path file) throws PassportException {
        byte[] kept = OwnFile.read(file);
        if (kept == null) {
            return null;
        }
        String text = new String(kept, StandardCharsets.ISO_8859_1);
        Matcher authority = AUTHORITY.matcher(text);
        try {
            List<X509Certificate> all = PemFile.certificates(text, file.toString());
            if (all.size() == 2 && authority.find()) {
                PemFile.key(file, all.get(0).getPublicKey().getAlgorithm());
                return new JoinFile(PublicKeys.parse(authority.group(1)), all.get(0));
            }
        } catch (IOException damaged) {
            throw new PassportException(unusable(file), damaged);
        }
        throw new PassportException(unusable(file));
    }

    /** As text. */
    public static String text(byte[] authority, String certificate, String signer, KeyPair key) {
        return "With this file racks say hello to a fluxrig mixer: copy it into base.data_dir of each, for its user only.\n"
                + "fluxrig-authority: " + PublicKeys.text(authority) + "\n" + certificate + signer
                + PemFile.block("PRIVATE KEY", key.getPrivate().getEncoded());
    }

    /** Until when it is good, ms since 1970. */
    public long untilMs() {
        return certificate.getNotAfter().toInstant().toEpochMilli();
    }

    private static String unusable(Path file) {
        return file + " is no whole join.pem; copy the mixer's authority/join.pem there again, or remove it";
    }
}
