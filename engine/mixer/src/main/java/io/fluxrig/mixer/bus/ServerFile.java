package io.fluxrig.mixer.bus;

import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration file of a nats-server, replaced by none that the server says it cannot use: it would not start with that. Logins that it
 * cannot take keep no others out. One thread at a time, which waits for the server to check.
 */
final class ServerFile {
    private static final Logger LOG = LoggerFactory.getLogger(ServerFile.class);

    private final Path file;

    ServerFile(Path file) {
        this.file = file;
    }

    Path path() {
        return file;
    }

    /** Its line about streams, which a server reads at its start alone: it refuses a reload with another one. Empty where there is none. */
    String streams() throws PassportException {
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return lines.stream()
                    .filter(line -> line.startsWith("jetstream "))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new PassportException(file + " cannot be read: " + FileReason.of(e), e);
        }
    }

    /**
     * What came of it.
     *
     * @param refusal what the server says against all that could be written; empty if it was
     * @param logins that are in the file now, by rack; nothing where nothing was written
     * @param unusable those that were left out
     * @param news whether the file was another one before
     */
    record Written(String refusal, Map<String, byte[]> logins, Map<String, byte[]> unusable, boolean news) {
        boolean ok() {
            return refusal.isEmpty();
        }
    }

    /**
     * Writes it, without those of the logins that the server cannot take. To find those it is asked about {@code 2 log2 n} times for each, and
     * {@code 2 n} times at most for {@code n} that are new.
     *
     * @param had logins that it took before, as far as they are to stay
     * @param wanted those, and new ones, or others in their place
     * @throws PassportException if it cannot be asked, or the file not be written
     */
    Written write(
            ServerSettings settings,
            Map<String, byte[]> had,
            Map<String, byte[]> wanted,
            Map<String, WireRights> rights)
            throws PassportException {
        Drafts drafts = new Drafts(settings, rights);
        if (isThere(drafts.text(wanted))) {
            // a full disk keeps nobody from what stands there already
            String refusal = ServerCheck.refusal(settings.program(), file);
            if (refusal.isEmpty()) {
                return new Written("", wanted, Map.of(), false);
            }
        }
        String refusal = drafts.refusal(wanted);
        if (refusal.isEmpty()) {
            return new Written("", wanted, Map.of(), replace(drafts.path()));
        }
        List<Map.Entry<String, byte[]>> fresh = wanted.entrySet().stream()
                .filter(each -> !Arrays.equals(each.getValue(), had.get(each.getKey())))
                .toList();
        if (fresh.isEmpty() || !drafts.refusal(had).isEmpty()) {
            // for none of them: it cannot take what else has changed
            return new Written(refusal, Map.of(), Map.of(), false);
        }
        Sieve sieve = new Sieve(drafts, had);
        sieve.add(fresh, refusal);
        drafts.write(sieve.good);
        return new Written("", sieve.good, sieve.bad, replace(drafts.path()));
    }

    private boolean isThere(byte[] text) throws PassportException {
        try {
            return Files.exists(file) && Arrays.equals(text, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new PassportException(file + " cannot be read: " + FileReason.of(e), e);
        }
    }

    /** Whether that made a difference. */
    private boolean replace(Path draft) throws PassportException {
        try {
            boolean news = !Files.exists(file) || Files.mismatch(draft, file) >= 0;
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return news;
        } catch (IOException e) {
            throw new PassportException(file + " cannot be written: " + FileReason.of(e), e);
        }
    }

    /** Files that are not in place yet, with one set of rights. */
    private record Drafts(ServerSettings settings, Map<String, WireRights> rights) {
        Path path() {
            return settings.folder().resolve("nats.conf.new");
        }

        byte[] text(Map<String, byte[]> logins) {
            return ServerConfig.write(settings, logins, rights).getBytes(StandardCharsets.UTF_8);
        }

        void write(Map<String, byte[]> logins) throws PassportException {
            OwnFile.write(path(), text(logins));
        }

        /** What the server says against one with those; empty if it can use it. */
        String refusal(Map<String, byte[]> logins) throws PassportException {
            write(logins);
            return ServerCheck.refusal(settings.program(), path());
        }
    }

    /** Tells logins that the server can take from those that it cannot, by halves. */
    private static final class Sieve {
        private final Drafts drafts;
        private final Map<String, byte[]> good;
        private final Map<String, byte[]> bad = new TreeMap<>();

        Sieve(Drafts drafts, Map<String, byte[]> had) {
            this.drafts = drafts;
            this.good = new TreeMap<>(had);
        }

        /** @param refusal what it says against the good ones with these */
        void add(List<Map.Entry<String, byte[]>> fresh, String refusal) throws PassportException {
            if (refusal.isEmpty()) {
                fresh.forEach(each -> good.put(each.getKey(), each.getValue()));
            } else if (fresh.size() == 1) {
                Map.Entry<String, byte[]> only = fresh.get(0);
                LOG.error("rack {} cannot log in to NATS: {}", only.getKey(), refusal);
                bad.put(only.getKey(), only.getValue());
            } else {
                int half = fresh.size() / 2;
                addAsked(fresh.subList(0, half));
                addAsked(fresh.subList(half, fresh.size()));
            }
        }

        private void addAsked(List<Map.Entry<String, byte[]>> fresh) throws PassportException {
            Map<String, byte[]> with = new TreeMap<>(good);
            fresh.forEach(each -> with.put(each.getKey(), each.getValue()));
            add(fresh, drafts.refusal(with));
        }
    }
}
