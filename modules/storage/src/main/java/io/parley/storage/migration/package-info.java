/** Schema migrations, forwards with Flyway and back with undo scripts. */
@NullMarked
package io.parley.storage.migration;

import org.jspecify.annotations.NullMarked;
