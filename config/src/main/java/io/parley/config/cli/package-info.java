/** The commands of the command line. */
@NullMarked
package io.parley.config.cli;

import org.jspecify.annotations.NullMarked;
