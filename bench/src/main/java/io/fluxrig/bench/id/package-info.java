/** What an id costs. Run by {@code bin/bench id}; nothing calls it. */
package io.fluxrig.bench.id;
