/** Settings: where they come from and what they mean. */
@NullMarked
package io.parley.config.settings;

import org.jspecify.annotations.NullMarked;
