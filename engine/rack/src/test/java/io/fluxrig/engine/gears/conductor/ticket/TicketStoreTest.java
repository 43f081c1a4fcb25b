package io.fluxrig.engine.gears.conductor.ticket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fluxrig.perf.buffer.Bytes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TicketStoreTest {
    private final TicketStore store = new TicketStore(4, 2);
    private final TicketOpening opening = new TicketOpening();

    @Test
    void shouldFindATicketByItsWholeKeyOnly() {
        int ticket = open(7, "key-1", "body");

        assertThat(store.find(7, key("key-1"), 5)).isEqualTo(ticket);
        assertThat(store.find(7, key("key-2"), 5)).isEqualTo(TicketStore.NONE);
        assertThat(store.find(7, key("key-1"), 4)).isEqualTo(TicketStore.NONE);
        assertThat(store.find(8L << 32, key("key-1"), 5)).isEqualTo(TicketStore.NONE);
    }

    @Test
    void shouldRefuseATicketThatWasLetGoThoughItWasTheLastOneAskedAbout() {
        int ticket = open(7, "key-1", "body");
        assertThat(store.state(ticket)).isEqualTo(TicketStore.OPEN);

        store.release(ticket);

        assertThatIllegalStateException().isThrownBy(() -> store.state(ticket));
    }

    @Test
    void shouldTellKeysOfTheSameHashApart() {
        int first = open(7, "a", "1");
        int second = open(7, "b", "2");
        int third = open(7, "c", "3");

        store.release(second);

        assertThat(store.find(7, key("a"), 1)).isEqualTo(first);
        assertThat(store.find(7, key("b"), 1)).isEqualTo(TicketStore.NONE);
        assertThat(store.find(7, key("c"), 1)).isEqualTo(third);
    }

    @Test
    void shouldGiveBackWhatItWasGiven() {
        opening.connId = 11;
        opening.requestId = 12;
        opening.traceHi = 13;
        opening.traceLo = 14;
        opening.openedNs = 15;
        opening.entryEpochNs = 16;
        opening.fingerprint = 17;
        opening.route = 18;
        opening.origin = 19;
        opening.dialect = 20;
        opening.mti = 100;
        opening.header = key("HDR");
        opening.headerLength = 3;
        opening.parked = key("PARK");
        opening.parkedLength = 4;
        int ticket = open(7, "key", "request body");

        assertThat(store.connId(ticket)).isEqualTo(11);
        assertThat(store.requestId(ticket)).isEqualTo(12);
        assertThat(store.traceHi(ticket)).isEqualTo(13);
        assertThat(store.traceLo(ticket)).isEqualTo(14);
        assertThat(store.openedNs(ticket)).isEqualTo(15);
        assertThat(store.entryEpochNs(ticket)).isEqualTo(16);
        assertThat(store.fingerprint(ticket)).isEqualTo(17);
        assertThat(store.route(ticket)).isEqualTo(18);
        assertThat(store.origin(ticket)).isEqualTo(19);
        assertThat(store.dialect(ticket)).isEqualTo(20);
        assertThat(store.mti(ticket)).isEqualTo(100);
        assertThat(store.destination(ticket)).isEqualTo(TicketStore.NONE);
        assertThat(text(ticket, store::header)).isEqualTo("HDR");
        assertThat(text(ticket, store::parked)).isEqualTo("PARK");
        assertThat(text(ticket, store::body)).isEqualTo("request body");
    }

    @Test
    void shouldRefuseMoreThanTheMostOpen() {
        for (int i = 0; i < 4; i++) {
            open(i, "k" + i, "");
        }

        assertThat(open(5, "k5", "")).isEqualTo(TicketStore.FULL);
        assertThat(store.openCount()).isEqualTo(4);
    }

    @Test
    void shouldKeepTheAnswerInPlaceOfTheRequest() {
        opening.parked = key("P");
        opening.parkedLength = 1;
        int ticket = open(7, "key", "request");
        byte[] answer = key("a longer answer");

        int settled = store.settle(ticket, TicketStore.ANSWERED, 3, answer, 2, 6);
        store.keep(settled, 100);

        assertThat(store.isOpen(ticket)).isFalse();
        assertThat(store.find(7, key("key"), 3)).isEqualTo(settled);
        assertThat(store.state(settled)).isEqualTo(TicketStore.KEPT_ANSWER);
        assertThat(store.dialect(settled)).isEqualTo(3);
        assertThat(text(settled, store::body)).isEqualTo("longer");
        assertThat(text(settled, store::parked)).isEqualTo("P");
        assertThat(store.openCount()).isZero();
        assertThat(store.keptCount()).isEqualTo(1);
        store.dropFirstKept();
        assertThat(store.recordsInUse()).isZero();
    }

    @Test
    void shouldKeepAnAnswerThatNeedsMoreRoomThanTheRequest() {
        int ticket = open(7, "key", "request");
        byte[] answer = new byte[2_000];
        Arrays.fill(answer, (byte) 'A');

        int settled = store.settle(ticket, TicketStore.ANSWERED, 3, answer, 0, answer.length);

        assertThat(store.isOpen(ticket)).isFalse();
        assertThat(store.find(7, key("key"), 3)).isEqualTo(settled);
        assertThat(store.bodyLength(settled)).isEqualTo(2_000);
        store.keep(settled, 100);
        store.dropFirstKept();
        assertThat(store.recordsInUse()).isZero();
    }

    @Test
    void shouldLetGoOfTheRequestOnceATimeoutIsTold() {
        int ticket = open(7, "key", "request");
        store.timedOut(ticket);
        assertThat(text(ticket, store::body)).isEqualTo("request");

        store.keep(ticket, 100);

        int kept = store.find(7, key("key"), 3);
        assertThat(store.state(kept)).isEqualTo(TicketStore.KEPT_TIMEOUT);
        assertThat(store.bodyLength(kept)).isZero();
    }

    @Test
    void shouldDropKeptTicketsOldestFirst() {
        for (int i = 0; i < 3; i++) {
            int ticket = open(i, "k" + i, "x");
            store.timedOut(ticket);
            assertThat(store.keep(ticket, 100 + i)).isTrue();
            assertThat(store.keptOverflow()).isEqualTo(i == 2);
        }

        assertThat(store.untilNs(store.firstKept())).isEqualTo(100);
        store.dropFirstKept();
        assertThat(store.untilNs(store.firstKept())).isEqualTo(101);
        assertThat(store.keptOverflow()).isFalse();
        store.dropFirstKept();
        store.dropFirstKept();
        assertThat(store.firstKept()).isEqualTo(TicketStore.NONE);
        assertThat(store.recordsInUse()).isZero();
    }

    @Test
    void shouldJoinEachConnectionOnceAndBoundThem() {
        opening.connId = 1;
        int ticket = open(7, "key", "x");

        assertThat(store.join(ticket, 1, key("H"), 1)).isEqualTo(TicketStore.ALREADY_JOINED);
        for (int i = 0; i < TicketStore.JOINERS_MAX; i++) {
            assertThat(store.join(ticket, 2 + i, key("H" + i), 2)).isEqualTo(TicketStore.JOINED);
        }
        assertThat(store.join(ticket, 3, key("H"), 1)).isEqualTo(TicketStore.ALREADY_JOINED);
        assertThat(store.join(ticket, 99, key("H"), 1)).isEqualTo(TicketStore.FULL);
        int joiner = store.firstJoiner(ticket);
        byte[] header = new byte[8];
        assertThat(store.joinerHeader(joiner, header)).isEqualTo(2);
        assertThat(store.joinerConnId(joiner)).isEqualTo(1 + TicketStore.JOINERS_MAX);
        store.removeJoiner(ticket, store.nextJoiner(joiner));
        store.removeJoiner(ticket, joiner);
        assertThat(store.join(ticket, 99, key("H"), 1)).isEqualTo(TicketStore.JOINED);
        store.release(ticket);
        assertThat(store.recordsInUse()).isZero();
    }

    @Test
    void shouldHoldLongRequests() {
        String body = "0123456789".repeat(1600);
        int ticket = open(7, "key", body);

        assertThat(text(ticket, store::body)).isEqualTo(body);
    }

    @Test
    void shouldAgreeWithAMapThroughManyChanges() {
        TicketStore big = new TicketStore(1000, 300);
        Random random = new Random(5);
        Map<String, Integer> open = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            String name = "k" + random.nextInt(1500);
            byte[] key = key(name);
            long hash = Bytes.hash64(key, 0, key.length) & 0x3F_0000_00FFL;
            int found = big.find(hash, key, key.length);
            if (open.containsKey(name)) {
                assertThat(found).isEqualTo(open.remove(name));
                if (random.nextBoolean()) {
                    big.release(found);
                } else {
                    int settled = big.settle(found, TicketStore.ANSWERED, 0, key, 0, key.length);
                    assertThat(big.keep(settled, i)).isTrue();
                    if (big.keptOverflow()) {
                        big.dropFirstKept();
                    }
                }
            } else if (found == TicketStore.NONE) {
                opening.hash = hash;
                fill(name, name);
                int ticket = big.open(opening);
                assertThat(ticket == TicketStore.FULL).isEqualTo(open.size() == 1000);
                if (ticket >= 0) {
                    open.put(name, ticket);
                }
            } else {
                assertThat(big.state(found)).isEqualTo(TicketStore.KEPT_ANSWER);
            }
            assertThat(big.openCount()).isEqualTo(open.size());
        }
        big.releaseAll(ticket -> {});
        assertThat(big.recordsInUse()).isZero();
    }

    private int open(long hash, String key, String body) {
        opening.hash = hash;
        fill(key, body);
        return store.open(opening);
    }

    private void fill(String key, String body) {
        opening.key = key(key);
        opening.keyLength = opening.key.length;
        opening.body = key(body);
        opening.bodyOffset = 0;
        opening.bodyLength = opening.body.length;
    }

    private static byte[] key(String text) {
        return text.getBytes(US_ASCII);
    }

    private interface Copy {
        int copy(int ticket, byte[] into);
    }

    private static String text(int ticket, Copy copy) {
        byte[] into = new byte[20_000];
        Arrays.fill(into, (byte) '?');
        int length = copy.copy(ticket, into);
        return new String(into, 0, length, US_ASCII);
    }
}
