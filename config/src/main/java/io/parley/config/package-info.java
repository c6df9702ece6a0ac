/** The composition root: {@link io.parley.config.Main} and, below it, the settings, the commands and the server. */
@NullMarked
package io.parley.config;

import org.jspecify.annotations.NullMarked;
