package io.fluxrig.mixer.api;

import io.fluxrig.mixer.desk.Desk;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Does on the desk what would be long for it, some at a time, so that whatever else comes to it is done in between. Any thread. */
final class Rounds {
    private final Desk desk;
    private final Callable<Boolean> goOn;

    /** @param goOn does some, on the desk; whether there is more */
    Rounds(Desk desk, Callable<Boolean> goOn) {
        this.desk = desk;
        this.goOn = goOn;
    }

    /** Done once all is; fails where a round does, as {@link Desk#ask} has it, and what is left is left. */
    CompletableFuture<Void> all() {
        return desk.ask(goOn).thenCompose(more -> more ? all() : CompletableFuture.completedFuture(null));
    }
}
