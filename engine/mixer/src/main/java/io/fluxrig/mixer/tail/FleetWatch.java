package io.fluxrig.mixer.tail;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Traffic;
import io.fluxrig.iso.mask.MaskingText;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Notices what changes about a fleet: what racks say of themselves as they say it, the audit log and racks that fall silent when it is
 * asked. Remembers the last {@value #KEPT_MAX} things that racks said; of links and reasons that change again and again the first
 * and the last. Desk only.
 */
public final class FleetWatch {
    /** Things of racks that are remembered for who asks later. */
    static final int KEPT_MAX = 1000;

    /** Entries of the audit log that are told of at a time; the log itself has all. */
    static final int AUDIT_MAX = 500;

    private final Registry registry;
    private final Predicate<String> isThere;
    private final InstantSource clock;
    /** What each rack said last, as text; of racks that are there. */
    private final Map<String, Said> said = new HashMap<>();
    /** What was told last of a rack's links, if anything ever was; empty where the rack was away since. */
    private final Map<String, String> toldLinks = new HashMap<>();

    private final Deque<Happening> kept = new ArrayDeque<>();
    private final Deque<Happening> news = new ArrayDeque<>();
    private final Flapping flapping = new Flapping();
    /** The last entry of the audit log that was told of, 0 for none; negative before anybody asked. */
    private long toldId = -1;

    /** @param isThere whether a rack was heard of lately */
    public FleetWatch(Registry registry, Predicate<String> isThere, InstantSource clock) {
        this.registry = registry;
        this.isThere = isThere;
        this.clock = clock;
    }

    private record Said(String state, String reason, String outcome, String links) {
        String words() {
            return reason.isEmpty() ? state : state + ": " + reason;
        }
    }

    /**
     * A rack says how it is; what it says in words is masked, ids and hashes are not.
     *
     * @param news whether the registry had not heard yet what came of the activation: what was told before this mixer began is not again
     */
    public void heard(RackEntry rack, Heartbeat heartbeat, boolean news) {
        Said now = new Said(
                state(heartbeat),
                MaskingText.scrub(heartbeat.reason()),
                outcome(heartbeat),
                links(heartbeat.traffic()));
        Said before = said.put(rack.name(), now);
        if (before == null || !before.state().equals(now.state())) {
            flapping.over(Happening.STATE, rack.name());
            flapping.over(Happening.LINKS, rack.name());
            happened(Happening.STATE, rack.name(), now.words());
        } else if (!before.reason().equals(now.reason())) {
            changed(Happening.STATE, rack.name(), now.words());
        }
        if (!now.outcome().isEmpty()
                && (before == null ? news : !before.outcome().equals(now.outcome()))) {
            happened(Happening.OUTCOME, rack.name(), now.outcome());
        }
        tellLinks(rack.name(), now.links(), heartbeat);
    }

    /** So that the last line there is of a rack's links holds: of links that are all up, or of none, nothing is told before something else was. */
    private void tellLinks(String rack, String links, Heartbeat heartbeat) {
        String none = heartbeat.state().equals("running") ? "no destinations any more" : "none: its gears do not run";
        String now = links.isEmpty() ? none : links;
        String told = toldLinks.get(rack);
        boolean tells = told == null ? !links.isEmpty() && anyDown(heartbeat.traffic()) : !now.equals(told);
        if (tells) {
            toldLinks.put(rack, now);
            changed(Happening.LINKS, rack, now);
        }
    }

    /** An activation ended because its files are damaged; no rack says that. */
    public void damaged(ActivationEntry ended) {
        happened(
                Happening.OUTCOME,
                ended.rack(),
                "activation " + ended.id() + ": " + ended.outcome() + ": " + ended.text());
    }

    private static String state(Heartbeat heartbeat) {
        String runs = (heartbeat.scenario() + " " + heartbeat.scenarioVersion()).strip();
        return heartbeat.state() + (runs.isEmpty() ? "" : " " + runs);
    }

    private static String outcome(Heartbeat heartbeat) {
        return heartbeat.outcome().isEmpty()
                ? ""
                : "activation " + heartbeat.activation() + ": " + heartbeat.outcome()
                        + (heartbeat.text().isEmpty() ? "" : ": " + MaskingText.scrub(heartbeat.text()));
    }

    /** Empty for a rack that says nothing of destinations. */
    private static String links(Traffic traffic) {
        if (traffic == null || traffic.destinations() == 0) {
            return "";
        }
        String up = traffic.destinationsUp() + " of " + traffic.destinations() + " destinations up";
        if (!traffic.ailing().isEmpty()) {
            return up + ": " + MaskingText.scrub(traffic.ailing());
        }
        return traffic.breakersOpen() == 0 ? up : up + ", breakers open: " + traffic.breakersOpen();
    }

    private static boolean anyDown(Traffic traffic) {
        return traffic != null && (traffic.destinationsUp() < traffic.destinations() || traffic.breakersOpen() > 0);
    }

    private void happened(String kind, String rack, String text) {
        Happening happening = new Happening(clock.millis(), kind, rack, text);
        keep(happening, kept);
        // nobody may ask for news for long
        keep(happening, news);
    }

    /** Something that may change with every heartbeat. */
    private void changed(String kind, String rack, String text) {
        Flapping.Change change = flapping.changed(new Happening(clock.millis(), kind, rack, text));
        if (change.first()) {
            keep(change.now(), news);
        } else if (change.instead() != null) {
            kept.remove(change.instead());
        }
        keep(change.now(), kept);
    }

    private static void keep(Happening happening, Deque<Happening> in) {
        if (in.size() == KEPT_MAX) {
            in.removeFirst();
        }
        in.add(happening);
    }

    /** What is new since this was asked last; at the first time, what racks said. What changes again and again is told now and then. */
    List<Happening> news() {
        return news(Flapping.TELL_MS);
    }

    /** As {@link #news()}, with all that has changed: nothing that {@link #last} tells now is news later. */
    List<Happening> allNews() {
        return news(0);
    }

    /** The registry, which may fail, is asked first: what is not told then is news the next time. */
    private List<Happening> news(long notToldMs) {
        List<String> silent =
                said.keySet().stream().filter(isThere.negate()).sorted().toList();
        Set<String> removed = silent.stream()
                .filter(rack -> toldLinks.containsKey(rack) && registry.rack(rack) == null)
                .collect(Collectors.toSet());
        long lastId = lastId();
        List<AuditEntry> written = written(lastId);
        for (String rack : silent) {
            said.remove(rack);
            flapping.over(Happening.STATE, rack);
            flapping.over(Happening.LINKS, rack);
            toldLinks.computeIfPresent(rack, (name, told) -> removed.contains(name) ? null : "");
            happened(Happening.AWAY, rack, "not heard of any more");
        }
        flapping.due(clock.millis(), notToldMs).forEach(happening -> keep(happening, news));
        List<Happening> all =
                inOrder(Stream.concat(news.stream(), written.stream().map(FleetWatch::told)));
        toldId = lastId;
        news.clear();
        return all;
    }

    /** The audit log's last entries, the earliest first. */
    private Stream<AuditEntry> written(int count) {
        return registry.audit(Long.MAX_VALUE, count).stream().sorted(Comparator.comparingLong(AuditEntry::id));
    }

    private long lastId() {
        List<AuditEntry> last = registry.audit(Long.MAX_VALUE, 1);
        return last.isEmpty() ? 0 : last.get(0).id();
    }

    /** What was written down since this was asked last, up to a line. */
    private List<AuditEntry> written(long lastId) {
        return toldId < 0 || lastId <= toldId
                ? List.of()
                : written(AUDIT_MAX)
                        .filter(entry -> entry.id() > toldId && entry.id() <= lastId)
                        .toList();
    }

    /**
     * What happened last, the earliest first.
     *
     * @param rack only what is about that one; empty for everything
     * @param count at most
     */
    List<Happening> last(String rack, int count) {
        if (count == 0) {
            return List.of();
        }
        List<Happening> all =
                inOrder(Stream.concat(kept.stream(), written(AUDIT_MAX).map(FleetWatch::told))
                        .filter(each -> rack.isEmpty() || each.rack().equals(rack)));
        return List.copyOf(all.subList(Math.max(0, all.size() - count), all.size()));
    }

    /** By time; things of one moment stay as they came. */
    private static List<Happening> inOrder(Stream<Happening> happenings) {
        return happenings.sorted(Comparator.comparingLong(Happening::atMs)).toList();
    }

    private static Happening told(AuditEntry entry) {
        boolean ofRack = entry.action().startsWith("rack.") || entry.action().startsWith("passport.");
        String text = entry.who() + ": " + entry.action() + " " + entry.subject()
                + (entry.detail().isEmpty() ? "" : " (" + entry.detail() + ")");
        return new Happening(entry.atMs(), Happening.AUDIT, ofRack ? entry.subject() : "", text);
    }
}
