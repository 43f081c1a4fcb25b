package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.mixer.desk.Desk;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final Desk desk = new Desk(() -> true);
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Boolean>> others = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void shouldLetOthersToTheDeskBetweenTwoRounds() {
        Rounds rounds = new Rounds(desk, () -> {
            if (done.isEmpty()) {
                others.add(desk.ask(() -> done.add("another")));
            }
            done.add("round");
            return done.size() < 4;
        });

        rounds.all().join();

        assertThat(done).containsExactly("round", "another", "round", "round");
    }

    @Test
    void shouldFailWhereARoundDoesAndGoOnNoMore() {
        Rounds rounds = new Rounds(desk, () -> {
            done.add("round");
            if (done.size() == 2) {
                throw new IllegalStateException("away");
            }
            return true;
        });

        assertThatThrownBy(() -> rounds.all().join()).hasRootCauseMessage("away");

        assertThat(done).hasSize(2);
    }
}
