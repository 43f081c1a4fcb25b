package io.fluxrig.mixer.bus;

import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.passport.PassportException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Has a nats-server say whether it can use a configuration, without starting with it. */
final class ServerCheck {
    private static final long SECONDS_MAX = 10;
    private static final int WORDS_MAX = 400;
    /** Variables of the mixer with a secret in them. */
    private static final List<String> SECRETS =
            List.of("VAULT_TOKEN", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "FLUXRIG_API_TOKEN");

    private ServerCheck() {}

    /**
     * What it says against it; empty if it can use it.
     *
     * @throws PassportException if it cannot be asked
     */
    static String refusal(Path program, Path config) throws PassportException {
        Path words = config.resolveSibling("nats.check");
        Process asked = null;
        try {
            asked = process(
                            program.toString(),
                            "-t",
                            "-c",
                            config.toAbsolutePath().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(words.toFile())
                    .start();
            if (!asked.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new PassportException(program + " did not check " + config + " within " + SECONDS_MAX + " s");
            }
            return asked.exitValue() == 0 ? "" : program + " cannot use " + config + ": " + said(words);
        } catch (IOException e) {
            throw new PassportException(
                    program + " cannot be started: " + FileReason.of(e)
                            + "; set snake.server, or snake.url to a NATS that is there",
                    e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PassportException("the check of " + config + " was interrupted", interrupted);
        } finally {
            if (asked != null) {
                asked.destroyForcibly();
            }
        }
    }

    /** A process of nats-server, which needs none of the mixer's secrets. */
    static ProcessBuilder process(String... command) {
        ProcessBuilder process = new ProcessBuilder(command);
        withoutSecrets(process.environment());
        return process;
    }

    static void withoutSecrets(Map<String, String> environment) {
        SECRETS.forEach(environment::remove);
    }

    private static String said(Path words) throws IOException {
        String text = new String(Files.readAllBytes(words), StandardCharsets.UTF_8).strip();
        return text.length() <= WORDS_MAX ? text : text.substring(0, WORDS_MAX);
    }
}
