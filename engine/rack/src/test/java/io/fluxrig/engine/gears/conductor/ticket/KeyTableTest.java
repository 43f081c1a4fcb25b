package io.fluxrig.engine.gears.conductor.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KeyTableTest {
    private static final long UPPER = 1L << 32;

    private final KeyTable table = new KeyTable(4);

    @Test
    void shouldFindEveryTicketOfAHash() {
        table.add(7 * UPPER, 1);
        table.add(7 * UPPER + 5, 2);
        table.add(8 * UPPER, 3);

        assertThat(ticketsOf(7 * UPPER)).containsExactly(1, 2);
        assertThat(ticketsOf(8 * UPPER)).containsExactly(3);
        assertThat(ticketsOf(9 * UPPER)).isEmpty();
    }

    @Test
    void shouldWrapRoundTheEndAndCloseTheGap() {
        long last = 15 * UPPER;
        table.add(last, 1);
        table.add(last + 16 * UPPER, 2);
        table.add(0, 3);

        table.remove(last, 1);

        assertThat(ticketsOf(last)).isEmpty();
        assertThat(ticketsOf(last + 16 * UPPER)).containsExactly(2);
        assertThat(ticketsOf(0)).containsExactly(3);
    }

    @Test
    void shouldReplaceInPlace() {
        table.add(7 * UPPER, 1);

        table.replace(7 * UPPER, 1, 9);

        assertThat(ticketsOf(7 * UPPER)).containsExactly(9);
    }

    @Test
    void shouldRejectRemovingWhatIsNotThere() {
        table.add(7 * UPPER, 1);

        assertThatIllegalStateException().isThrownBy(() -> table.remove(7 * UPPER, 2));
    }

    @Test
    void shouldAgreeWithAMapThroughManyChanges() {
        KeyTable big = new KeyTable(500);
        Map<Integer, Long> held = new HashMap<>();
        Random random = new Random(3);
        for (int i = 0; i < 200_000; i++) {
            int ticket = random.nextInt(600);
            Long hash = held.remove(ticket);
            if (hash != null) {
                big.remove(hash, ticket);
            } else if (held.size() < 500) {
                held.put(ticket, (long) random.nextInt(300) * UPPER);
                big.add(held.get(ticket), ticket);
            }
            int probe = random.nextInt(600);
            if (held.containsKey(probe)) {
                assertThat(ticketsOf(big, held.get(probe))).contains(probe);
            }
        }
        List<Integer> all = new ArrayList<>();
        big.each(all::add);
        assertThat(all).containsExactlyInAnyOrderElementsOf(held.keySet());
    }

    private List<Integer> ticketsOf(long hash) {
        return ticketsOf(table, hash);
    }

    private static List<Integer> ticketsOf(KeyTable table, long hash) {
        List<Integer> tickets = new ArrayList<>();
        for (int slot = table.first(hash); slot != KeyTable.NONE; slot = table.next(slot, hash)) {
            tickets.add(table.ticket(slot));
        }
        return tickets;
    }
}
