package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Ledger;
import io.fluxrig.engine.gears.conductor.ticket.TicketIndex;
import io.fluxrig.engine.gears.conductor.valet.RestoredTicket;
import io.fluxrig.engine.gears.conductor.valet.Restorer;
import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.entry.OpenEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tickets of the run before, shared out among the strips: those of one hash to one strip, whatever the number of strips was then.
 * Made by the first strip that is built, before any is started; each strip takes its own.
 */
final class Restored {
    /** Of a conductor that keeps tickets in memory, or succeeds one that runs. */
    static final Restored NOTHING = new Restored(0);

    private final List<List<RestoredTicket>> byStrip = new ArrayList<>();
    private long[] forgotten = {};

    private Restored(int strips) {
        for (int strip = 0; strip < strips; strip++) {
            byStrip.add(new ArrayList<>());
        }
    }

    /** Takes what is open in the conductor's ledger, and says so in the log. */
    static Restored of(GearContext context, ConductorShared shared) {
        Ledger ledger = context.ledger();
        List<OpenEntry> open = ledger == null ? List.of() : ledger.takeOpen();
        if (open.isEmpty()) {
            return NOTHING;
        }
        Restorer restorer = new Restorer(
                shared.config(),
                context.specs(),
                shared.destinations(),
                shared.identitySeed(),
                context.clock().epochNanos());
        open.forEach(restorer::take);
        Restored restored = new Restored(context.stripCount());
        int lost = restored.share(restorer, shared.index());
        restored.tell(context, restorer, lost);
        return restored;
    }

    private int share(Restorer restorer, TicketIndex index) {
        forgotten = restorer.forgotten();
        int lost = 0;
        for (RestoredTicket ticket : restorer.tickets()) {
            int strip = claim(index, ticket.hash());
            if (strip >= 0) {
                byStrip.get(strip).add(ticket);
            } else {
                lost++;
                forgotten = Arrays.copyOf(forgotten, forgotten.length + 1);
                forgotten[forgotten.length - 1] = ticket.id();
                ticket.wipe();
            }
        }
        return lost;
    }

    /** Enters some strip for the hash, or once more the one that has it. */
    private int claim(TicketIndex index, long hash) {
        if (index == null) {
            return 0;
        }
        int wanted = (int) Math.floorMod(Bytes.mix64(hash), (long) byStrip.size());
        int owner = index.claim(hash, wanted);
        return owner < 0 || owner == wanted ? owner : index.claim(hash, owner);
    }

    private void tell(GearContext context, Restorer restorer, int lost) {
        long openCount = byStrip.stream()
                .flatMap(List::stream)
                .filter(RestoredTicket::isOpen)
                .count();
        long all = byStrip.stream().mapToInt(List::size).sum();
        context.log()
                .info(
                        "restored of the run before: {} open tickets, {} kept outcomes; {} outcomes were older than"
                                + " valet.retain_after_close and are forgotten",
                        openCount,
                        all - openCount,
                        restorer.expired());
        if (restorer.unreadable() + lost > 0) {
            context.log()
                    .warn(
                            "{} tickets of the run before cannot be read, since their dialect is not in this scenario or another"
                                    + " version wrote them: what is sent again for them is declined; {} found no room",
                            restorer.unreadable(),
                            lost);
        }
    }

    /** The tickets of a strip, those kept first in the order in which they are let go; nothing when asked again. */
    List<RestoredTicket> take(int strip) {
        return byStrip.isEmpty() ? List.of() : byStrip.set(strip, List.of());
    }

    /** Entries that are to be ended, all by one strip. */
    long[] forgotten(int strip) {
        return strip == 0 ? forgotten : new long[0];
    }
}
