/** Reads what a running rack says of itself over HTTP: {@code /status} and {@code /health}. */
package io.fluxrig.cli.status;
