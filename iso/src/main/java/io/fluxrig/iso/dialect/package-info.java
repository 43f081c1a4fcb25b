/**
 * Descriptions of dialects whoever wrote them, each as a spec of ours and an account of every difference.
 *
 * <pre>
 *   Dialect dialect = Dialects.read(Path.of("packager.xml"));
 *   dialect.load()    the spec, or every fault with its line (an unknown class, no XML, ...)
 *   dialect.yaml()    the same as a spec file, to keep, read and edit
 *   dialect.notes()   what is LOST (do not take it unless told so), CHANGED, or KEPT_ASIDE
 * </pre>
 *
 * <p>{@link io.fluxrig.iso.dialect.Dialects#read} never throws for what stands in a file. A spec can also build on a packager
 * with {@code wire.source: jpos:FILE.xml} ({@link io.fluxrig.iso.spec.SpecLoader}): there a loss is an error, unless the spec
 * describes that field itself. Called at start-up and by tools, never while a message is on its way.
 */
package io.fluxrig.iso.dialect;
