package io.fluxrig.engine.rack.change;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a question every so often until it has an answer. Any thread. */
final class Polling {
    private static final long EVERY_MS = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Polling.class);

    private final Vertx vertx;

    Polling(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Asks at once, and again until the question gives something.
     *
     * @param question gives null for not yet; what it fails with or throws ends the asking
     */
    <T> Future<T> until(Supplier<Future<T>> question) {
        Promise<T> answer = Promise.promise();
        ask(question, answer);
        return answer.future();
    }

    /**
     * Works something out on a thread that is no strip's, which a strip that calls this would wait for otherwise.
     *
     * @param work may block
     */
    <T> Future<T> aside(Callable<T> work) {
        return vertx.executeBlocking(work);
    }

    /**
     * Does something aside again and again; what it throws is logged.
     *
     * @return the timer, to be cancelled
     */
    long asideEach(long everyMs, Runnable work) {
        return vertx.setPeriodic(
                everyMs,
                timer -> aside(() -> {
                            work.run();
                            return null;
                        })
                        .onFailure(thrown -> LOG.error("done again in {} ms: {}", everyMs, thrown.toString(), thrown)));
    }

    private <T> void ask(Supplier<Future<T>> question, Promise<T> answer) {
        Future.succeededFuture().compose(now -> question.get()).onComplete(said -> {
            if (said.failed()) {
                answer.fail(said.cause());
            } else if (said.result() != null) {
                answer.complete(said.result());
            } else {
                vertx.setTimer(EVERY_MS, timer -> ask(question, answer));
            }
        });
    }
}
