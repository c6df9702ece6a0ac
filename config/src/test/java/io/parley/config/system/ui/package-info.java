/** The door for the AI SDK, against the packaged jar. */
@NullMarked
package io.parley.config.system.ui;

import org.jspecify.annotations.NullMarked;
