/** Schema migrations: forwards with Flyway, back with undo scripts; uses JDBC and nothing of the other packages. */
@NullMarked
package io.parley.storage.migration;

import org.jspecify.annotations.NullMarked;
