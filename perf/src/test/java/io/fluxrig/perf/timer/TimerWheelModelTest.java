package io.fluxrig.perf.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The wheel against a map of deadlines: never early, at most one tick late, each timer once, none lost. */
class TimerWheelModelTest {

    private record Timer(long deadlineNs, long setNs, long payload) {
        long dueNs() {
            return Math.max(deadlineNs, setNs);
        }
    }

    private final Map<Long, Timer> model = new HashMap<>();
    private final List<Long> stale = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    @Property(tries = 300)
    void shouldAgreeWithAMap(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int tickNs,
            @ForAll @IntRange(max = 6) int spokeBits) {
        Random random = new Random(seed);
        model.clear();
        stale.clear();
        faults.clear();
        long now = random.nextInt();
        TimerWheel wheel = new TimerWheel(now, tickNs, 1 << spokeBits, 60);
        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> schedule(wheel, now, now - 20 + random.nextInt(random.nextBoolean() ? 100 : 5000), step);
                case 2 -> cancel(wheel, random);
                default -> {
                    now += random.nextInt(random.nextInt(10) == 0 ? 10_000 : 60);
                    poll(wheel, now, tickNs, random.nextInt(4) == 0 ? 1 + random.nextInt(3) : Integer.MAX_VALUE);
                }
            }
            assertThat(wheel.pending()).isEqualTo(model.size());
        }
        poll(wheel, now + 1_000_000, tickNs, Integer.MAX_VALUE);
        assertThat(faults).isEmpty();
        assertThat(model).isEmpty();
    }

    private void schedule(TimerWheel wheel, long now, long deadlineNs, long payload) {
        long id = wheel.schedule(deadlineNs, payload);
        if (model.size() == wheel.pendingMax()) {
            assertThat(id).isEqualTo(TimerWheel.FULL);
        } else {
            assertThat(model.put(id, new Timer(deadlineNs, now, payload))).isNull();
        }
    }

    private void cancel(TimerWheel wheel, Random random) {
        if (!model.isEmpty()) {
            long id = new ArrayList<>(model.keySet()).get(random.nextInt(model.size()));
            model.remove(id);
            stale.add(id);
            assertThat(wheel.cancel(id)).isTrue();
        }
        for (long id : stale) {
            assertThat(wheel.cancel(id)).isFalse();
        }
    }

    private void poll(TimerWheel wheel, long now, int tickNs, int limit) {
        int before = model.size();
        int count = wheel.poll(now, (nowNs, payload, timerId) -> expired(nowNs, payload, timerId), limit);
        assertThat(before - model.size()).isEqualTo(count);
        assertThat(count).isLessThanOrEqualTo(limit);
        if (count < limit) {
            model.forEach((id, timer) -> {
                if (timer.dueNs() + tickNs <= now) {
                    faults.add("not fired: " + timer + " now=" + now);
                }
            });
        }
    }

    private void expired(long nowNs, long payload, long timerId) {
        Timer timer = model.remove(timerId);
        stale.add(timerId);
        if (timer == null || timer.payload() != payload) {
            faults.add("fired twice or never set: id=" + timerId);
        } else if (timer.deadlineNs() > nowNs) {
            faults.add("fired early: " + timer + " now=" + nowNs);
        }
    }
}
