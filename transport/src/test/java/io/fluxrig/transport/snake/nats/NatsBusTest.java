package io.fluxrig.transport.snake.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.perf.clock.VirtualClock;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a bus does with a connection that was made; {@code SnakeLaneIT} has it with a server. */
class NatsBusTest {
    private final SnakeSettings settings =
            new SnakeSettings(List.of("nats://127.0.0.1:1"), null, null, null, "east", 0, 1 << 20, 16, 1, 1, 1);
    private final NatsBus bus = new NatsBus(settings, new VirtualClock());
    private final List<String> done = new ArrayList<>();
    private String breaksAt = "";

    private Object answer(Method method) throws IOException {
        done.add(method.getName());
        if (method.getName().equals(breaksAt)) {
            throw new IOException("as a test wants it");
        }
        return method.getReturnType() == Dispatcher.class && !method.getName().equals("subscribe")
                ? fake(Dispatcher.class)
                : null;
    }

    private <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> answer(method)));
    }

    @Test
    void shouldCloseAConnectionThatItCannotUse() {
        breaksAt = "jetStreamManagement";
        bus.listen("inbox.*", message -> done.add("came"));
        assertThatThrownBy(() -> bus.begin(fake(Connection.class)))
                .isInstanceOf(IOException.class)
                .hasMessage("as a test wants it");
        assertThat(done).contains("close");
        assertThat(bus.connection()).isEqualTo(Bus.DOWN);
    }
}
