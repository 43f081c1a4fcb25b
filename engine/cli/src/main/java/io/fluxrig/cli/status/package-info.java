/** Reads what a running rack says of itself over HTTP, in {@code /status}; and the commands about one: {@code top}, {@code reload}. */
package io.fluxrig.cli.status;
