/**
 * Reads what a running rack says of itself over HTTP, {@code /status} and {@code /health}; and the commands about one: {@code top},
 * {@code reload}.
 */
package io.fluxrig.cli.status;
