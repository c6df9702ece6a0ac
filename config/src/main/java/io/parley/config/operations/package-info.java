/** The commands that operate an installation as a whole: its backups and its health. */
@NullMarked
package io.parley.config.operations;

import org.jspecify.annotations.NullMarked;
