package io.fluxrig.mixer.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.control.Subjects;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.transport.bus.BusLogin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a program in place of nats-server that fails when it is told to, by files in its folder. */
class NatsServerRetryTest {
    private static final WireRights RIGHTS =
            new WireRights(Set.of("flux.msg.east.a.in"), false, Set.of(), Set.of(), Set.of());

    private static final Executor OWN_THREAD = task -> new Thread(task, "test").start();

    @TempDir
    private Path folder;

    private Path program;
    private NatsServer server;

    @BeforeEach
    void start() throws Exception {
        program = Files.writeString(folder.resolve("program"), """
                #!/bin/sh
                cd "$(dirname "$0")"
                case "$1" in
                  -t) while [ -e slow ]; do : >waiting; sleep 0.05; done
                    [ -z "$(grep -o 'nkey: U[A-Z0-9]*' "$3" | sort | uniq -d)" ] || exit 1
                    [ ! -e picky ] || ! grep -q flux.msg "$3" ;;
                  --signal) [ ! -e deaf ] && echo told >> told ;;
                  *) exec sleep 60 ;;
                esac
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        server = new NatsServer(new ServerSettings(
                program, folder, new Address("127.0.0.1", FreePort.onLoopback()), login(1), "00ff", null));
        server.start(Map.of("east", login(2)), Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static byte[] login(int of) {
        byte[] login = new byte[32];
        login[0] = (byte) of;
        return login;
    }

    private String config() throws Exception {
        return Files.readString(folder.resolve("nats.conf"));
    }

    private boolean told() {
        return Files.exists(folder.resolve("told"));
    }

    private void make(String file) throws Exception {
        Files.createFile(folder.resolve(file));
    }

    private void remove(String file) throws Exception {
        Files.delete(folder.resolve(file));
    }

    @Test
    void shouldLetInLaterWhomItCannotNow() throws Exception {
        Files.move(program, folder.resolve("away"));
        server.admit("north", login(3));
        server.admit("west", login(4));
        assertThat(server.unapplied()).isPositive();
        assertThat(config()).doesNotContain(BusLogin.nkey(login(3)), BusLogin.nkey(login(4)));

        Files.move(folder.resolve("away"), program);

        Awaitility.await()
                .untilAsserted(() -> assertThat(config())
                        .contains(BusLogin.nkey(login(2)), BusLogin.nkey(login(3)), BusLogin.nkey(login(4))));
    }

    @Test
    void shouldExpelLaterWhomItCannotNow() throws Exception {
        Files.move(program, folder.resolve("away"));
        server.expel("east");
        assertThat(config()).contains(BusLogin.nkey(login(2)));
        assertThat(server.isLetInStill("east")).isTrue();

        Files.move(folder.resolve("away"), program);

        Awaitility.await().untilAsserted(() -> assertThat(config()).doesNotContain(BusLogin.nkey(login(2))));
        Awaitility.await().until(() -> !server.isLetInStill("east"));
    }

    @Test
    void shouldGiveRightsLaterWhichItCannotNowAndSayWhetherTheyAreGiven() throws Exception {
        Files.move(program, folder.resolve("away"));
        assertThat(server.allow(Map.of("east", RIGHTS), false)).isFalse();
        assertThat(server.allow(Map.of("east", WireRights.NONE), false))
                .as("what it has")
                .isTrue();
        assertThat(server.allow(Map.of("north", RIGHTS), false))
                .as("of a rack that is not admitted")
                .isTrue();
        assertThat(server.allow(Map.of("east", RIGHTS), false)).isFalse();

        Files.move(folder.resolve("away"), program);

        Awaitility.await().until(() -> server.allow(Map.of("east", RIGHTS), false));
        assertThat(config()).contains("flux.msg.east.a.in");
        assertThat(told()).isTrue();
    }

    /** The desk asks for it at each scenario that it sends, and waited up to 15 s each time. */
    @Test
    void shouldNotWaitWhileTheServerCannotBeTold() throws Exception {
        make("deaf");
        assertThat(server.allow(Map.of("east", RIGHTS), false)).isFalse();
        make("slow");
        remove("deaf");
        try {
            Awaitility.await("another attempt, which waits for the server")
                    .until(() -> Files.exists(folder.resolve("waiting")));

            CompletableFuture<Boolean> given = CompletableFuture.supplyAsync(
                    () -> {
                        server.admit("north", login(3));
                        server.expel("north");
                        server.admitOnly(Map.of("east", login(2), "west", login(4)));
                        return server.allow(Map.of("east", RIGHTS), false);
                    },
                    OWN_THREAD);
            assertThat(given.get(3, TimeUnit.SECONDS)).isFalse();
        } finally {
            remove("slow");
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(config())
                        .contains("flux.msg.east.a.in", BusLogin.nkey(login(4)))
                        .doesNotContain(BusLogin.nkey(login(3))));
    }

    @Test
    void shouldSayAgainWhatTheServerWasNotTold() throws Exception {
        make("deaf");
        server.expel("east");
        assertThat(server.unapplied()).isEqualTo(1);
        assertThat(told()).isFalse();

        remove("deaf");

        Awaitility.await().until(this::told);
    }

    @Test
    void shouldBlameNoLoginForWhatElseTheServerCannotTake() throws Exception {
        make("picky");
        server.allow(Map.of("east", RIGHTS), false);
        server.admit("north", login(3));
        Awaitility.await().until(() -> server.unapplied() >= 2);
        assertThat(config()).doesNotContain(BusLogin.nkey(login(3)));

        remove("picky");

        Awaitility.await()
                .untilAsserted(() -> assertThat(config()).contains("flux.msg.east.a.in", BusLogin.nkey(login(3))));
    }

    /** What an attempt found that had begun before a rack went kept out whose login was usable since. */
    @Test
    void shouldLetInWhoseLoginIsItsOwnSinceAnAttemptBegan() throws Exception {
        make("slow");
        CompletableFuture<Void> attempt = CompletableFuture.runAsync(
                () -> server.admitOnly(Map.of("east", login(2), "north", login(3), "west", login(3))), OWN_THREAD);
        Awaitility.await().until(() -> Files.exists(folder.resolve("nats.conf.new")));
        server.expel("north");
        remove("slow");
        attempt.get(20, TimeUnit.SECONDS);

        Awaitility.await()
                .untilAsserted(() -> assertThat(config())
                        .contains(Subjects.scenario("west"))
                        .doesNotContain(Subjects.scenario("north")));
        assertThat(server.isLeftOut("west")).isFalse();
    }

    @Test
    void shouldSayWhoIsLeftOut() {
        server.admitOnly(Map.of("east", login(2), "north", login(3), "west", login(3)));
        assertThat(server.isLeftOut("west")).isTrue();
        assertThat(server.isLeftOut("north")).isFalse();
        assertThat(server.allow(Map.of("west", RIGHTS), false)).isFalse();

        server.expel("north");

        assertThat(server.isLeftOut("west")).isFalse();
        assertThat(server.allow(Map.of("west", RIGHTS), false)).isTrue();
    }

    /** Nobody told it anything any more after that: everybody left it to an attempt that was none. */
    @Test
    void shouldTryAgainAfterAnAttemptThatEndedUnexpectedly() throws Exception {
        make("deaf");
        server.allow(Map.of("east", RIGHTS), false);
        server.admit("north", new byte[1]);
        Awaitility.await().until(() -> server.unapplied() == 2);
        server.expel("north");

        remove("deaf");

        Awaitility.await().until(this::told);
    }

    @Test
    void shouldTellNothingWhereNothingIsNew() throws Exception {
        server.admit("east", login(2));
        server.admitOnly(Map.of("east", login(2)));
        assertThat(told()).isFalse();

        server.admitOnly(Map.of("west", login(3)));

        assertThat(config()).contains(BusLogin.nkey(login(3))).doesNotContain(BusLogin.nkey(login(2)));
        assertThat(told()).isTrue();
    }

    /** The event loop asks for it, with everything else that {@code /metrics} has. */
    @Test
    void shouldTellItsCountersWhileAChangeWaitsForTheServer() throws Exception {
        make("slow");
        CompletableFuture<Void> change = CompletableFuture.runAsync(() -> server.expel("east"), OWN_THREAD);
        try {
            Awaitility.await().until(() -> Files.exists(folder.resolve("nats.conf.new")));

            assertThat(CompletableFuture.supplyAsync(() -> server.restarts() + server.unapplied(), OWN_THREAD)
                            .get(3, TimeUnit.SECONDS))
                    .isZero();
            assertThat(change).isNotDone();
        } finally {
            remove("slow");
        }
        change.get(10, TimeUnit.SECONDS);
    }
}
