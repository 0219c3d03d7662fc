/** The command line: turns arguments into calls of the public API, and mistakes into one line each. */
package io.lanewise.cli;
