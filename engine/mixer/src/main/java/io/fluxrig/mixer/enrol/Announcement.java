package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.control.Standing;
import io.fluxrig.mixer.bus.Granted;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tells every rack that was admitted its standing: it learns who leads now, and says how it is. {@value #AT_A_TIME} racks at a time, so that a
 * desk which has many to tell is none that hangs. Desk only, but {@link #isUnsaid}.
 */
public final class Announcement {
    static final int AT_A_TIME = 50;

    private static final byte[] NONE = {};

    private final Registry registry;
    private final RackLine line;
    private final Logins logins;
    private final KeyGiver keys;
    private final Gate gate;
    private final Deque<RackEntry> left = new ArrayDeque<>();
    private volatile boolean unsaid;

    Announcement(Registry registry, RackLine line, Logins logins, KeyGiver keys, Gate gate) {
        this.registry = registry;
        this.line = line;
        this.logins = logins;
        this.keys = keys;
        this.gate = gate;
    }

    /**
     * Those have logins from now on, and nobody else: of a change that was cut short by its registry nobody knows here whether it was made. Tells
     * nobody yet.
     */
    public void begin() {
        registry.readAhead();
        List<RackEntry> admitted = registry.allRacks().stream()
                .filter(rack -> !rack.standing().equals(Standing.PENDING))
                .toList();
        logins.admitOnly(admitted.stream().collect(Collectors.toMap(RackEntry::name, RackEntry::login)));
        admitted.forEach(gate::learn);
        left.clear();
        left.addAll(admitted);
        unsaid = !left.isEmpty();
    }

    /** Tells some; whether there are more. Where the registry fails, those that were not told are told when this is called again. */
    public boolean goOn() {
        keys.readAhead(left.stream().limit(AT_A_TIME).toList());
        for (int i = 0; i < AT_A_TIME && !left.isEmpty(); i++) {
            tell(left.element());
            left.remove();
        }
        unsaid = !left.isEmpty();
        return unsaid;
    }

    /** As it is by now. */
    private void tell(RackEntry before) {
        RackEntry rack = registry.rack(before.name());
        if (rack == null
                || !Arrays.equals(rack.key(), before.key())
                || rack.standing().equals(Standing.PENDING)) {
            return;
        }
        boolean active = rack.standing().equals(Standing.ACTIVE);
        line.tell(rack, rack.standing(), "", active ? Granted.unasked(NONE, keys.markIfMade(rack)) : Granted.NOTHING);
    }

    /** Whether somebody is yet to be told; any thread. */
    boolean isUnsaid() {
        return unsaid;
    }
}
