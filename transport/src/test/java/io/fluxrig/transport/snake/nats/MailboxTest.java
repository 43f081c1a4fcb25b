package io.fluxrig.transport.snake.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.count.Counter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final Counter dropped = new Counter();
    private final FakeBus bus = new FakeBus();
    private int wakes;
    private final Mailbox mailbox = new Mailbox(3, () -> wakes++, dropped);

    private void come(int number, int bodyLength) {
        bus.publish("inbox." + number, null, null, new byte[bodyLength]);
    }

    private List<String> take() {
        List<String> all = new ArrayList<>();
        for (BusMessage next = mailbox.poll(); next != null; next = mailbox.poll()) {
            all.add(next.subject());
        }
        return all;
    }

    private void listen() {
        mailbox.listen(bus, "inbox.*");
    }

    @Test
    void shouldGiveInOrderWhatCame() {
        listen();
        come(1, 0);
        come(2, 0);
        assertThat(wakes).isEqualTo(2);
        assertThat(take()).containsExactly("inbox.1", "inbox.2");
        assertThat(mailbox.poll()).isNull();
    }

    @Test
    void shouldDropAndCountWhatGoesBeyondTheMost() {
        listen();
        for (int number = 1; number <= 5; number++) {
            come(number, 0);
        }
        assertThat(dropped.get()).isEqualTo(2);
        assertThat(take()).containsExactly("inbox.1", "inbox.2", "inbox.3");
        come(6, 0);
        assertThat(take()).containsExactly("inbox.6");
    }

    @Test
    void shouldHoldNoMoreBytesThanTheMostAndOneMessage() {
        listen();
        come(1, (int) Mailbox.BYTES_MAX);
        come(2, 1);
        assertThat(dropped.get()).isEqualTo(1);
        assertThat(take()).containsExactly("inbox.1");
        come(3, 1);
        assertThat(take()).containsExactly("inbox.3");
    }
}
