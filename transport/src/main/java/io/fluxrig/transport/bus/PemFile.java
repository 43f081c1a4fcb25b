package io.fluxrig.transport.bus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and a private key as PEM files hold them (RFC 7468); text around the blocks is skipped. */
public final class PemFile {
    private static final int LENGTH_MAX = 1 << 20;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private PemFile() {}

    /**
     * All certificates of a file, in its order; at least one.
     *
     * @throws IOException if there is none, or the file cannot be read; the text names the file and is for people
     */
    public static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> found = certificates(text(file), file.toString());
        if (found.isEmpty()) {
            throw new IOException(file + " holds no certificate (PEM)");
        }
        return found;
    }

    /**
     * All certificates of a text.
     *
     * @param where names the text in errors
     */
    public static List<X509Certificate> certificates(String text, String where) throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals("CERTIFICATE")) {
                try {
                    found.add((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(
                                    Base64.getMimeDecoder().decode(block.group(2)))));
                } catch (CertificateException | IllegalArgumentException damaged) {
                    throw new IOException(where + " holds a damaged certificate", damaged);
                }
            }
        }
        return List.copyOf(found);
    }

    /**
     * The private key of a file, of whichever algorithm its certificate is.
     *
     * @throws IOException as {@link #certificates(Path)}
     */
    public static PrivateKey key(Path file, String algorithm) throws IOException {
        Matcher block = BLOCK.matcher(text(file));
        while (block.find()) {
            if (block.group(1).equals("PRIVATE KEY")) {
                try {
                    byte[] encoded = Base64.getMimeDecoder().decode(block.group(2));
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
                } catch (GeneralSecurityException | IllegalArgumentException other) {
                    throw new IOException(
                            file + " holds no " + algorithm + " key, and the certificate is of one", other);
                }
            }
        }
        throw new IOException(file + " holds no private key in PKCS#8; 'openssl pkcs8 -topk8 -nodes' writes one");
    }

    /** A block of such a file. */
    public static String block(String what, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    private static String text(Path file) throws IOException {
        try {
            if (Files.size(file) > LENGTH_MAX) {
                throw new IOException(file + " length=" + Files.size(file) + " max=" + LENGTH_MAX);
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException none) {
            throw new IOException(file + " is not there", none);
        }
    }
}
