/** What the settings mean: one record per section, with its limits. */
@NullMarked
package io.parley.config.settings;

import org.jspecify.annotations.NullMarked;
