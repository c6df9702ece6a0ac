/** Where settings come from: parley.yaml, a file, the environment and flags, and how their texts are read. */
@NullMarked
package io.parley.config.settings.sources;

import org.jspecify.annotations.NullMarked;
