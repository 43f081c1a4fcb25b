package io.fluxrig.mixer.bus;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Racks that are admitted to a nats-server, what each may do on the wires between racks, and what of that the server knows. One thread at a time:
 * whoever has it has a lock around it.
 */
final class Admissions {
    private ServerSettings settings;
    /** Racks that are admitted, and their logins. */
    private final Map<String, byte[]> racks = new TreeMap<>();

    private final Map<String, WireRights> rights = new TreeMap<>();
    /** Logins out of those which the server could not take, until a rack goes. */
    private final Map<String, byte[]> unusable = new HashMap<>();
    /** How often those were forgotten. */
    private long forgotten;
    /** Rises with each of them. */
    private long changes;

    private Told told = new Told(0, Map.of(), Map.of());
    /** Whether the server is to read its file again, whatever stands in that. */
    private boolean unread;

    Admissions(ServerSettings settings) {
        this.settings = settings;
    }

    /**
     * What the server knows.
     *
     * @param changes the last one
     */
    private record Told(long changes, Map<String, byte[]> logins, Map<String, WireRights> rights) {}

    /** What is to be told at the start. */
    Wanted first(Map<String, byte[]> logins, Map<String, WireRights> allowed) {
        racks.putAll(logins);
        rights.putAll(allowed);
        changes++;
        return wanted();
    }

    /** Whether a rack is admitted that was not, or with another login. */
    boolean admit(String rack, byte[] login) {
        boolean news = !Arrays.equals(login, racks.put(rack, login));
        changes += news ? 1 : 0;
        return news;
    }

    /** Has a rack admitted no more; whether the server knows that rack. */
    boolean expel(String rack) {
        rights.remove(rack);
        if (racks.remove(rack) != null) {
            changes++;
            forgetUnusable();
        }
        return told.logins().containsKey(rack);
    }

    /** Whether a rack is not admitted, and the server knows it. */
    boolean isLetInStill(String rack) {
        return !racks.containsKey(rack) && told.logins().containsKey(rack);
    }

    /** Has those racks admitted, and no others, of whom no rights are kept either; whether there is something to be told. */
    boolean admitOnly(Map<String, byte[]> logins) {
        rights.keySet().retainAll(logins.keySet());
        boolean news = racks.keySet().retainAll(logins.keySet()) || !unusable.isEmpty() || !isKnown();
        forgetUnusable();
        for (Map.Entry<String, byte[]> each : logins.entrySet()) {
            news |= !Arrays.equals(each.getValue(), racks.put(each.getKey(), each.getValue()));
        }
        changes += news ? 1 : 0;
        return news;
    }

    /** Where a rack has gone another one's login may be usable. */
    private void forgetUnusable() {
        unusable.clear();
        forgotten++;
    }

    /** Whether a rack is admitted and left out nevertheless, for the server cannot take its login. */
    boolean isLeftOut(String rack) {
        byte[] login = racks.get(rack);
        return login != null && Arrays.equals(login, unusable.get(rack));
    }

    /** Gives racks these rights in place of those that they had; whether one that is admitted had others. */
    boolean allow(Map<String, WireRights> changed) {
        boolean news = false;
        for (Map.Entry<String, WireRights> each : changed.entrySet()) {
            WireRights before = rights.put(each.getKey(), each.getValue());
            news |= racks.containsKey(each.getKey())
                    && !each.getValue().equals(before == null ? WireRights.NONE : before);
        }
        changes += news ? 1 : 0;
        return news;
    }

    /** Whether the server knows these rights, of those racks that are admitted. */
    boolean have(Map<String, WireRights> wanted) {
        return wanted.entrySet().stream()
                .filter(each -> racks.containsKey(each.getKey()))
                .allMatch(each -> told.logins().containsKey(each.getKey())
                        && each.getValue().equals(told.rights().getOrDefault(each.getKey(), WireRights.NONE)));
    }

    /** Has another joiner's certificate open hello; false where the joiner is the one of before, or there is no TLS. */
    boolean joinedBy(String joiner) {
        if (settings.tls() == null || settings.tls().joiner().equals(joiner)) {
            return false;
        }
        settings = settings.joinedBy(joiner);
        changes++;
        return true;
    }

    /** Has the server read its certificate again. */
    void certificateRenewed() {
        unread = true;
        changes++;
    }

    /** Whether the server knows all that has changed. */
    boolean isKnown() {
        return told.changes() == changes;
    }

    /** What the server is to know. */
    Wanted wanted() {
        Map<String, byte[]> had = new TreeMap<>(told.logins());
        had.keySet().retainAll(racks.keySet());
        Map<String, byte[]> logins = new TreeMap<>(had);
        racks.forEach((rack, login) -> {
            if (!Arrays.equals(login, unusable.get(rack))) {
                logins.put(rack, login);
            }
        });
        return new Wanted(changes, settings, had, logins, new TreeMap<>(rights), unread, forgotten);
    }

    /** The server could not be told. */
    void untold() {
        unread = true;
    }

    /** The server was told what was wanted then; what has changed since it does not know. */
    void told(Wanted now, ServerFile.Written written) {
        if (now.forgotten() == forgotten) {
            unusable.putAll(written.unusable());
        }
        unread = unread && now.changes() != changes;
        told = new Told(now.changes(), written.logins(), now.rights());
    }
}
