package io.fluxrig.mixer.api;

import java.util.concurrent.CompletableFuture;

/** What one operation of the document does; called on an event loop, and must not block it. */
@FunctionalInterface
interface Operation {
    CompletableFuture<Reply> answer(Call call);
}
