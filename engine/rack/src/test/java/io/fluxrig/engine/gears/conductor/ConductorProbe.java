package io.fluxrig.engine.gears.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import java.util.List;

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

    /** Requests in flight at each destination are those of open tickets, on all strips; and so is the shared index. */
    public static void assertBooksAgree(List<? extends Gear> strips) {
        ConductorShared shared = ((Conductor) strips.get(0)).shared();
        long[] sent = new long[shared.destinations().size()];
        long[] held = new long[1];
        for (Gear gear : strips) {
            TicketStore store = ((Conductor) gear).store();
            store.eachHeld(ticket -> {
                held[0]++;
                int destination = store.destination(ticket);
                if (store.state(ticket) == TicketStore.OPEN && destination != TicketStore.NONE) {
                    sent[destination]++;
                }
            });
        }
        for (int i = 0; i < sent.length; i++) {
            assertThat(shared.inFlight(i))
                    .as("in flight at %s", shared.destinations().get(i))
                    .isEqualTo(sent[i]);
        }
        if (shared.index() != null) {
            assertThat(shared.index().size()).as("tickets in the shared index").isEqualTo(held[0]);
        }
    }
}
