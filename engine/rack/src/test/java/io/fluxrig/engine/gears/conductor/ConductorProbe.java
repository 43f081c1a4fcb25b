package io.fluxrig.engine.gears.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What only tests ask of conductors: whether their books agree, and whether anything was left behind. */
public final class ConductorProbe {

    private ConductorProbe() {}

    /** Slab records that one strip's conductor holds. */
    public static int recordsInUse(Gear gear) {
        return ((Conductor) gear).recordsInUse();
    }

    /** Outcomes that one strip's conductor keeps. */
    public static int keptCount(Gear gear) {
        return ((Conductor) gear).keptCount();
    }

    /**
     * Requests in flight at each destination are those of open tickets, on all strips; and so is the shared index.
     *
     * @param conductors all there are, also those that others have replaced: they count in the same figures
     */
    public static void assertBooksAgree(List<? extends Gear> conductors) {
        Map<String, Long> sent = new TreeMap<>();
        IdentityHashMap<ConductorShared, Long> held = new IdentityHashMap<>();
        for (Gear gear : conductors) {
            TicketStore store = ((Conductor) gear).store();
            ConductorShared shared = ((Conductor) gear).shared();
            held.putIfAbsent(shared, 0L);
            store.eachHeld(ticket -> {
                held.merge(shared, 1L, Long::sum);
                int destination = store.destination(ticket);
                if (store.state(ticket) == TicketStore.OPEN && destination != TicketStore.NONE) {
                    sent.merge(shared.destinations().get(destination), 1L, Long::sum);
                }
            });
        }
        held.forEach((shared, tickets) -> {
            List<String> destinations = shared.destinations();
            for (int i = 0; i < destinations.size(); i++) {
                assertThat(shared.inFlight(i))
                        .as("in flight at %s", destinations.get(i))
                        .isEqualTo(sent.getOrDefault(destinations.get(i), 0L));
            }
            if (shared.index() != null) {
                assertThat(shared.index().size())
                        .as("tickets in the shared index")
                        .isEqualTo(tickets);
            }
        });
    }
}
