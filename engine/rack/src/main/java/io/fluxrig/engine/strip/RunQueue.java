package io.fluxrig.engine.strip;

import java.util.Arrays;

/** Actions that gears asked for, run once when their time has come. Strip thread only; allocates only while it grows. */
final class RunQueue {
    private Seat[] owners = new Seat[64];
    private Runnable[] actions = new Runnable[64];
    private Seat[] runningOwners = new Seat[64];
    private Runnable[] runningActions = new Runnable[64];
    private int count;

    void add(Seat owner, Runnable action) {
        if (count == actions.length) {
            owners = Arrays.copyOf(owners, 2 * count);
            actions = Arrays.copyOf(actions, 2 * count);
        }
        owners[count] = owner;
        actions[count++] = action;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Runs what was asked for before the call; what the actions ask for themselves is left for the next call. */
    void run() {
        Seat[] batchOwners = owners;
        Runnable[] batch = actions;
        int batchCount = count;
        owners = runningOwners;
        actions = runningActions;
        runningOwners = batchOwners;
        runningActions = batch;
        count = 0;
        for (int i = 0; i < batchCount; i++) {
            Seat owner = batchOwners[i];
            Runnable action = batch[i];
            batchOwners[i] = null;
            batch[i] = null;
            owner.run(action);
        }
    }
}
