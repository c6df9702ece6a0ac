/** Backups of this installation: the database together with the secrets in the data directory. */
@NullMarked
package io.parley.config.backup;

import org.jspecify.annotations.NullMarked;
