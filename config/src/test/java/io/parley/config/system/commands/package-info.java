/** The command line of the jar. */
@NullMarked
package io.parley.config.system.commands;

import org.jspecify.annotations.NullMarked;
