package io.fluxrig.mixer.secret;

import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Who asks AWS.
 *
 * @param session token of credentials that are lent for a while; empty for none
 */
record AwsCredentials(String keyId, String secret, String session) {

    /**
     * Those of a file as AWS's own tools write it, section {@code [default]}; without a file those of the environment.
     *
     * @param file for its user only; null for none
     * @throws KeeperException if there are none
     */
    static AwsCredentials find(Path file, Map<String, String> environment) throws KeeperException {
        Map<String, String> found = file == null ? environment : read(file);
        String keyId = found.getOrDefault("AWS_ACCESS_KEY_ID", "");
        String secret = found.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        if (!keyId.matches("[\\x21-\\x7e]{1,128}") || secret.isBlank()) {
            throw new KeeperException(
                    file == null
                            ? "there are no credentials for AWS: write a file that secrets.kms_credentials_file names, or set"
                                    + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                            : file
                                    + " (secrets.kms_credentials_file) has no aws_access_key_id and aws_secret_access_key under"
                                    + " [default]");
        }
        String session = found.getOrDefault("AWS_SESSION_TOKEN", "");
        // never quoted, not even by the client that refuses to send it
        if (!session.matches("[\\x21-\\x7e]{0,8192}")) {
            throw new KeeperException(
                    "the session token of the credentials for AWS is none: it holds what no header may");
        }
        return new AwsCredentials(keyId, secret, session);
    }

    private static Map<String, String> read(Path file) throws KeeperException {
        byte[] content;
        try {
            content = OwnFile.read(file);
        } catch (PassportException unusable) {
            throw new KeeperException(unusable.getMessage(), unusable);
        }
        if (content == null) {
            throw new KeeperException(file + " is not there (secrets.kms_credentials_file)");
        }
        Map<String, String> found = new HashMap<>();
        boolean ours = false;
        for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
            String plain = line.strip();
            int equals = plain.indexOf('=');
            if (plain.startsWith("[")) {
                ours = plain.equals("[default]");
            } else if (ours && equals > 0 && !plain.startsWith("#")) {
                found.put(
                        plain.substring(0, equals).strip().toUpperCase(Locale.ROOT),
                        plain.substring(equals + 1).strip());
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return "AwsCredentials[" + keyId + "]";
    }
}
