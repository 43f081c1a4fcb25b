package io.fluxrig.transport.snake;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.FakeBus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LeftBehindTest {
    private static final String TAKEN = "flux.msg.east.books.in";
    private static final String OTHER = "flux.msg.east.books2.in";

    private final FakeBus bus = new FakeBus();
    private final List<Map<String, Long>> found = new CopyOnWriteArrayList<>();
    private final LeftBehind look = new LeftBehind(bus, "east", Set.of(TAKEN), found::add);

    private Map<String, Long> found() {
        List<Map<String, Long>> all = new ArrayList<>(found);
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    @Test
    void shouldFindWhatNoWireTakes() {
        bus.inject(TAKEN, new byte[1]);
        bus.inject(OTHER, new byte[1]);
        bus.inject(OTHER, new byte[1]);
        bus.inject("flux.msg.east2.books.in", new byte[1]);

        look.look();

        assertThat(found()).isEqualTo(Map.of(OTHER, 2L));
    }

    @Test
    void shouldFindNothingWhereAllIsTaken() {
        bus.inject(TAKEN, new byte[1]);

        look.look();

        assertThat(found()).isEmpty();
    }

    @Test
    void shouldSayNothingWhileItCannotBeTold() {
        bus.inject(OTHER, new byte[1]);
        bus.connection = Bus.DOWN;
        look.look();
        bus.connection = 1;
        bus.forbidden.add(Bus.STREAM_INFO);
        look.look();

        assertThat(found).isEmpty();
    }

    @Test
    void shouldLookByItselfUntilItIsClosed() {
        bus.inject(OTHER, new byte[1]);
        look.start();
        Awaitility.await().until(() -> found() != null);
        look.close();

        assertThat(found()).isEqualTo(Map.of(OTHER, 1L));
    }
}
