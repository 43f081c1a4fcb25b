/** What keeping a short record costs. Run by {@code bin/bench slab}; nothing calls it. */
package io.fluxrig.bench.buffer;
