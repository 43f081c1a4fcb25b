package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Standing;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.CountedRegistry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.secret.FileKeeper;
import io.fluxrig.mixer.secret.FleetKeys;
import io.fluxrig.mixer.secret.KeyWrapper;
import io.fluxrig.mixer.secret.SecretStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a rotation of the key of wires is told to, and what that asks the database. */
class KeyNewsTest {
    private static final int MANY = 200;
    private static final int QUESTIONS_MAX = 40;

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private CountedRegistry counted;
    private Registry registry;
    private FleetKeys keys;

    @BeforeEach
    void open() {
        counted = CountedRegistry.open(folder.resolve("registry.duckdb"));
        registry = counted.registry();
        SecretStore store = new SecretStore(
                registry.secrets(),
                new KeyWrapper("fleet", new FileKeeper(folder.resolve("secret.key"), new SecureRandom()), List.of()),
                Runnable::run,
                KeyNewsTest::atOnce,
                InstantSource.system(),
                () -> 0,
                new SecureRandom());
        keys = new FleetKeys(store, new SecureRandom(), () -> 0);
        keys.prepare();
        registry.together(() -> {
            for (int i = 0; i < MANY; i++) {
                byte[] key = ("key-" + i).getBytes(StandardCharsets.UTF_8);
                RackEntry rack =
                        new RackEntry("rack-" + i, key, key, Standing.ACTIVE, "h", "1", 1, 1, "operator", 1, 9);
                registry.put(rack);
                keys.makeReady(rack);
            }
        });
        registry.lead("mixer", 1, () -> true);
        keys.forget();
        counted.asked();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private static <T> CompletableFuture<T> atOnce(Callable<T> task) {
        try {
            return CompletableFuture.completedFuture(task.call());
        } catch (Exception failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    private void tell(RackEntry rack) {
        told.add(rack.name() + (keys.markIfMade(rack).isEmpty() ? " of none" : ""));
    }

    /** Each of a thousand racks cost two questions, on one turn of the desk: the mixer lost its lease. */
    @Test
    void shouldTellManyRacksByFewQuestionsSomeAtATime() {
        assertThat(keys.rotate(FleetKeys.WIRES, "test")).isEqualTo(2);
        KeyNews news = new KeyNews(registry, keys, this::tell, registry.allRacks());

        int times = 1;
        while (news.goOn()) {
            times++;
        }

        assertThat(times).isEqualTo(MANY / KeyNews.AT_A_TIME);
        assertThat(told).hasSize(MANY).doesNotHaveDuplicates().noneMatch(each -> each.endsWith(" of none"));
        assertThat(counted.asked()).isLessThan(QUESTIONS_MAX);
    }

    @Test
    void shouldTellNobodyWhoIsNotThatRackAnyMore() {
        KeyNews news = new KeyNews(registry, keys, this::tell, registry.allRacks());
        registry.removeRack(registry.rack("rack-0"), AuditEntry.of(9, "test", "rack.remove", "rack-0", ""));
        byte[] another = {1};
        registry.put(new RackEntry("rack-1", another, another, Standing.ACTIVE, "h", "1", 1, 1, "operator", 1, 9));

        while (news.goOn()) {
            assertThat(told.size()).isLessThan(MANY);
        }

        assertThat(told).hasSize(MANY - 2).doesNotContain("rack-0", "rack-1", "rack-1 of none");
    }

    @Test
    void shouldEndWhereThereIsNobodyToTell() {
        assertThat(new KeyNews(registry, keys, this::tell, List.of()).goOn()).isFalse();
    }
}
