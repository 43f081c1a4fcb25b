package io.fluxrig.mixer.secret;

import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.SecretEntries;
import io.fluxrig.mixer.registry.SecretEntry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Named secrets with their versions, each sealed for its name and version under a data key. Desk only; never waits for a keeper: what is
 * not open yet is so a moment later, or {@link #trouble} says why not. A version is never changed; no secret is replaced by another because it
 * cannot be opened.
 */
public final class SecretStore {
    /** Bytes of a secret at most. */
    public static final int LENGTH_MAX = 16 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(SecretStore.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._/-]{1,128}");

    private final SecretEntries entries;
    /** Why, by name: those that could not be opened when they were asked for last. Any thread's. */
    private final Map<String, String> damaged = new ConcurrentHashMap<>();

    private final KeyWrapper wrapper;
    private final DataKeys keys;
    private final InstantSource clock;
    private final SecureRandom random;

    /**
     * @param keepersThread where keepers are asked, which may wait
     * @param desk where answers are dealt with
     * @param clockNs rises, whatever becomes of {@code clock}
     */
    public SecretStore(
            SecretEntries entries,
            KeyWrapper wrapper,
            Executor keepersThread,
            Attendant desk,
            InstantSource clock,
            LongSupplier clockNs,
            SecureRandom random) {
        this.entries = entries;
        this.wrapper = wrapper;
        this.keys = new DataKeys(entries, wrapper, keepersThread, desk, clock, clockNs, random);
        this.clock = clock;
        this.random = random;
    }

    /** Does something on the desk, soon; fails if that has too much to do. */
    public interface Attendant {
        <T> CompletableFuture<T> attend(Callable<T> task);
    }

    /**
     * All versions of a secret, by number; empty if there is none, null while they cannot be opened.
     */
    public List<Secret> open(String name) {
        List<Secret> opened = new ArrayList<>();
        for (SecretEntry entry : entries.versions(name)) {
            byte[] key = keys.key(entry.dataKey());
            if (key == null) {
                return null;
            }
            byte[] value = opened(key, entry);
            if (value == null) {
                byte[] now = keys.keyNow(entry.dataKey());
                if (now == null) {
                    return null;
                }
                value = now == key ? null : opened(now, entry);
            }
            if (value == null) {
                damaged(
                        name,
                        "secret " + name + " version " + entry.version()
                                + " was changed in the registry since it was sealed; bring the registry back from a back-up");
                return null;
            }
            opened.add(new Secret(entry.version(), value, entry.madeMs()));
        }
        damaged.remove(name);
        return opened;
    }

    private static byte[] opened(byte[] key, SecretEntry entry) {
        return Sealing.open(key, context(entry.name(), entry.version(), entry.dataKey()), entry.sealed());
    }

    private void damaged(String name, String why) {
        // what is mended there is seen without a restart
        entries.forget(name);
        if (!why.equals(damaged.put(name, why))) {
            LOG.error("{}", why);
        }
    }

    /**
     * Keeps a value as the next version of a secret; that version, null while there is no data key to seal it with.
     *
     * @param name letters, digits and {@code . _ / -}, at most 128
     */
    public Secret add(String name, byte[] value) {
        return add(name, value, "");
    }

    /**
     * As {@link #add(String, byte[])}, with a line in the audit log, or neither.
     *
     * @param who asked for it; empty for nobody, and no line
     */
    Secret add(String name, byte[] value, String who) {
        return add(name, value, who, "keys.rotate", name, version -> "version " + version);
    }

    /** As {@link #add(String, byte[], String)}, with that line, its detail for the number of the version. */
    Secret add(String name, byte[] value, String who, String action, String subject, LongFunction<String> detail) {
        if (value.length > LENGTH_MAX || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name=" + name + " bytes=" + value.length);
        }
        long dataKey = keys.newest();
        if (dataKey == 0) {
            return null;
        }
        List<SecretEntry> before = entries.versions(name);
        long version = before.isEmpty() ? 1 : before.get(before.size() - 1).version() + 1;
        byte[] sealed = Sealing.seal(keys.key(dataKey), context(name, version, dataKey), value, random);
        long nowMs = clock.millis();
        SecretEntry entry = new SecretEntry(name, version, dataKey, sealed, nowMs);
        if (who.isEmpty()) {
            entries.add(entry);
        } else {
            entries.add(entry, AuditEntry.of(nowMs, who, action, subject, detail.apply(version)));
        }
        return new Secret(version, value.clone(), nowMs);
    }

    /** As {@link SecretEntries#readAhead}. */
    void readAhead(List<String> names) {
        entries.readAhead(names);
    }

    /** As {@link SecretEntries#forgotten}. */
    long forgotten() {
        return entries.forgotten();
    }

    /** As {@link SecretEntries#together}. */
    void together(Runnable changes) {
        entries.together(changes);
    }

    /** What tells a secret with all its versions from what it was before, and from another registry's; empty if there is none. */
    public String stamp(String name) {
        StringBuilder text = new StringBuilder();
        entries.versions(name)
                .forEach(each -> text.append(each.version())
                        .append(':')
                        .append(each.madeMs())
                        .append(' '));
        return text.toString();
    }

    /**
     * What the keeper that wraps calls the keys that it has, the one that wraps last; empty where it cannot tell at once. Any thread.
     *
     * @throws KeeperException if there is something wrong with them; the text is for the operator
     */
    public List<String> wrappingKeys() throws KeeperException {
        return wrapper.keys();
    }

    /** Why secrets cannot be opened, for people; empty if they can. Any thread. */
    public String trouble() {
        return keys.trouble().isEmpty()
                ? damaged.values().stream().sorted().findFirst().orElse("")
                : keys.trouble();
    }

    /** How often keepers did not do what they were asked for. Any thread. */
    public long failures() {
        return keys.failures();
    }

    /** For a mixer that stands by: sees whether it could open what the one that leads keeps; {@link #trouble} says why not. Changes nothing. Any thread. */
    public void look() {
        keys.look();
    }

    /** Where keys could not be opened, sees whether they can be by now, though nobody asks for any: those that are open are enough. Any thread. */
    public void lookAgain() {
        if (!keys.trouble().isEmpty()) {
            keys.look();
        }
    }

    /**
     * Has every data key wrapped by the keeper that is configured now, with a line in the audit log. Fails with a {@link KeeperException}, and
     * changes nothing then. Any thread.
     *
     * @param who asked for it
     */
    public CompletableFuture<List<Rewrapped>> rewrap(String who) {
        return keys.rewrap(who);
    }

    private static String context(String name, long version, long dataKey) {
        return "secret " + name + " version " + version + " data key " + dataKey;
    }
}
